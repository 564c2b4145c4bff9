"""Whatever goes wrong between the team's bot and Telegram: everything arrives, in order, for everybody."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.delivery import UNSURE
from bot.doors import TEAM_TELEGRAM
from bot.house import House
from bot.team_notes import Note, quoted
from casework.cases import Status
from casework.team import Role
from storage.store import Store
from tests.bot.people import Newcomer, stored
from tests.doors import Clock
from tests.team.conftest import Guides, asks, settle_while_time_passes
from tests.team.running import TOKEN, Phones
from tests.team.stage import connected
from tests.telegram.bot_api import BotApi

TAKEN = f"Fall 1: übernommen von {quoted('Anna')}."
Order = Callable[[BotApi, str], None]

FAULTS: dict[str, Order] = {
    "too many messages": lambda api, method: api.faults.too_many(TOKEN, 3, method=method),
    "a bad gateway": lambda api, method: api.faults.broken(TOKEN, 502, method=method, times=2),
    "an internal error": lambda api, method: api.faults.refuse(
        TOKEN, 500, "Internal Server Error", method=method
    ),
    "cut before": lambda api, method: api.faults.cut(TOKEN, "before", method=method, times=3),
    "cut after": lambda api, method: api.faults.cut(TOKEN, "after", method=method),
    "a wrong token for a while": lambda api, method: api.faults.refuse(
        TOKEN, 401, "Unauthorized", method=method, times=2
    ),
}
LASTING: dict[str, Callable[[BotApi, int], None]] = {
    "too many messages": lambda api, chat: api.faults.too_many(
        TOKEN, 3600, method="sendMessage", chat=chat, times=0
    ),
    "a bad gateway": lambda api, chat: api.faults.broken(
        TOKEN, 502, method="sendMessage", chat=chat, times=0
    ),
    "cut before": lambda api, chat: api.faults.cut(TOKEN, "before", method="sendMessage", chat=chat, times=0),
}
"""Until it is lifted, for one chat."""


def without_repetitions(texts: list[str]) -> list[str]:
    """A message may come twice if nobody knows whether the first has arrived."""
    return [text for place, text in enumerate(texts) if texts[place - 1 : place] != [text]]


@pytest.mark.parametrize("fault", FAULTS)
def test_an_offer_arrives_whatever_happens_at_its_sending(
    fault: str, guides: Guides, phones: Phones, nour: Newcomer, clock: Clock, bot_api: BotApi
) -> None:
    FAULTS[fault](bot_api, "sendMessage")
    nour.consents()
    nour.asks_for_a_person()
    settle_while_time_passes(phones, clock)
    for guide in (guides.anna, guides.bea):
        welcome, offer = without_repetitions(guide.reads())
        assert (welcome[:10], offer[:14]) == ("Willkommen", "Fall 1 wartet.")


@pytest.mark.parametrize("fault", FAULTS)
def test_taken_by_arrives_whatever_happens_at_the_changing(
    fault: str, guides: Guides, phones: Phones, nour: Newcomer, clock: Clock, bot_api: BotApi
) -> None:
    """A change that may have been made is made again: Telegram refuses the same, and nobody minds."""
    asks(nour, phones)
    FAULTS[fault](bot_api, "editMessageText")
    guides.anna.tap("Übernehmen")
    settle_while_time_passes(phones, clock)
    assert guides.anna.reads()[-1].startswith("Fall 1 gehört jetzt Ihnen.")
    assert guides.bea.reads()[-1] == TAKEN
    assert len(guides.bea.reads()) == len(guides.anna.reads()) == 2


@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "a wrong token for a while"])
def test_a_tap_counts_even_if_its_spinner_cannot_be_stopped(
    fault: str, team: House, guides: Guides, phones: Phones, nour: Newcomer, bot_api: BotApi
) -> None:
    """What waits on the phone is the smaller matter."""
    asks(nour, phones)
    FAULTS[fault](bot_api, "answerCallbackQuery")
    guides.anna.tap("Übernehmen")
    guides.anna.waits_for("Fall 1 gehört jetzt Ihnen.")
    (case,) = stored(team, lambda store: store.cases.owned())
    assert (case.owner, case.status) == (guides.ids[0], Status.OWNED)


@pytest.mark.parametrize("fault", LASTING)
def test_who_cannot_be_sent_anything_holds_up_nobody_else(
    fault: str, guides: Guides, phones: Phones, nour: Newcomer, clock: Clock, bot_api: BotApi
) -> None:
    """Bea has her offer while Anna's is tried again and again."""
    LASTING[fault](bot_api, guides.anna.id)
    nour.consents()
    nour.asks_for_a_person()
    phones.running.wake()
    guides.bea.waits_for("Fall 1 wartet.")
    assert not any("Fall 1 wartet." in text for text in guides.anna.reads())
    bot_api.faults.lift(TOKEN)
    settle_in_hours(phones, clock)
    guides.anna.waits_for("Fall 1 wartet.")


