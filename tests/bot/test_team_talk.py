"""One message to the team's bot: handled once, answered once, and nothing of it in a log."""

import asyncio
import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.case_steps import CaseSteps
from bot.channels.base import Bubble
from bot.delivery import Delivery
from bot.doors import TEAM_TELEGRAM
from bot.house import House
from bot.limits import PER_MEMBER, Limits
from bot.settling import arrived
from bot.team_door import TeamDoor
from bot.team_messages import TeamMessage
from bot.team_notes import Note
from bot.team_talk import STRANGER, TOO_FAST, TeamTalk
from casework.team import Role
from storage.errors import NotSaved
from storage.store import Store
from tests.bot.people import Newcomer, rows, stored
from tests.bot.team_chat import TeamChat
from tests.doors import TOWN
from tests.team.stage import connected, open_to_the_team

WRITTEN = "MARKE-Wohnung-4711"
"""What must never stand in a log."""


@pytest.fixture
def team(house: House) -> House:
    return open_to_the_team(house, content=True)


@pytest.fixture
def anna(team: House) -> TeamChat:
    """A guide with a chat."""
    connected(team, "Anna", Role.GUIDE, 6001)
    return TeamChat(team)


@pytest.fixture
def case(team: House, anna: TeamChat, newcomer: Newcomer) -> str:
    """A case in Anna's hands."""
    newcomer.consents()
    newcomer.asks_for_a_person()
    (waiting,) = stored(team, lambda store: store.cases.queue())
    anna.taps(f"take:{waiting.id}")
    return waiting.id


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing fails, and says what was written."""

    def write(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"cannot write {WRITTEN}")

    monkeypatch.setattr(CaseSteps, "write", write)


def letters(house: House, case: str) -> list[str]:
    return [letter.text for letter in stored(house, lambda store: store.letters.of_case(case))]


def test_a_message_seen_twice_counts_once(team: House, anna: TeamChat, case: str) -> None:
    """The messenger brings again what was not acknowledged in time."""
    anna.taps(f"write:{case}")
    anna.says("Guten Tag")
    before = rows(team)
    assert anna.send(anna.sent) == []
    assert (letters(team, case), rows(team)) == (["Guten Tag"], before)


@pytest.mark.usefixtures("broken")
def test_a_step_that_fails_becomes_one_apology_with_a_number(team: House, anna: TeamChat, case: str) -> None:
    """It counts as seen: the same message would fail again."""
    anna.taps(f"write:{case}")
    note = anna.says(WRITTEN)
    assert re.fullmatch(r"Das hat nicht geklappt\. Bitte noch einmal versuchen\. Nummer: r\d+", note.text)
    assert anna.send(anna.sent) == []
    assert letters(team, case) == []


@pytest.mark.usefixtures("broken")
def test_a_log_holds_the_number_and_no_word(anna: TeamChat, case: str) -> None:
    anna.taps(f"write:{case}")
    with capture_logs() as logs, redirect_stdout(io.StringIO()) as printed:
        note = anna.says(WRITTEN)
    (line,) = logs
    assert (line["error"], line["town"]) == ("RuntimeError", TOWN)
    assert note.text.endswith(line["incident"])
    for secret in (WRITTEN, "Anna", anna.chat):
        assert secret not in f"{logs} {printed.getvalue()}"


def test_what_is_not_saved_may_come_again(
    team: House, anna: TeamChat, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No apology then: the channel keeps the message and brings it later."""

    def full(*_: object) -> None:
        raise NotSaved("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("storage.updates.Updates.first_time", full)
        with pytest.raises(NotSaved):
            anna.taps(f"write:{case}")
    assert anna.rows(anna.sent)


def test_an_answer_to_a_message_goes_to_its_case_and_not_to_the_one_of_write(
    team: House, anna: TeamChat, case: str
) -> None:
    """The subject of the message that is answered goes before everything else."""
    other = Newcomer(team)
    other.consents()
    other.asks_for_a_person()
    (waiting,) = stored(team, lambda store: store.cases.queue())
    (row,) = anna.rows(TeamMessage(id="t", choice=f"take:{waiting.id}", tapped="70"))
    stored(team, lambda store: store.outbox.mark_sent(row, team.clock(), "70"))
    anna.taps(f"write:{case}")
    assert anna.says("Für die zweite Person", answers="70").text == "Geschrieben an Fall 2."
    assert (letters(team, case), letters(team, waiting.id)) == ([], ["Für die zweite Person"])


def test_an_answer_to_a_message_of_no_case_goes_to_none(team: House, anna: TeamChat, case: str) -> None:
    """Whoever answers something has something else in mind than the last "write"."""
    anna.taps(f"write:{case}")
    note = anna.says("Guten Tag", answers="999", reference="12")
    assert (note.text, note.answers) == ("An welchen Fall soll das gehen?", "12")
    assert letters(team, case) == []


def test_the_same_number_in_two_chats_is_two_letters(team: House, anna: TeamChat, case: str) -> None:
    """Messages are numbered anew in each chat: Bea's would be lost if only the number counted."""
    connected(team, "Bea", Role.DEPUTY, 6002)
    bea = TeamChat(team, chat="6002", name="Bea")
    anna.taps(f"to:{case}", tapped="7", quoted="Von Anna")
    anna.taps(f"back:{case}")
    bea.taps(f"take:{case}")
    bea.taps(f"to:{case}", tapped="7", quoted="Von Bea")
    assert letters(team, case) == ["Von Anna", "Von Bea"]


def test_a_question_that_failed_may_be_answered_again(team: House, anna: TeamChat, case: str) -> None:
    """The first case was taken away meanwhile: the question stays, and the second answer counts."""
    assert anna.taps("to:" + "0" * 32, quoted="Guten Tag").replaces == ""
    assert anna.taps(f"to:{case}", quoted="Guten Tag").text == "Geschrieben an Fall 1."
    assert letters(team, case) == ["Guten Tag"]


def test_a_question_whose_message_is_gone_says_so(anna: TeamChat, case: str) -> None:
    """It was kept nowhere but in the chat."""
    told = anna.taps(f"to:{case}", quoted="").text
    assert told == "Ihre Nachricht ist nicht mehr da. Bitte schreiben Sie sie noch einmal."


def test_an_answer_makes_nothing_read_that_has_not_been_shown(
    team: House, anna: TeamChat, newcomer: Newcomer, case: str
) -> None:
    """The letter is still on its way to the guide, or went to a mailbox, which shows no words."""
    newcomer.says("When can I come?")
    anna.says("Morgen.")
    assert stored(team, lambda store: store.letters.unread(case)) == 1


def test_a_letter_counts_as_read_once_it_is_in_the_chat(
    team: House, anna: TeamChat, newcomer: Newcomer, case: str
) -> None:
    """Where letters pass through the messenger, nobody opens the desk to read them."""
    newcomer.says("When can I come?")
    (row,) = anna.rows(TeamMessage(id="w", choice=f"write:{case}", tapped="7"))
    assert "When can I come?" in Note.unpacked(row.body).text
    assert stored(team, lambda store: store.letters.unread(case)) == 1
    stored(team, lambda store: arrived(store, row, "8", letter=True, now=team.clock()))
    assert stored(team, lambda store: store.letters.unread(case)) == 0


def test_a_photo_or_a_voice_message_is_told_to_stay_out(anna: TeamChat) -> None:
    assert anna.says("").text.startswith("Hier kommen nur Texte an.")


@pytest.mark.parametrize("command", ["/QUEUE", "/queue@erlenfels_team_bot", "/queue jetzt"])
def test_a_command_is_understood_however_it_is_written(anna: TeamChat, command: str) -> None:
    assert anna.says(command).text == "Es wartet niemand."


def test_a_long_list_says_how_much_more_there_is(team: House, anna: TeamChat) -> None:
    """A message has room for ten; the desk shows all."""

    def open_many(store: Store) -> None:
        for number in range(12):
            account = store.accounts.create("webchat", f"session {number}", team.clock())
            store.cases.open(
                account.id, language="de", needs=(), urgency=None, reason="asked", now=team.clock()
            )

    stored(team, open_many)
    note = anna.says("/queue")
    assert (len(note.rows), note.text.splitlines()[-1]) == (10, "Und 2 mehr am Arbeitsplatz.")


def test_whoever_writes_again_is_reachable_again(team: House, anna: TeamChat) -> None:
    """A blocked chat does not write; whatever was thought of it is over."""
    talk = TeamTalk(team)
    asyncio.run(talk.reachable(TOWN, anna.chat, yes=False))
    anna.says("/help")
    way = stored(team, lambda store: store.member_addresses.at(TEAM_TELEGRAM, anna.chat))
    assert way is not None
    assert way.unreachable_at is None


def door(house: House) -> TeamDoor:
    return TeamDoor(house, TOWN, TeamTalk(house), Delivery(house, {}), Limits(lambda: 0.0))


def test_who_is_too_fast_is_told_so_once(team: House, anna: TeamChat) -> None:
    """What was not taken must not be thought sent. A stranger is not answered at all."""
    flooded = door(team)

    async def flood(chat: str) -> None:
        for number in range(int(PER_MEMBER.burst) + 5):
            await flooded.take(chat, TeamMessage(id=f"{chat}:{number}", text="/help"))

    asyncio.run(flood(anna.chat))
    asyncio.run(flood("6666"))
    told = list(waiting_texts(team))
    assert told.count(("6001", TOO_FAST)) == 1
    assert [text for chat, text in told if chat == "6666"] == [STRANGER] * int(PER_MEMBER.burst)


def waiting_texts(house: House) -> Iterator[tuple[str, str]]:
    from sqlalchemy import select

    from storage.outbox import _PARCEL
    from storage.tables.outbox import outbox

    def read(store: Store) -> list[tuple[str, str]]:
        seal = store.outbox._seal(None)
        found = [
            _PARCEL.open(seal, row.label, row.sealed)
            for row in store._in.execute(select(outbox).order_by(outbox.c.id))
        ]
        return [(parcel.address, Note.unpacked(parcel.body).text) for parcel in found]

    yield from stored(house, read)


def bubble_of(house: House, note: Note) -> Bubble:
    (bubble,) = door(house).messages(note.packed())
    return bubble


def test_a_link_to_the_desk_is_a_button_with_tls_and_a_line_without(team: House) -> None:
    """Telegram takes no buttons for plain addresses in a town's own network."""
    note = Note(text="Fall 1 wartet.", link="/desk/fall/1")
    with_tls = bubble_of(team, note)
    assert (with_tls.text, with_tls.keys[0][0].url) == (
        "Fall 1 wartet.",
        "https://wege.example.org/desk/fall/1",
    )
    plain = bubble_of(replace(team, public_url="http://10.0.0.1:8000"), note)
    assert (plain.text, plain.keys) == ("Fall 1 wartet.\nhttp://10.0.0.1:8000/desk/fall/1", ())
    none = bubble_of(replace(team, public_url=""), note)
    assert (none.text, none.keys) == ("Fall 1 wartet.", ())
