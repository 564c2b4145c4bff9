"""The work of reminding: who hears now of a shift or an appointment; how it reaches them, others know."""

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.appointments import tell
from bot.house import House, Town
from bot.shifts import in_words
from bot.team_notes import Note
from bot.telling import tell_member
from casework.volunteers.reminders import EARLIEST, Kind, due
from casework.volunteers.shifts import Shift
from dialogs.messages import verbatim
from dialogs.wording import SOURCE
from storage.errors import WrongKey
from storage.reminders import SHIFT, Coming
from storage.store import Store

log = structlog.get_logger()

ToMember = Callable[[House, Store, str, Note, datetime], bool]

AT_ONCE = 50
"""Reminders of one transaction: nobody's message waits for more of them."""


def remind(house: House, store: Store, to_member: ToMember = tell_member) -> int:
    """Tells volunteers of their shifts and newcomers of their appointments, a day and two hours before.

    What is due is marked and put into the outbox in one transaction and in order of start, `AT_ONCE` at most;
    how much it was.
    """
    now, told = house.clock(), 0
    for coming in store.reminders.coming(now, now + EARLIEST):
        kind = due(coming.starts_at, now, coming.already)
        if kind is not None and _is_told(house, store, coming, kind, now, to_member):
            store.reminders.mark(coming, kind, now)
            told += 1
        if told == AT_ONCE:
            break
    return told


def note_of(town: Town, shift: Shift, kind: Kind) -> Note:
    """What a volunteer is reminded of, and whom to call; by mail as well, they have no desk."""
    phone, text = town.municipality.guide.phone, town.script.text
    lines = [text(f"shift.reminder.{kind}", SOURCE, in_words(shift))]
    if phone:  # here they can write to nobody
        lines.append(text("shift.cannot_come", SOURCE, {"phone": verbatim(phone)}))
    told = "\n".join(lines)
    return Note(text=told, mail=told, until=shift.starts_at)


def _is_told(
    house: House, store: Store, coming: Coming, kind: Kind, now: datetime, to_member: ToMember
) -> bool:
    """False if nothing reaches them now: then it is tried again. What cannot be read holds up nobody else."""
    try:
        return _tell(house, store, coming, kind, now, to_member)
    except WrongKey as error:
        log.error("reminder cannot be read", town=store.town, error=type(error).__name__)
        return False


def _tell(house: House, store: Store, coming: Coming, kind: Kind, now: datetime, to_member: ToMember) -> bool:
    if coming.what == SHIFT:
        shift = store.shifts.get(coming.about)
        if shift is None:
            return False
        return to_member(house, store, coming.whom, note_of(house.towns[store.town], shift, kind), now)
    appointment = store.appointments.get(coming.about)
    if appointment is not None:
        tell(house, store, appointment, f"appointment.reminder.{kind}", now)
    return appointment is not None
