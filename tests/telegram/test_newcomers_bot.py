"""The newcomers' bot on Telegram as a person sees it: how it introduces itself, answers, and bears faults."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.doors import TELEGRAM
from bot.house import House
from tests.bot.people import joined, stored
from tests.doors import TOWN, copy_of
from tests.telegram.bot_api import BotApi
from tests.telegram.calls import faults_of
from tests.telegram.control import eventually
from tests.telegram.newcomers import bot_behind_pages, bot_beside
from tests.telegram.phones import Person, Shown
from tests.telegram.plain_bot import TOKEN, PlainBot

FIRST, ASKED, HELP = "Which language", "What do you need", "You can always: go back"
TO_THE_HOUSEHOLD = (
    *("need:housing", "detail:housing.search", "urgency:has_time", "more:yes", "consent:yes"),
    *("town:here", "age:skip", "german:skip"),
)


@pytest.fixture
def house(tmp_path: Path, built: tuple[House, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The real one, on the machine's own clock like the server."""
    monkeypatch.setattr("bot.messengers.settle_memory", lambda: None)  # a test process goes on loading
    house = copy_of(built, tmp_path / "data", lambda: datetime.now(UTC))
    yield replace(house, channels=frozenset({(TOWN, TELEGRAM)}))
    house.writer.close()


@pytest.fixture
def beside(house: House, bot_api: BotApi) -> Iterator[None]:
    """The bot runs; whatever it asks of Telegram must be right."""
    with bot_beside(house, bot_api):
        yield
    check(bot_api)


def check(bot_api: BotApi) -> None:
    """aiogram's models are the second opinion on every call but those that a test had refused unread."""
    calls = [call for call in bot_api.calls(TOKEN) + bot_api.calls(TOKEN, "getUpdates") if call.ok]
    assert faults_of(calls) == []
    sent = [call.params for call in calls if call.method in ("sendMessage", "editMessageText")]
    assert all("parse_mode" not in params for params in sent)  # people's words are no markup
    assert all(params["link_preview_options"] == {"is_disabled": True} for params in sent)


@pytest.fixture
def lina(bot_api: BotApi) -> Person:
    return bot_api.person(TOKEN, name="Lina", language="en")


def begins(lina: Person) -> Shown:
    """The first question of the bot."""
    lina.say("/start")
    lina.waits_for(FIRST)
    lina.tap("English")
    return lina.waits_for(ASKED)


def offered(lina: Person, data: str) -> str:
    """Taps this as soon as it is there, on the newest message that has it."""

    def there() -> bool:
        return any(key.data.endswith(data) for each in lina.sees() for row in each.buttons for key in row)

    eventually(there)
    return lina.tap(data)


def is_answered(lina: Person, query: str) -> bool:
    return bool(eventually(lambda: lina.answers(query)))


def test_it_introduces_itself_in_every_language_in_private_chats(
    beside: None, house: House, bot_api: BotApi, bot: PlainBot
) -> None:
    """Commands for private chats alone; whoever speaks another language reads German."""
    languages = house.towns[TOWN].script.languages
    eventually(lambda: len(bot_api.calls(TOKEN, "setMyShortDescription")) == len(languages) + 1)
    private = {"type": "all_private_chats"}
    texts: dict[str, tuple[str, str, str]] = {}
    for code in ("", *languages):
        commands = bot.ask("getMyCommands", scope=private, language_code=code)["result"]
        assert [each["command"] for each in commands][:4] == ["start", "need", "human", "emergency"]
        assert bot.ask("getMyCommands", language_code=code)["result"] == []
        described = bot.result("getMyDescription", language_code=code)["description"]
        short = bot.result("getMyShortDescription", language_code=code)["short_description"]
        texts[code] = (commands[0]["description"], described, short)
    assert texts[""] == texts["de"]
    assert len(set(texts.values())) == len(languages)


