"""Public holidays and school holidays in Hesse as day lists for opening hours; it judges no opening hours."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import holidays

SCHOOL_HOLIDAYS = Path(__file__).with_name("school_holidays.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolHolidays:
    """`known`: first and last day for which `periods` is complete; each period is first and last day."""

    known: tuple[dt.date, dt.date]
    periods: tuple[tuple[dt.date, dt.date], ...]

    def knows(self, day: dt.date) -> bool:
        return self.known[0] <= day <= self.known[1]


@lru_cache(maxsize=1)
def school_holidays() -> SchoolHolidays:
    raw = tomllib.loads(SCHOOL_HOLIDAYS.read_text(encoding="utf-8"))
    first, last = raw["known"]
    periods = tuple((start, end) for start, end in (row["days"] for row in raw["holidays"]))
    return SchoolHolidays(known=(first, last), periods=periods)


@lru_cache(maxsize=32)
def public_holidays(year: int) -> tuple[dt.date, ...]:
    """The ten public holidays of Hesse in one year, in order."""
    return tuple(sorted(holidays.country_holidays("DE", subdiv="HE", years=year)))


@lru_cache(maxsize=32)
def selector(kind: str, year: int) -> str:
    """`PH` or `SH` as OpenStreetMap dates, from the year before to two years after; may be empty."""
    years = range(year - 1, year + 3)
    if kind == "PH":
        return ",".join(_day(day) for one in years for day in public_holidays(one))
    periods = school_holidays().periods
    near = [(start, end) for start, end in periods if start.year in years or end.year in years]
    return ",".join(f"{_day(start)}-{_day(end)}" for start, end in near)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _day(day: dt.date) -> str:
    return f"{day.year} {_MONTHS[day.month - 1]} {day.day:02d}"
