"""The team's bot on Telegram: who may talk to it, what it says, and what it keeps quiet about."""

import asyncio
import json

import pytest

from bot.doors import TEAM_TELEGRAM
from bot.house import House
from bot.team_entry import SignedIn
from bot.team_reach import TeamReach
from casework.team import Role
from tests.bot.people import Newcomer, stored
from tests.doors import TOWN, Clock
from tests.team.conftest import Guides, asks, settle_while_time_passes
from tests.team.running import TOKEN, Phones, Running, running_team_bot
from tests.team.stage import connected
from tests.telegram.bot_api import BotApi
from tests.telegram.control import eventually


def unreachable(house: House, chat: int) -> bool:
    way = stored(house, lambda store: store.member_addresses.at(TEAM_TELEGRAM, str(chat)))
    assert way is not None
    return way.unreachable_at is not None


def on_the_team_page(house: House, guides: Guides) -> list[str]:
    """How Anna and Bea are reached, as a colleague reads it."""
    anna, bea = guides.ids
    colleague = SignedIn(id=bea, role=Role.DEPUTY, name="Bea", town=TOWN)
    reached = asyncio.run(TeamReach(house).reached(colleague))
    return [reached[anna], reached[bea]]


def test_the_bot_says_what_it_is_before_anybody_has_written(running: Running, bot_api: BotApi) -> None:
    """In the place where Telegram shows it, with its commands, for private chats only."""
    eventually(lambda: bot_api.calls(TOKEN, "setMyShortDescription") or running.done.done())
    asked = {call.method: call.params for call in bot_api.calls(TOKEN)}
    assert "Zugang nur mit Einladung" in asked["setMyDescription"]["description"]
    assert [each["command"] for each in asked["setMyCommands"]["commands"]] == [
        "queue",
        "mine",
        "check",
        "help",
        "stop",
    ]
    assert asked["setMyCommands"]["scope"] == {"type": "all_private_chats"}


def test_in_a_group_the_bot_says_nothing(guides: Guides, phones: Phones, bot_api: BotApi) -> None:
    """Whoever adds it there gets no word about any case, not even by a command."""
    group = bot_api.group()
    before = len(bot_api.calls(TOKEN))
    group.add(TOKEN, by=guides.anna)
    inside = guides.anna.inside(group.id)
    for text in ("/queue", "/start", "/start 0123", "Hallo", "/mine@erlenfels_team_bot"):
        inside.say(text)
    group.kick(TOKEN, by=guides.anna)
    phones.settle()
    assert inside.reads() == []
    assert len(bot_api.calls(TOKEN)) == before


def test_a_guide_who_blocks_the_bot_is_unreachable_and_the_others_are_told(
    team: House, guides: Guides, phones: Phones, nour: Newcomer
) -> None:
    """Once they let it in again they are told as before."""
    guides.anna.block()
    phones.settle()
    assert (unreachable(team, guides.anna.id), unreachable(team, guides.bea.id)) == (True, False)
    assert on_the_team_page(team, guides) == ["Telegram: nicht erreichbar", "Telegram"]
    asks(nour, phones)
    assert [each.startswith("Fall 1 wartet.") for each in guides.bea.reads()] == [False, True]
    guides.anna.unblock()
    phones.settle()
    assert not unreachable(team, guides.anna.id)
    assert on_the_team_page(team, guides) == ["Telegram", "Telegram"]
    guides.bea.tap("Übernehmen")
    phones.settle()
    guides.bea.tap("Zurückgeben")
    phones.settle()
    assert guides.anna.reads()[-1].startswith("Fall 1 wartet.")


def test_a_refusal_that_nobody_announced_makes_unreachable_too(
    team: House, guides: Guides, phones: Phones, nour: Newcomer, bot_api: BotApi
) -> None:
    """The update about the block may be lost; the first sending finds it out."""
    bot_api.faults.blocked(TOKEN, method="sendMessage", chat=guides.anna.id)
    asks(nour, phones)
    assert (unreachable(team, guides.anna.id), unreachable(team, guides.bea.id)) == (True, False)
    assert guides.bea.reads()[-1].startswith("Fall 1 wartet.")


def test_somebody_whose_account_is_gone_holds_up_nobody(
    team: House, guides: Guides, phones: Phones, nour: Newcomer
) -> None:
    guides.anna.deactivate()
    asks(nour, phones)
    assert unreachable(team, guides.anna.id)
    assert guides.bea.reads()[-1].startswith("Fall 1 wartet.")