def test_taps_show_their_answer_and_ticks_change_in_place(beside: None, lina: Person) -> None:
    """As a person sees it; every tap is answered, so that no button seems to hang."""
    begins(lina)
    queries = [offered(lina, tap) for tap in TO_THE_HOUSEHOLD]
    queries.append(offered(lina, "household:+partner"))
    question = lina.sees()[-1]
    queries += [offered(lina, tap) for tap in ("household:+elders", "household:-partner")]
    eventually(lambda: "☐ Partner" in lina.sees()[-1].labels and lina.sees()[-1].edited)
    assert "☑ Parents or older people" in lina.sees()[-1].labels
    assert lina.sees()[-1].id == question.id
    queries.append(offered(lina, "household:ok"))
    answered = lina.waits_for("✓ Done")
    assert (answered.id, answered.labels) == (question.id, [])
    assert all(is_answered(lina, query) for query in queries)


def test_a_stale_tap_is_answered_and_the_question_asked_again(beside: None, lina: Person) -> None:
    """A phone that was without a network may tap what is long gone."""
    asked = begins(lina)
    data = asked.buttons[0][0].data
    lina.tap("need:housing")
    lina.waits_for("✓ Housing")
    query = lina.tap_data(asked.id, data, unseen=True)
    assert is_answered(lina, query)
    lina.waits_for(ASKED)


