"""Shifts and appointments as tests of reminding need them, and what of it waits in the outbox."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.house import House
from bot.posts import Post
from bot.team_notes import Note
from casework.appointments import Appointment
from casework.cases import Case
from casework.team import Role
from storage.outbox import Outgoing
from storage.store import Store
from tests.bot.people import stored
from tests.doors import TOWN

PLACE = "Rathaus, Zimmer 12"


def reachable(house: House) -> House:
    """The house with both bots."""
    return replace(house, channels=frozenset({(TOWN, TELEGRAM), (TOWN, TEAM_TELEGRAM)}))


def given_volunteer(store: Store, name: str, now: datetime) -> str:
    """The id of a new volunteer, whose chat has the name as its address."""
    store.team.invite(Role.VOLUNTEER, name, now)
    member = store.team.redeem(name, name, None, now)
    assert member is not None
    store.member_addresses.put(member.id, TEAM_TELEGRAM, name, now)
    return member.id


def given_shift(store: Store, starts_at: datetime, *members: str, title: str = "Sprachcafé") -> str:
    """A shift of two hours that these members take on; its id."""
    shift = store.shifts.add(title, PLACE, starts_at, starts_at + timedelta(hours=2))
    for member in members:
        store.shifts.assign(shift.id, member, starts_at - timedelta(days=30))
    return shift.id


def given_shifts(house: House, starts_at: datetime, count: int = 1) -> None:
    """A shift for each of so many volunteers."""

    def give(store: Store) -> None:
        for number in range(count):
            given_shift(store, starts_at, given_volunteer(store, f"V{number:04}", starts_at))

    stored(house, give)


def given_appointment(store: Store, case: Case, starts_at: datetime, bring: str = "") -> Appointment:
    """Somewhere in the town hall, with reminders."""
    return store.appointments.make(case, starts_at, place=PLACE, bring=bring, remind=True)


def given_telegram(house: House, account: str, address: str = "4711") -> None:
    """One more way to this newcomer."""
    stored(house, lambda store: store.accounts.add_address(account, TELEGRAM, address, keep_address=True))


def delivered(house: House) -> list[tuple[str, str]]:
    """Takes everything out of the outbox, in its order: the address, and the second line or the text key."""
    found: list[Outgoing] = []

    def take(store: Store) -> bool:
        rows = store.outbox.lease(house.clock(), 5000)
        for row in rows:
            store.outbox.mark_sent(row, house.clock())
        found.extend(rows)
        return bool(rows)

    while stored(house, take):
        pass
    return [(row.address, _said(row)) for row in sorted(found, key=lambda row: row.id)]


def _said(row: Outgoing) -> str:
    if row.channel == TEAM_TELEGRAM:
        return Note.unpacked(row.body).text.splitlines()[1]
    reply = Post.unpacked(row.body).parts[0].reply
    return reply.key if reply is not None else "a letter"
