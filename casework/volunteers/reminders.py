"""When a reminder of a shift or an appointment is due; whom it is for and how they hear it, others know."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    DAY = "day"
    HOURS = "hours"


BEFORE: Mapping[Kind, timedelta] = {Kind.DAY: timedelta(hours=24), Kind.HOURS: timedelta(hours=2)}
"""How long before the start; hours that pass, not hours on the clock: after a clock change as before it."""

EARLIEST = max(BEFORE.values())


def due(starts_at: datetime, now: datetime, already: Collection[Kind]) -> Kind | None:
    """Which reminder is to be given now, if any; `already` are those that were given.

    The nearer to the start goes before the other: after an outage that lasted over both, only `hours` is
    given, and `day` not after it. None once it has started.
    """
    if now >= starts_at:
        return None
    reached = [kind for kind in (Kind.HOURS, Kind.DAY) if now >= starts_at - BEFORE[kind]]
    if not reached or reached[0] in already or Kind.HOURS in already:
        return None
    return reached[0]


def missed(starts_at: datetime, now: datetime) -> frozenset[Kind]:
    """The kinds whose time has passed: told of it only now, nobody needs them any more."""
    return frozenset(kind for kind, before in BEFORE.items() if now >= starts_at - before)
