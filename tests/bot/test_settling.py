"""Who cannot be reached any more and who is back: what waits finds its next way, the guide hears it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.base import DeliveryError
from bot.doors import MAIL, TEAM_TELEGRAM, TELEGRAM
from bot.house import House
from bot.settling import reachable_there, unreachable_there
from bot.team_notes import Note
from bot.team_talk import TeamTalk
from casework.cases import Case, Event, move
from casework.team import Role
from storage.letters import GUIDE
from storage.outbox import Outgoing
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.people import Newcomer, Worker, stored
from tests.bot.postbox import Office, plays
from tests.doors import TOWN, Clock
from tests.team.stage import connected, open_to_the_team

CHAT, MAILBOX = "6001", "anna@example.org"
LETTER = Note(text="Fall 1 schreibt: ...", mail="In einem Ihrer Fälle gibt es Neues.")
FOR_THE_CHAT_ALONE = Note(text="Geschrieben an Fall 1.")
TOO_LATE = replace(LETTER, until=NOW)


@pytest.fixture
def team(house: House) -> House:
    """Both bots and mail are configured."""
    ways = frozenset((TOWN, channel) for channel in (TELEGRAM, TEAM_TELEGRAM, MAIL))
    return replace(open_to_the_team(house), channels=ways)


@pytest.fixture
def anna(team: House) -> str:
    """A guide with a chat and a mailbox."""
    member = connected(team, "Anna", Role.GUIDE, int(CHAT))
    stored(team, lambda store: store.member_addresses.put(member, MAIL, MAILBOX, NOW))
    return member


@pytest.fixture
def case(team: House, anna: str) -> Case:
    """Anna's case of somebody on Telegram."""

    def owned(store: Store) -> Case:
        account = store.accounts.create(TELEGRAM, "nour", NOW, keep_address=True)
        case = store.cases.open(account.id, language="ar", needs=(), urgency=None, reason="asked", now=NOW)
        case = move(case, Event.TAKEN, NOW, owner=anna)
        store.cases.save(case)
        return case

    return stored(team, owned)


def add(house: House, case: Case, *notes: Note, subject: str = "case:1") -> None:
    """Notes on their way to Anna's chat, the first in somebody's hands."""

    def added(store: Store) -> None:
        for note in notes:
            store.outbox.add(
                case.account, TEAM_TELEGRAM, CHAT, note.packed(), NOW, subject=subject, lease=note is notes[0]
            )

    stored(house, added)


def waiting(house: House) -> list[Outgoing]:
    """Takes out all that can go now, also what stands behind something else for the same address."""
    found: list[Outgoing] = []

    def take(store: Store) -> bool:
        rows = store.outbox.lease(NOW)
        for row in rows:
            store.outbox.mark_sent(row, NOW)
        found.extend(rows)
        return bool(rows)

    while stored(house, take):
        pass
    return sorted(found, key=lambda row: row.id)


def blocks(house: House) -> None:
    stored(house, lambda store: unreachable_there(house, TEAM_TELEGRAM, CHAT, NOW, store))


def test_what_a_chat_does_not_take_any_more_goes_to_the_mailbox_once(
    team: House, anna: str, case: Case
) -> None:
    """Also what is being sent at this moment; not what is of no use there, or too late."""
    add(team, case, LETTER, FOR_THE_CHAT_ALONE, TOO_LATE)
    blocks(team)
    blocks(team)
    (row,) = waiting(team)
    assert (row.channel, row.address, row.account) == (MAIL, MAILBOX, case.account)
    assert Note.unpacked(row.body) == LETTER


def test_an_offer_that_goes_to_the_mailbox_is_withdrawn_when_somebody_takes_the_case(
    team: House, anna: str, case: Case
) -> None:
    """It is still known what it was about."""
    add(team, case, LETTER, subject=f"open:{case.id}")
    blocks(team)
    stored(team, lambda store: store.outbox.sent_about(f"open:{case.id}"))
    assert waiting(team) == []


def test_without_a_mailbox_nothing_is_sent_anywhere(team: House, anna: str, case: Case) -> None:
    stored(team, lambda store: store.member_addresses.drop(anna, MAIL))
    add(team, case, LETTER)
    blocks(team)
    assert waiting(team) == []


def test_a_refused_note_is_in_the_mailbox_a_moment_later(
    team: House, anna: str, case: Case, clock: Clock
) -> None:
    """Nobody had said that the chat is blocked: the sending found it out."""

    async def scene(office: Office) -> None:
        office.team.faults[LETTER.text] = [DeliveryError("forbidden", unreachable=True)]
        await office.runs()
        await office.in_town(
            lambda store: store.outbox.add(case.account, TEAM_TELEGRAM, CHAT, LETTER.packed(), clock())
        )
        await office.passes(0)
        await office.passes(0)

    plays(team, clock, scene)
    assert [(row.channel, row.address) for row in waiting(team)] == [(MAIL, MAILBOX)]


