"""What Telegram has taken is not sent again because its answer cannot be read; perhaps taken, a few times."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery import UNSURE
from bot.doors import TELEGRAM
from bot.house import House
from tests.bot.people import stored
from tests.doors import TOWN, copy_of
from tests.telegram.bot_api import BotApi
from tests.telegram.control import eventually
from tests.telegram.newcomers import bot_beside
from tests.telegram.phones import Person
from tests.telegram.plain_bot import TOKEN

HELP = "You can always: go back"
PAGE = "<html><body>Bitte melden Sie sich an</body></html>"
DONE = {
    "another shape": '{"ok": true, "result": {"number": 7}}',
    "nothing in it": '{"ok": true}',
    "no message": '{"ok": true, "result": "sent"}',
}
UNKNOWN = {"a page": PAGE, "no word of ok": '{"result": {}}', "a list": "[]", "half of it": '{"ok": tr'}


@pytest.fixture
def house(tmp_path: Path, built: tuple[House, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """On the machine's own clock like the server, with pauses of moments."""
    monkeypatch.setattr("bot.messengers.settle_memory", lambda: None)  # a test process goes on loading
    monkeypatch.setattr("bot.delivery.UNSURE", (timedelta(milliseconds=50),) * len(UNSURE))
    monkeypatch.setattr("bot.delivery.LOOK_EVERY", timedelta(milliseconds=50))
    house = copy_of(built, tmp_path / "data", lambda: datetime.now(UTC))
    yield replace(house, channels=frozenset({(TOWN, TELEGRAM)}))
    house.writer.close()


@pytest.fixture
def lina(house: House, bot_api: BotApi) -> Iterator[Person]:
    """Somebody to whom the bot has said who it is."""
    person = bot_api.person(TOKEN, name="Lina", language="en")
    with bot_beside(house, bot_api):
        person.say("/start")
        person.waits_for("Which language")
        yield person


def helped(lina: Person) -> int:
    return sum(HELP in text for text in lina.reads())


@pytest.mark.parametrize("answer", DONE)
def test_what_is_answered_with_ok_has_been_sent(lina: Person, bot_api: BotApi, answer: str) -> None:
    """Whatever else the answer says, and however often."""
    bot_api.faults.unreadable(TOKEN, DONE[answer], method="sendMessage", times=0)
    lina.say("/help")
    lina.say("/mydata")
    lina.waits_for("Nothing is stored about you")
    assert helped(lina) == 1


@pytest.mark.parametrize("answer", UNKNOWN)
def test_what_may_have_been_sent_comes_a_few_times_at_most(
    house: House, lina: Person, bot_api: BotApi, answer: str
) -> None:
    """Then it is given up, and what stands behind it goes."""
    bot_api.faults.unreadable(TOKEN, UNKNOWN[answer], method="sendMessage", times=len(UNSURE) + 1)
    lina.say("/help")
    eventually(lambda: helped(lina) == len(UNSURE) + 1)
    lina.say("/mydata")
    lina.waits_for("Nothing is stored about you")
    assert helped(lina) == len(UNSURE) + 1
    later = datetime.now(UTC) + timedelta(days=1)
    eventually(lambda: stored(house, lambda store: store.outbox.waiting_since(later)) == 0)


def test_after_one_unreadable_answer_a_readable_one_ends_it(lina: Person, bot_api: BotApi) -> None:
    bot_api.faults.unreadable(TOKEN, PAGE, method="sendMessage")
    lina.say("/help")
    eventually(lambda: helped(lina) == 2)
    lina.say("/mydata")
    lina.waits_for("Nothing is stored about you")
    assert helped(lina) == 2


def test_a_gateway_that_says_itself_that_it_failed_is_outlived(
    lina: Person, bot_api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it takes: Telegram has not been asked, so nothing comes twice, and nothing is given up."""
    monkeypatch.setattr("bot.delivery.AGAIN_AFTER", timedelta(milliseconds=10))
    bot_api.faults.broken(TOKEN, 502, method="sendMessage", times=len(UNSURE) + 3)
    lina.say("/help")
    lina.waits_for(HELP)
    assert helped(lina) == 1


@pytest.mark.parametrize("code", [400, 403, 404])
def test_a_gateway_that_refuses_in_json_does_not_speak_for_telegram(
    lina: Person, bot_api: BotApi, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """Nobody is unreachable because of it, and what was to be said comes."""
    monkeypatch.setattr("bot.delivery.AGAIN_AFTER", timedelta(milliseconds=10))
    bot_api.faults.gateway(TOKEN, code, '{"message": "Forbidden"}', method="sendMessage", times=2)
    lina.say("/help")
    lina.waits_for(HELP)


def test_a_change_that_may_have_been_made_is_made_again_until_it_is_sure(
    lina: Person, bot_api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often: nobody reads it twice, and what it writes over would stay."""
    monkeypatch.setattr("bot.delivery.AGAIN_AFTER", timedelta(milliseconds=10))
    lina.tap("English")
    lina.waits_for("What do you need")
    bot_api.faults.broken(TOKEN, 200, method="editMessageText", times=len(UNSURE) + 3)
    lina.tap("need:housing")
    lina.waits_for("✓ Housing")
