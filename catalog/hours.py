"""When a place is open, in Hesse, on the German clock; it does not know what the place is.

Public holidays are put in as dates: the parser's own calendar is national and misses Fronleichnam.
School holidays come from school_holidays.toml; beyond its last day they are unknown, which `unsure` says.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State

from catalog.days_off import school_holidays, selector
from catalog.hours_text import HoursError, check, rules_of, with_days

__all__ = ["BERLIN", "Day", "Hours", "HoursError"]

BERLIN = ZoneInfo("Europe/Berlin")
HORIZON = dt.timedelta(days=400)  # a yearly event is still found


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day's hours on the German clock, in order; a closing time of 00:00 is midnight at its end."""

    date: dt.date
    spans: tuple[tuple[dt.time, dt.time], ...]
    by_arrangement: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """Checked opening hours. Every moment handed in is aware; every moment handed out is aware UTC."""

    text: str

    @staticmethod
    def parse(text: str) -> "Hours":
        """Raises HoursError, whose text says what to write instead."""
        return _checked(text)

    @property
    def always_open(self) -> bool:
        return _always_open(self.text)

    def is_open(self, at: dt.datetime) -> bool:
        """Hours with a comment ("by arrangement") do not count as open: nobody may be there."""
        return _is_open(self.text, _minute(at))

    def by_arrangement(self, at: dt.datetime) -> bool:
        """Whether within the next week the only thing said about some hours is a comment."""
        return _by_arrangement(self.text, _minute(at))

    def next_opening(self, at: dt.datetime, within: dt.timedelta = HORIZON) -> dt.datetime | None:
        """The first moment after `at` at which it opens; None if there is none, or it never closes."""
        return _next_opening(self.text, _minute(at), within)

    def next_closing(self, at: dt.datetime) -> dt.datetime | None:
        """When the hours that run at `at` end; None if it is closed then, or never closes."""
        return _next_closing(self.text, _minute(at))

    def over(self, at: dt.datetime) -> bool:
        """Whether all its dates lie in the past; never true for hours that repeat every year."""
        dated = any(rule[:4].isdigit() for rule in rules_of(self.text))
        if not dated or self.is_open(at) or self.by_arrangement(at):
            return False
        return self.next_opening(at, 5 * HORIZON) is None

    def unsure(self, at: dt.datetime) -> bool:
        """Whether it depends on school holidays of a year that is not known yet."""
        day = at.astimezone(BERLIN).date()
        return "SH" in self.text and not school_holidays().knows(day)

    def week_preview(self, at: dt.datetime) -> tuple[Day, ...]:
        """Seven days from the day of `at` on: for the person who typed the hours, to see what they mean."""
        midnight = at.astimezone(BERLIN).replace(hour=0, minute=0, second=0, microsecond=0)
        return tuple(self._day(midnight + dt.timedelta(days=number)) for number in range(7))

    def _day(self, midnight: dt.datetime) -> Day:
        end = midnight + dt.timedelta(days=1)
        found = list(_on(self.text, midnight).intervals(midnight, end))
        opens = [(start, end) for start, end, state, comment in found if state == State.OPEN and not comment]
        said = any(state != State.CLOSED and bool(comment) for _, _, state, comment in found)
        spans = tuple((start.time(), end.time()) for start, end in opens)
        return Day(date=midnight.date(), spans=spans, by_arrangement=said)


@lru_cache(maxsize=2048)
def _checked(text: str) -> Hours:
    check(text)
    return Hours(text)


@lru_cache(maxsize=2048)
def _always_open(text: str) -> bool:
    return str(OpeningHours(text).normalize()) == "24/7"


def _minute(at: dt.datetime) -> dt.datetime:
    """Hours change with a minute. Offers and their cards ask for the same, as do all who come within it."""
    return at.replace(second=0, microsecond=0)


@lru_cache(maxsize=2048)
def _is_open(text: str, minute: dt.datetime) -> bool:
    state, comment = _on(text, minute).state(minute.astimezone(BERLIN))
    return state == State.OPEN and not comment


@lru_cache(maxsize=2048)
def _by_arrangement(text: str, minute: dt.datetime) -> bool:
    week = _intervals(text, minute, dt.timedelta(days=7))
    return any(state != State.CLOSED and bool(comment) for _, _, state, comment in week)


@lru_cache(maxsize=2048)
def _next_opening(text: str, minute: dt.datetime, within: dt.timedelta) -> dt.datetime | None:
    for start, _, state, comment in _intervals(text, minute, within):
        if state == State.OPEN and not comment and start > minute:
            return start.astimezone(dt.UTC)
    return None


@lru_cache(maxsize=2048)
def _next_closing(text: str, minute: dt.datetime) -> dt.datetime | None:
    if not _is_open(text, minute):
        return None
    end = _on(text, minute).next_change(minute.astimezone(BERLIN))
    return end.astimezone(dt.UTC) if end else None


def _intervals(
    text: str, at: dt.datetime, within: dt.timedelta
) -> Iterator[tuple[dt.datetime, dt.datetime, State, str]]:
    # the end is counted in UTC: on the German clock it may be in the hour that the spring leaves out
    end = at.astimezone(dt.UTC) + within
    return iter(_on(text, at).intervals(at.astimezone(BERLIN), end.astimezone(BERLIN)))


def _on(text: str, at: dt.datetime) -> OpeningHours:
    return _calendar(text, at.astimezone(BERLIN).year)


@lru_cache(maxsize=2048)
def _calendar(text: str, year: int) -> OpeningHours:
    days = {kind: selector(kind, year) for kind in ("PH", "SH")}
    rules = [concrete for rule in rules_of(text) for concrete in with_days(rule, days)]
    return OpeningHours("; ".join(rules) or "off", timezone=BERLIN)
