"""Public holidays and school holidays in Hesse as day lists for opening hours; it judges no opening hours."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FIXED = ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
"""Month and day of New Year, Labour Day, German Unity and Christmas (section 1 HFeiertagsG)."""

FROM_EASTER = (-2, 1, 39, 50, 60)
"""Days from Easter Sunday to Good Friday, Easter Monday, Ascension, Whit Monday and Corpus Christi."""

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
    """The ten public holidays of Hesse in one year, in order; nine when Ascension falls on Labour Day."""
    easter = _easter(year)
    days = {dt.date(year, month, day) for month, day in FIXED}
    return tuple(sorted(days | {easter + dt.timedelta(days=number) for number in FROM_EASTER}))


def _easter(year: int) -> dt.date:
    """Easter Sunday (Gregorian): the algorithm of Butcher, from Meeus, Astronomical Algorithms, chapter 8."""
    century, rest = divmod(year, 100)
    leap, odd = divmod(century, 4)
    golden = year % 19
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * odd + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


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