def test_a_guide_who_says_goodbye_to_the_bot_gets_what_waits_by_mail(
    team: House, anna: str, case: Case
) -> None:
    """The messenger tells of a block before anything could fail."""
    add(team, case, LETTER)
    asyncio.run(TeamTalk(team).reachable(TOWN, CHAT, yes=False))
    assert [row.channel for row in waiting(team)] == [MAIL]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        pytest.param(True, " Was Sie ihr geschrieben haben, bekommt sie jetzt.", id="something was missed"),
        pytest.param(False, "", id="nothing was missed"),
    ],
)
def test_that_a_person_is_back_says_whether_they_missed_something(
    team: House, anna: str, case: Case, written: bool, told: str
) -> None:
    def back(store: Store) -> None:
        unreachable_there(team, TELEGRAM, "nour", NOW - timedelta(hours=1), store)
        if written:
            store.letters.add(case.id, case.account, author=GUIDE, text="Guten Tag", language="de", at=NOW)
        reachable_there(team, TELEGRAM, "nour", case.account, NOW, store)

    stored(team, back)
    (way,) = stored(team, lambda store: store.accounts.addresses(case.account))
    assert not way.unreachable
    stored(team, lambda store: store.outbox.mark_sent(waiting_first(store), NOW))
    (row,) = waiting(team)
    note = Note.unpacked(row.body)
    assert note.text == f"Fall 1: Die Person ist wieder auf Telegram erreichbar.{told}"


def test_whoever_blocks_and_lets_in_again_and_again_is_told_once_an_hour(
    team: House, anna: str, case: Case
) -> None:
    """Each costs the guide a glance, and the person nothing."""

    def to_and_fro(store: Store) -> None:
        for minutes in (*range(10), 60):
            now = NOW + timedelta(minutes=minutes)
            unreachable_there(team, TELEGRAM, "nour", now, store)
            reachable_there(team, TELEGRAM, "nour", case.account, now, store)

    stored(team, to_and_fro)
    told: list[Outgoing] = []
    while rows := stored(team, lambda store: store.outbox.lease(NOW + timedelta(hours=2))):
        told += rows
        stored(team, lambda store: store.outbox.mark_sent(rows[0], NOW))
    assert len(told) == 4


def waiting_first(store: Store) -> Outgoing:
    (row,) = store.outbox.lease(NOW)
    return row


SAVED = "Gespeichert für Fall 1."


@pytest.mark.parametrize(
    ("web", "blocked", "public_url", "told"),
    [
        pytest.param(True, None, "", "Geschrieben an Fall 1.", id="web only"),
        pytest.param(False, False, "", "Geschrieben an Fall 1.", id="Telegram, open"),
        pytest.param(
            True,
            True,
            "",
            f"{SAVED} Auf Telegram ist die Person nicht erreichbar. "
            "Sie liest es, sobald sie in den Web-Chat schaut.",
            id="Telegram blocked, web open",
        ),
        pytest.param(
            False,
            True,
            "https://wege.example.org",
            f"{SAVED} Die Person liest es erst, wenn sie den Bot wieder zulässt oder in den Web-Chat kommt.",
            id="Telegram blocked, and nothing else yet",
        ),
        pytest.param(
            False,
            True,
            "",
            f"{SAVED} Die Person liest es erst, wenn sie den Bot wieder zulässt.",
            id="Telegram blocked, and nothing else at all",
        ),
    ],
)
def test_a_guide_is_told_what_becomes_of_a_letter(
    guide: Worker, newcomer: Newcomer, web: bool, blocked: bool | None, public_url: str, told: str
) -> None:
    """Never that it was written to somebody whom nothing reaches."""
    newcomer.consents()
    newcomer.asks_for_a_person()
    case = guide.takes()

    def change_ways(store: Store) -> None:
        (account,) = (found.account for found in store.cases.owned())
        if blocked is not None:
            store.accounts.add_address(account, TELEGRAM, "4711", keep_address=True)
            store.accounts.mark_unreachable(TELEGRAM, "4711", guide.house.clock() if blocked else None)
        if not web:
            store.accounts.drop_address(newcomer.door, newcomer.address or "")

    stored(guide.house, change_ways)
    guide.house = replace(guide.house, public_url=public_url)
    assert guide.writes(case, "Guten Tag") == told