def test_a_tap_is_answered_also_when_the_turn_fails(
    beside: None, lina: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And somebody says sorry."""
    begins(lina)

    def bug(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("bot.newcomer_step.carry_out", bug)
    assert is_answered(lina, lina.tap("need:housing"))
    lina.waits_for("something went wrong")


def test_in_a_group_it_says_nothing(beside: None, bot_api: BotApi, lina: Person) -> None:
    """Whoever adds it to one would let everybody read along."""
    group = bot_api.group()
    group.add(TOKEN, by=lina)
    lina.inside(group.id).say("/start")
    lina.inside(group.id).say("Ich suche eine Wohnung")
    begins(lina)
    assert {call.params["chat_id"] for call in bot_api.calls(TOKEN, "sendMessage")} == {lina.id}


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("voice", "cannot understand voice messages"),
        ("photo", "do not take photos and files"),
        ("document", "do not take photos and files"),
        ("sticker", "do not take photos and files"),
    ],
)
def test_what_cannot_be_read_is_answered_kindly(
    beside: None, lina: Person, bot_api: BotApi, kind: str, answer: str
) -> None:
    """And never fetched."""
    begins(lina)
    lina.send(kind)
    lina.waits_for(answer)
    assert bot_api.calls(TOKEN, "getFile") == []


def test_what_is_changed_later_stays_what_it_was(beside: None, lina: Person, bot_api: BotApi) -> None:
    """A corrected message is not read again: the answer to the first is there already."""
    begins(lina)
    said = lina.say("/help")
    lina.waits_for(HELP)
    lina.edit(said, "/need")
    lina.say("/mydata")
    lina.waits_for("Nothing is stored about you")
    assert sum(HELP in text for text in lina.reads()) == 1
    assert not bot_api.unconfirmed(TOKEN)


@pytest.mark.parametrize("how", ["blocks", "refused"])
def test_whoever_blocks_it_is_shown_as_out_of_reach_until_they_write_again(
    beside: None, house: House, lina: Person, bot_api: BotApi, how: str
) -> None:
    """Told by Telegram, or found out when the guide's letter cannot be sent; the letter is not lost."""
    # the guide works in another loop than the bot, as somebody in another process would
    guide = joined(replace(house, riders=[], post=asyncio.Event()))
    begins(lina)
    lina.say("/human")
    offered(lina, "ask:yes")
    eventually(lambda: asyncio.run(guide.desk.queue(guide.signed_in)).open)
    case = guide.takes()
    lina.waits_for("Now a person is writing to you")

    def out_of_reach() -> bool:
        view = asyncio.run(guide.desk.view(guide.signed_in, case))
        return view is not None and view.line.unreachable

    if how == "blocks":
        lina.block()
        eventually(out_of_reach)
    else:
        bot_api.faults.blocked(TOKEN, method="sendMessage", chat=lina.id)
    guide.writes(case, "Come on Tuesday.")
    eventually(out_of_reach)
    if how == "blocks":
        lina.unblock()
    else:
        lina.say("/help")
        lina.waits_for("What you write is read by a person")
    lina.waits_for("Come on Tuesday.")
    assert not out_of_reach()


def test_a_change_that_changes_nothing_is_no_fault(beside: None, lina: Person, bot_api: BotApi) -> None:
    """The next question follows."""
    begins(lina)
    bot_api.faults.refuse(
        TOKEN, 400, "Bad Request: message is not modified: the same", method="editMessageText"
    )
    lina.tap("need:housing")
    offered(lina, "detail:housing.search")


@pytest.mark.parametrize(
    "why", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"]
)
def test_a_question_that_is_gone_is_said_anew_with_its_answer(
    beside: None, lina: Person, bot_api: BotApi, why: str
) -> None:
    """And the next one follows."""
    asked = begins(lina)
    bot_api.faults.refuse(TOKEN, 400, f"Bad Request: {why}", method="editMessageText")
    lina.tap("need:housing")
    offered(lina, "detail:housing.search")
    anew = lina.waits_for("✓ Housing")
    assert anew.id > asked.id


def test_whoever_is_told_to_wait_waits_and_order_is_kept(beside: None, lina: Person, bot_api: BotApi) -> None:
    """What is said meanwhile stands behind it."""
    begins(lina)
    bot_api.faults.too_many(TOKEN, retry_after=1, method="sendMessage")
    lina.say("/help")
    lina.say("/mydata")
    lina.waits_for("Nothing is stored about you")
    texts = lina.reads()
    assert [text for text in texts if HELP in text]
    assert next(at for at, text in enumerate(texts) if HELP in text) < len(texts) - 1


def test_a_cut_connection_loses_nothing(beside: None, lina: Person, bot_api: BotApi) -> None:
    """Before it arrived it is sent again, once; it is not known whether it did, so it may come twice."""
    begins(lina)
    bot_api.faults.cut(TOKEN, "before", method="sendMessage")
    lina.say("/help")
    lina.waits_for(HELP)
    assert sum(HELP in text for text in lina.reads()) == 1


def test_another_program_with_the_same_token_is_told_and_outlived(
    beside: None, lina: Person, bots: Callable[[str], PlainBot]
) -> None:
    """The log says what to do; once the other has ended everything is answered."""
    other = bots(TOKEN)
    with capture_logs() as logs:

        def told() -> bool:
            other.call("getUpdates", timeout=1)  # of two that wait the later one ends the earlier
            return any("another program fetches" in line["event"] for line in logs)

        eventually(told)
    begins(lina)


def test_after_a_day_away_the_first_answer_says_sorry(house: House, bot_api: BotApi, lina: Person) -> None:
    late = replace(house, clock=lambda: datetime.now(UTC) + timedelta(hours=2))
    for text in ("/start", "/help"):
        lina.say(text)
    with bot_beside(late, bot_api):
        lina.waits_for(HELP)
    assert [text for text in lina.reads() if "could not be reached" in text] == lina.reads()[:1]
    check(bot_api)


def test_updates_can_be_brought_instead(house: House, bot_api: BotApi, lina: Person) -> None:
    """By the webhook that the bot sets itself, with a secret; nothing is fetched then."""
    lina.say("/start")
    with bot_behind_pages(lambda address: replace(house, public_url=address), bot_api):
        lina.waits_for(FIRST)
        lina.tap("English")
        lina.waits_for(ASKED)
    (set_once,) = bot_api.calls(TOKEN, "setWebhook")
    assert (set_once.params["max_connections"], len(set_once.params["secret_token"])) == (1, 43)
    assert bot_api.calls(TOKEN, "getUpdates") == []
    assert stored(house, lambda store: store.outbox.waiting_since(datetime.now(UTC))) == 0
    check(bot_api)
