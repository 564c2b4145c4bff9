"""When a reminder of a shift or an appointment is due; whom it is for and how they hear it, others know."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from casework.days import LOCAL


class Kind(StrEnum):
    DAY = "day"
    HOURS = "hours"


BEFORE: Mapping[Kind, timedelta] = {Kind.DAY: timedelta(hours=24), Kind.HOURS: timedelta(hours=2)}
"""How long before the start; hours that pass, not hours on the clock: after a clock change as before it."""

MORNING, NIGHT = time(7), time(21)
"""Local times between which people are written to."""

EVENING = time(19)
"""When they hear what would come at night."""

EARLIEST = BEFORE[Kind.DAY] + timedelta(hours=5)
"""No reminder is due longer before the start: one for midnight comes in the evening before the last day."""


def due(starts_at: datetime, now: datetime, already: Collection[Kind]) -> Kind | None:
    """Which reminder is to be given now, if any; `already` are those that were given.

    The nearer to the start goes before the other: after an outage that lasted over both, only `hours` is
    given, and `day` not after it. None once it has started, and at night unless it starts before the morning.
    """
    if now >= starts_at or (_is_night(now) and starts_at > _next_morning(now)):
        return None
    reached = [kind for kind in (Kind.HOURS, Kind.DAY) if now >= moment(starts_at, kind)]
    if not reached or reached[0] in already or Kind.HOURS in already:
        return None
    return reached[0]


def missed(starts_at: datetime, now: datetime) -> frozenset[Kind]:
    """The kinds whose time has passed: told of it only now, nobody needs them any more."""
    return frozenset(kind for kind in BEFORE if now >= moment(starts_at, kind))


def moment(starts_at: datetime, kind: Kind) -> datetime:
    """From when on this reminder is due: so long before the start, but never at night.

    What falls into the night comes the evening before; but of what is still a day away, what falls after
    midnight comes in the morning. So nobody is reminded twice in one evening.
    """
    local = (starts_at - BEFORE[kind]).astimezone(LOCAL)
    if MORNING <= local.time() < NIGHT:
        return starts_at - BEFORE[kind]
    if local.time() >= NIGHT:
        return _at(local, EVENING)
    if kind is Kind.DAY:
        return _at(local, MORNING)
    return _at(local - timedelta(days=1), EVENING)


def _is_night(now: datetime) -> bool:
    return not MORNING <= now.astimezone(LOCAL).time() < NIGHT


def _next_morning(now: datetime) -> datetime:
    local = now.astimezone(LOCAL)
    return _at(local + timedelta(days=local.time() >= MORNING), MORNING)


def _at(day: datetime, clock: time) -> datetime:
    """That local day at a time at which the clocks never change."""
    return datetime.combine(day.date(), clock, LOCAL).astimezone(UTC)
