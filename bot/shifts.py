"""The use case of entering shifts, by hand or from a file; reading what was written is not done here."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.team_notes import Note
from bot.telling import Channels, tell_by
from casework.days import LOCAL, ClockChange, at_local, clock_from, day_from
from casework.team import Member
from casework.volunteers.shifts import Shift
from catalog.normalise import clean
from dialogs.messages import verbatim
from dialogs.wording import SOURCE, Wording
from storage.store import Store

NO_DAY = '"{}" is no day. Write 2026-11-27 or 27.11.2026.'
NO_CLOCK = '"{}" is no time of day. Write 14:00.'


class ShiftsError(Exception):
    """Shifts cannot be entered like this; `problems` names where and the remedy, every one of them."""

    def __init__(self, where: str, problems: list[str]) -> None:
        self.problems = tuple(problems)
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n  ".join([f"{where}: {count}, nothing was changed", *problems]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A shift as somebody wants it, and who is to take it on."""

    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    members: tuple[Member, ...]


@dataclass(slots=True, kw_only=True)
class Entered:
    """What came of it: new shifts, how many were newly taken on, what was known, what stays cancelled."""

    new: list[Shift] = field(default_factory=list)
    taken_on: int = 0
    known: int = 0
    cancelled: int = 0


def enter(store: Store, planned: tuple[Planned, ...], now: datetime) -> Entered:
    """The same twice changes nothing; what was cancelled stays so, whoever enters it again."""
    entered = Entered()
    for one in planned:
        shift = store.shifts.find(one.title, one.place, one.starts_at, one.ends_at)
        if shift is not None and shift.cancelled_at is not None:
            entered.cancelled += 1
            continue
        if shift is None:
            shift = store.shifts.add(one.title, one.place, one.starts_at, one.ends_at)
            entered.new.append(shift)
        done = [store.shifts.assign(shift.id, member.id, now) for member in one.members]
        entered.taken_on += sum(done)
        entered.known += len(done) - sum(done)
    return entered


def in_words(shift: Shift) -> dict[str, str]:
    """What a text about the shift says: what, from when to when, where."""
    return {
        "title": verbatim(shift.title),
        "place": verbatim(shift.place),
        "at": f"at:{shift.starts_at.isoformat()}",
        "end": f"{shift.ends_at.astimezone(LOCAL):%H:%M}",
    }


def call_off(
    store: Store, channels: Channels, wording: Wording, shift_id: str, now: datetime
) -> tuple[list[Member], list[Member]] | None:
    """Who hears of it by the running program, and whom nothing reaches; None if it cannot be called off.

    Once: what was called off before is not told again. Nobody is told of what is over.
    """
    shift = store.shifts.get(shift_id)
    if shift is None or not store.shifts.cancel(shift_id, now):
        return None
    members = [member for member in store.shifts.members_of(shift_id) if member.active]
    if shift.ends_at <= now:
        return [], []
    text = wording.text("shift.called_off", SOURCE, in_words(shift))
    note = Note(text=text, mail=text, until=shift.ends_at)  # by mail as well, they have no desk
    told = [member for member in members if tell_by(channels, store, member.id, note, now)]
    return told, [member for member in members if member not in told]


def member_called(store: Store, name: str) -> tuple[Member | None, str]:
    """Who of the team can take a shift on under this name; else None, and why not with the remedy."""
    member = store.team.member_by_name(name)
    if member is None:
        return None, f'nobody on the team is called "{name}". Check the spelling, or invite them first.'
    if not member.active:
        return None, f'"{name}" has no access any more. Renew it, or name somebody else.'
    return member, ""


def is_reachable(store: Store, member: Member) -> bool:
    """Whether there is a chat or a mailbox to which a reminder could go."""
    return member.active and any(
        way.unreachable_at is None for way in store.member_addresses.of_member(member.id)
    )


def named(store: Store, member: Member) -> str:
    """The name, and why nobody there will hear of a shift."""
    if not member.active:
        return f"{member.name} (left)"
    return member.name if is_reachable(store, member) else f"{member.name} (cannot be reached)"


def moment_from(day: str, clock: str) -> tuple[datetime | None, str]:
    """The moment that the clocks here show so; else None, and why not with the remedy."""
    date, time = day_from(day), clock_from(clock)
    if date is None:
        return None, NO_DAY.format(day)
    if time is None:
        return None, NO_CLOCK.format(clock)
    try:
        return at_local(date, time), ""
    except ClockChange as change:
        why = "exists twice" if change.twice else "does not exist"
        return None, f'"{clock}" {why} on {day}: clocks change. Write another time.'


def on_one_line(text: str) -> str:
    """What was written, without control characters and with single blanks."""
    return " ".join(clean(text).split())


def on_clocks_here(shift: Shift) -> str:
    """From when to when, as it is entered: 2026-11-27 14:00 to 16:00."""
    start, end = shift.starts_at.astimezone(LOCAL), shift.ends_at.astimezone(LOCAL)
    shown = "%H:%M" if end.date() == start.date() else "%Y-%m-%d %H:%M"
    return f"{start:%Y-%m-%d %H:%M} to {end:{shown}}"