def settle_in_hours(phones: Phones, clock: Clock) -> None:
    clock.now = clock.now.replace(hour=clock.now.hour + 2)
    settle_while_time_passes(phones, clock)


def test_what_one_guide_is_told_keeps_its_order(
    team: House, guides: Guides, phones: Phones, clock: Clock, bot_api: BotApi
) -> None:
    """The first is refused for a while: none of those after it goes before it."""
    bot_api.faults.broken(TOKEN, 502, method="sendMessage", times=3)

    def tell(store: Store) -> None:
        for number in range(12):
            body = Note(text=f"Nachricht {number}").packed()
            store.outbox.add(None, TEAM_TELEGRAM, str(guides.anna.id), body, clock.now)

    stored(team, tell)
    settle_while_time_passes(phones, clock)
    assert guides.anna.reads()[1:] == [f"Nachricht {number}" for number in range(12)]


def test_a_message_that_is_gone_is_said_anew(
    guides: Guides, phones: Phones, nour: Newcomer, bot_api: BotApi
) -> None:
    """Bea has deleted the chat: "taken by" comes as a message of its own."""
    asks(nour, phones)
    bot_api.faults.refuse(
        TOKEN, 400, "Bad Request: message to edit not found", method="editMessageText", chat=guides.bea.id
    )
    guides.anna.tap("Übernehmen")
    phones.settle()
    assert guides.bea.reads()[-1] == TAKEN
    assert len(guides.bea.reads()) == 3


