"""Local days and months; it reads no clock, and which days are working days it is told."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Berlin")

IsWorkingDay = Callable[[date], bool]


def local_day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()


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
