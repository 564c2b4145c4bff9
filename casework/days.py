"""Local days, months and times; it reads no clock, and which days are working days it is told."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Berlin")

IsWorkingDay = Callable[[date], bool]

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")


class ClockChange(ValueError):
    """At this local time the clocks change: `twice`, and it is two moments, or it is none at all."""

    def __init__(self, *, twice: bool) -> None:
        super().__init__(f"This local time {'exists twice' if twice else 'does not exist'}.")
        self.twice = twice


def local_day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()


def day_from(text: str) -> date | None:
    """A day written as 2026-11-27 or 27.11.2026; None if it is none."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # the 30th of February
        return None


def clock_from(text: str) -> time | None:
    """A time of day written as 14:00 or 9:30; None if it is none."""
    found = _CLOCK.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def at_local(day: date, clock: time) -> datetime:
    """The moment, in UTC, when the clocks here show that time on that day. Raises ClockChange."""
    shown = datetime.combine(day, clock)
    moments = {shown.replace(tzinfo=LOCAL, fold=fold).astimezone(UTC) for fold in (0, 1)}
    real = [moment for moment in moments if moment.astimezone(LOCAL).replace(tzinfo=None) == shown]
    if len(real) != 1:
        raise ClockChange(twice=len(real) > 1)
    return real[0]


def month_of(at: datetime) -> str:
    """The local month as "2026-11", which around midnight is not the month in UTC."""
    return f"{local_day(at):%Y-%m}"


def working_days_between(start: datetime, now: datetime, is_working_day: IsWorkingDay, at_most: int) -> int:
    """Whole working days after the day of `start` and before the day of `now`, counted up to `at_most`.

    The day of the event is not counted, and a day counts once it is over (sections 187, 188 BGB).
    """
    day, today, counted = local_day(start) + timedelta(days=1), local_day(now), 0
    while day < today and counted < at_most:
        counted += is_working_day(day)
        day += timedelta(days=1)
    return counted
