"""Local days, months and times; it reads no clock, and which days are working days it is told."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Berlin")

IsWorkingDay = Callable[[date], bool]


class ClockChange(ValueError):
    """At this local time the clocks change: `twice`, and it is two moments, or it is none at all."""

    def __init__(self, *, twice: bool) -> None:
        super().__init__(f"This local time {'exists twice' if twice else 'does not exist'}.")
        self.twice = twice


def local_day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()


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