def test_somebody_else_with_the_same_token_is_told_clearly(
    guides: Guides, phones: Phones, bot_api: BotApi, capfd: pytest.CaptureFixture[str]
) -> None:
    """And once they are gone it goes on."""
    sentence = (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    bot_api.faults.refuse(TOKEN, 409, sentence, method="getUpdates")
    guides.anna.say("/help")
    guides.anna.say("/queue")
    phones.settle()
    assert guides.anna.reads()[-1] == "Es wartet niemand."
    assert "another program fetches this bot's messages" in capfd.readouterr().out


def test_a_chat_that_moves_is_followed(team: House, phones: Phones, clock: Clock, bot_api: BotApi) -> None:
    """What waits for the old number goes to the new one."""
    member = connected(team, "Anna", Role.GUIDE, 6001)
    cem = bot_api.person(TOKEN, id=6007, name="Anna", language="de")
    cem.say("/help")
    phones.settle()
    bot_api.person(TOKEN, id=6001, name="Anna", language="de").say("/help")
    phones.settle()
    bot_api.faults.moved(TOKEN, to=6007, chat=6001)

    def tell(store: Store) -> None:
        body = Note(text="Fall 1 wartet.").packed()
        store.outbox.add(None, TEAM_TELEGRAM, "6001", body, clock.now)

    stored(team, tell)
    settle_while_time_passes(phones, clock)
    assert cem.reads()[-1] == "Fall 1 wartet."
    (way,) = stored(team, lambda store: store.member_addresses.of_member(member))
    assert way.address == "6007"


DONE = ('{"ok": true, "result": {"number": 7}}', '{"ok": true}', '{"ok": true, "result": []}')
PAGE = "<html><body>Bitte melden Sie sich an</body></html>"


@pytest.mark.parametrize("answer", DONE)
def test_what_telegram_has_taken_is_not_sent_again_because_its_answer_is_strange(
    answer: str, guides: Guides, phones: Phones, nour: Newcomer, bot_api: BotApi
) -> None:
    """Where it cannot be changed later, what there is to say comes as a message of its own."""
    bot_api.faults.unreadable(TOKEN, answer, method="sendMessage", times=2)
    asks(nour, phones)
    for guide in (guides.anna, guides.bea):
        assert [text[:14] for text in guide.reads()[1:]] == ["Fall 1 wartet."]
    guides.anna.tap("Übernehmen")
    phones.settle()
    assert guides.bea.reads()[-1] == TAKEN


@pytest.mark.parametrize("answer", DONE)
def test_what_telegram_has_changed_is_not_changed_again_because_its_answer_is_strange(
    answer: str, guides: Guides, phones: Phones, nour: Newcomer, bot_api: BotApi
) -> None:
    asks(nour, phones)
    bot_api.faults.unreadable(TOKEN, answer, method="editMessageText", times=0)
    guides.anna.tap("Übernehmen")
    phones.settle()
    assert guides.anna.reads()[-1].startswith("Fall 1 gehört jetzt Ihnen.")
    assert guides.bea.reads()[-1] == TAKEN
    assert len(bot_api.calls(TOKEN, "editMessageText")) == 2


@pytest.mark.parametrize("answer", [PAGE, "[]", '{"result": true}'], ids=["a page", "a list", "without ok"])
def test_what_may_have_arrived_comes_a_few_times_at_most(
    answer: str,
    guides: Guides,
    phones: Phones,
    clock: Clock,
    team: House,
    bot_api: BotApi,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Then the next one goes; a guide has it before their eyes four times, and not every five minutes."""

    def tell(store: Store) -> None:
        for text in ("eins", "zwei"):
            body = Note(text=text).packed()
            store.outbox.add(None, TEAM_TELEGRAM, str(guides.anna.id), body, clock.now)

    monkeypatch.setattr("bot.delivery.UNSURE", (timedelta(seconds=2),) * len(UNSURE))
    bot_api.faults.unreadable(TOKEN, answer, method="sendMessage", times=len(UNSURE) + 1)
    stored(team, tell)
    settle_while_time_passes(phones, clock)
    assert guides.anna.reads()[1:] == ["eins"] * (len(UNSURE) + 1) + ["zwei"]


def test_a_change_that_may_have_been_made_is_made_again_until_it_is_sure(
    guides: Guides,
    phones: Phones,
    nour: Newcomer,
    clock: Clock,
    bot_api: BotApi,
) -> None:
    """However often: nobody reads it twice, and what it writes over would stay."""
    asks(nour, phones)
    chat = guides.bea.id
    bot_api.faults.broken(TOKEN, 200, method="editMessageText", chat=chat, times=len(UNSURE) + 3)
    guides.anna.tap("Übernehmen")
    settle_while_time_passes(phones, clock)
    assert guides.bea.reads()[-1] == TAKEN
    assert len(guides.bea.reads()) == 2


def test_what_comes_instead_of_a_change_comes_a_few_times_at_most(
    guides: Guides,
    phones: Phones,
    nour: Newcomer,
    clock: Clock,
    bot_api: BotApi,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is a message of its own, which everybody sees coming again."""
    monkeypatch.setattr("bot.delivery.UNSURE", (timedelta(seconds=2),) * len(UNSURE))
    asks(nour, phones)
    sentence, chat = "Bad Request: message to edit not found", guides.bea.id
    bot_api.faults.refuse(TOKEN, 400, sentence, method="editMessageText", chat=chat, times=0)
    bot_api.faults.unreadable(TOKEN, PAGE, method="sendMessage", chat=chat, times=len(UNSURE) + 3)
    guides.anna.tap("Übernehmen")
    settle_while_time_passes(phones, clock)
    assert guides.bea.reads().count(TAKEN) == len(UNSURE) + 1


@pytest.mark.parametrize("code", [400, 401, 403, 404])
@pytest.mark.parametrize("answer", [PAGE, '{"message": "Forbidden"}', '{"ok": false}'])
def test_a_gateway_that_refuses_everybody_makes_nobody_unreachable_and_loses_nothing(
    code: int, answer: str, guides: Guides, phones: Phones, nour: Newcomer, clock: Clock, bot_api: BotApi
) -> None:
    """Such as a proxy that lets nothing out for a while: it does not speak for Telegram, in JSON neither."""
    bot_api.faults.gateway(TOKEN, code, answer, method="sendMessage", times=2)
    nour.consents()
    nour.asks_for_a_person()
    settle_while_time_passes(phones, clock)
    for guide in (guides.anna, guides.bea):
        assert guide.reads()[-1].startswith("Fall 1 wartet.")


@pytest.mark.parametrize("code", [401, 404])
def test_a_gateway_in_the_way_of_fetching_is_no_word_on_the_token(
    code: int, guides: Guides, phones: Phones, bot_api: BotApi, capfd: pytest.CaptureFixture[str]
) -> None:
    bot_api.faults.gateway(TOKEN, code, '{"message": "Not found"}', method="getUpdates")
    guides.anna.say("/help")
    guides.anna.say("/queue")
    phones.settle()
    assert guides.anna.reads()[-1] == "Es wartet niemand."
    told = capfd.readouterr().out
    assert "no connection to the messenger" in told
    assert "does not take this bot's token" not in told
