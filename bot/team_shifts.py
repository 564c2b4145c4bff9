"""What members of the team read of their own coming shifts; entering and calling off is done elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.house import Town
from bot.team_notes import Note, quoted, welcome
from casework.days import LOCAL
from casework.team import Member
from casework.volunteers.shifts import Shift
from dialogs.messages import verbatim
from dialogs.wording import SOURCE, moment
from storage.store import Store

NOTHING = "Sie haben gerade keinen Einsatz."
LISTED_AT_MOST = 10


def coming(store: Store, member: Member, now: datetime) -> tuple[Shift, ...]:
    """What the member takes on and is not over, in order of start."""
    return store.shifts.of_member(member.id, now)


def listed(town: Town, shifts: Sequence[Shift]) -> str:
    """The shifts, the next one first, and whom to call; or that there is none."""
    return "\n\n".join(_parts(town, shifts)) if shifts else NOTHING


def welcomed(store: Store, town: Town, member: Member, now: datetime) -> Note:
    """Who this is, what the chat is for, and what comes next."""
    note = welcome(town, member.role, member.name)
    following = coming(store, member, now)[:1]
    told = [f"Ihr nächster Einsatz:\n{_in_lines(town, shift)}" for shift in following]
    return replace(note, text="\n\n".join((note.text, *told)))


def _parts(town: Town, shifts: Sequence[Shift]) -> Iterator[str]:
    yield "Ihre Einsätze:"
    yield from (_in_lines(town, shift) for shift in shifts[:LISTED_AT_MOST])
    more, phone = len(shifts) - LISTED_AT_MOST, town.municipality.guide.phone
    if more > 0:
        yield f"Und {more} mehr."
    if phone:  # here they can write to nobody
        yield town.script.text("shift.cannot_come", SOURCE, {"phone": verbatim(phone)})


def _in_lines(town: Town, shift: Shift) -> str:
    starts = moment(shift.starts_at, town.script.wording[SOURCE].locale)
    return (
        f"{quoted(shift.title)}\n"
        f"{starts} – {shift.ends_at.astimezone(LOCAL):%H:%M}\n"
        f"Ort: {quoted(shift.place)}"
    )