STRANGE = {
    "a message without a chat": ("message", {"message_id": 1, "date": 0, "text": "/queue"}),
    "a message that is a text": ("message", "/queue"),
    "a tap by nobody": ("callback_query", {"id": "1"}),
    "something of a future version": ("telepathy", {"thought": "/queue"}),
    "a number too big for a date": (
        "message",
        {"message_id": 1, "date": 10**18, "chat": {"id": 6001, "type": "private"}},
    ),
}


@pytest.mark.parametrize("what", STRANGE)
def test_an_update_that_cannot_be_read_holds_up_nobody(
    what: str, guides: Guides, phones: Phones, bot_api: BotApi
) -> None:
    """It is acknowledged like any other, and what came with it is answered."""
    kind, body = STRANGE[what]
    bot_api.update(TOKEN, kind, body)  # type: ignore[arg-type]
    guides.anna.say("/queue")
    phones.settle()
    assert guides.anna.reads()[-1] == "Es wartet niemand."


@pytest.mark.parametrize("kind", ["photo", "voice", "document", "sticker"])
def test_what_is_no_text_is_told_to_stay_out(kind: str, guides: Guides, phones: Phones) -> None:
    """A photo of a letter would lie with Telegram."""
    guides.anna.send(kind)
    phones.settle()
    assert guides.anna.reads()[-1].startswith("Hier kommen nur Texte an.")


def test_an_edited_message_is_not_sent_again(
    guides: Guides, phones: Phones, nour: Newcomer, bot_api: BotApi
) -> None:
    """What the person has read cannot be taken back by it."""
    asks(nour, phones)
    guides.anna.tap("Übernehmen")
    phones.settle()
    guides.anna.tap("Schreiben")
    written = guides.anna.say("Guten Tag")
    phones.settle()
    calls = len(bot_api.calls(TOKEN))
    guides.anna.edit(written, "Guten Abend")
    phones.settle()
    assert [letter.text for letter in nour.looks().letters] == ["Guten Tag"]
    assert len(bot_api.calls(TOKEN)) == calls


def test_no_message_makes_a_preview_of_the_desk(
    guides: Guides, phones: Phones, nour: Newcomer, bot_api: BotApi
) -> None:
    """Telegram's servers would open the link."""
    asks(nour, phones)
    guides.anna.tap("Übernehmen")
    phones.settle()
    sent = [
        call.params for call in bot_api.calls(TOKEN) if "text" in call.params and "chat_id" in call.params
    ]
    assert len(sent) > 4
    assert all(params["link_preview_options"] == {"is_disabled": True} for params in sent)
    assert not any("parse_mode" in params for params in sent)


@pytest.mark.parametrize(
    ("secret", "taken"),
    [("", False), ("wrong", False), ("ä", False), (None, True)],
    ids=["none", "wrong", "no ASCII", "right"],
)
def test_what_a_webhook_brings_needs_the_bots_secret(
    team: House, bot_api: BotApi, secret: str | None, taken: bool
) -> None:
    """What cannot be read is confirmed as well: it would come for a whole day otherwise."""
    connected(team, "Anna", Role.GUIDE, 6001)
    where, chat = (TOWN, TEAM_TELEGRAM), {"id": 6001, "type": "private"}
    sender = {"id": 6001, "is_bot": False, "first_name": "Anna"}
    written = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": "/help"}
    raw = (b"{}", b"no JSON", json.dumps({"update_id": 1, "message": written}).encode())
    given = team.signed("webhook", " ".join(where)) if secret is None else secret
    with running_team_bot(team, bot_api, webhook=True) as running:
        assert [running.run(running.bots.bring(where, given, each)) for each in raw] == [taken] * 3
    assert stored(team, lambda store: store.updates.seen(TEAM_TELEGRAM, "220:1")) is taken


def test_nothing_that_was_said_stands_in_the_log(
    guides: Guides,
    phones: Phones,
    nour: Newcomer,
    bot_api: BotApi,
    clock: Clock,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Neither token, names, texts nor chats, also when sending fails."""
    bot_api.faults.broken(TOKEN, 502, method="sendMessage", times=1)
    bot_api.faults.blocked(TOKEN, method="editMessageText", times=1)
    nour.consents()
    nour.asks_for_a_person()
    settle_while_time_passes(phones, clock)
    guides.anna.tap("Übernehmen")
    guides.bea.say("MARKE-4711")
    settle_while_time_passes(phones, clock)
    printed = "".join(capfd.readouterr())
    for secret in ("MARKE-4711", TOKEN, "220:", "Wohnung", "6001", "6002", "Bea"):
        assert secret not in printed, secret
