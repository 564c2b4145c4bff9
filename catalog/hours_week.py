"""Opening hours as the rows of a week, for people who do not write the OpenStreetMap syntax."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from catalog.hours_text import rules_of

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
SPANS = 2
"""Times from and to on one day: before and after noon."""

HOLIDAYS, SCHOOL_HOLIDAYS = "PH off", "SH off"
MIDNIGHT, END_OF_DAY = "00:00", "24:00"
LONGEST = 20  # characters of one time, before any expression sees it

_CLOCK = re.compile(r"([0-9]{1,2})(?:[.:,]?([0-9]{2}))?(?:\s*(?:[uU]hr|h))?")
_RULE = re.compile(
    r"(?P<days>[A-Z][a-z](?:-[A-Z][a-z])?(?:,[A-Z][a-z](?:-[A-Z][a-z])?)*) (?P<spans>[\d:,\-]+)"
)
_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")

Span = tuple[str, str]


class Fault(StrEnum):
    """Why times cannot be meant like this."""

    UNREADABLE = "unreadable"
    HALF = "half"  # only one of from and to
    NOTHING = "nothing"  # it ends when it begins
    OVERLAP = "overlap"


class WeekError(ValueError):
    """Rows that make no hours: `faults` has the number of the day, 0 to 6, and what is wrong, one a day."""

    def __init__(self, faults: Sequence[tuple[int, Fault]]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{DAYS[day]}: {fault}" for day, fault in faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """`days`: Monday to Sunday, each with up to SPANS times from and to; empty is closed.

    A time is HH:MM, or what somebody typed. One that ends before it begins ends on the next day.
    """

    days: tuple[tuple[Span, ...], ...] = ((),) * len(DAYS)
    closed_on_holidays: bool = False
    closed_in_school_holidays: bool = False


def text_of(week: Week) -> str:
    """The same in the OpenStreetMap syntax; empty if nothing is open. Raises WeekError with every bad day."""
    read = [_read_day(spans) for spans in week.days]
    faults = [(day, found) for day, found in enumerate(read) if isinstance(found, Fault)]
    if faults:
        raise WeekError(faults)
    rules = [f"{_named(days)} {spans}" for spans, days in _alike(read)]
    if not rules:
        return ""
    rules += [HOLIDAYS] if week.closed_on_holidays else []
    rules += [SCHOOL_HOLIDAYS] if week.closed_in_school_holidays else []
    return "; ".join(rules)


def week_of(text: str) -> Week | None:
    """The rows that say the same; None for hours that no such rows can hold (seasons, dates, comments)."""
    days: list[tuple[Span, ...]] = [()] * len(DAYS)
    closed: set[str] = set()
    for rule in rules_of(text):
        if rule in (HOLIDAYS, SCHOOL_HOLIDAYS):
            closed.add(rule)
            continue
        found = None if closed else _rule(rule)  # after a holiday a rule would open on it again
        if found is None:
            return None
        for day in found[0]:
            days[day] = found[1]  # a later rule takes the place of an earlier one
    return Week(
        days=tuple(days),
        closed_on_holidays=HOLIDAYS in closed,
        closed_in_school_holidays=SCHOOL_HOLIDAYS in closed,
    )


def clock(typed: str) -> str | None:
    """A time as people type it, such as `8`, `8.30`, `0830` or `8 Uhr`, as HH:MM; None if it is none."""
    found = _CLOCK.fullmatch(typed.strip()) if len(typed) <= LONGEST else None
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if (hour, minute) == (24, 0):
        return MIDNIGHT
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _read_day(spans: Sequence[Span]) -> str | Fault:
    """The times of one day as a rule has them; empty if there are none."""
    typed = [span for span in spans if any(part.strip() for part in span)]
    if any(not part.strip() for span in typed for part in span):
        return Fault.HALF
    read = [(clock(start), clock(end)) for start, end in typed]
    times = sorted((start, end) for start, end in read if start is not None and end is not None)
    if len(times) < len(read):
        return Fault.UNREADABLE
    if any(start == end for start, end in times):
        return Fault.NOTHING
    for (start, end), (following, _) in pairwise(times):
        if end < start or following < end:
            return Fault.OVERLAP
    return ",".join(f"{start}-{END_OF_DAY if end == MIDNIGHT else end}" for start, end in times)


def _alike(times: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """Days with the same times, in order of the first of them."""
    for spans in dict.fromkeys(found for found in times if found):
        yield spans, [day for day, found in enumerate(times) if found == spans]


def runs(days: Sequence[int]) -> list[list[int]]:
    """Days parted where one is missing; those from three on are read as from the first to the last."""
    rows: list[list[int]] = []
    for day in days:
        if rows and rows[-1][-1] == day - 1:
            rows[-1].append(day)
        else:
            rows.append([day])
    return rows


def _named(days: Sequence[int]) -> str:
    """Days in a row with a hyphen from three on, others with a comma: `Mo-We,Fr`."""
    return ",".join(_row([DAYS[day] for day in run]) for run in runs(days))


def _row(names: Sequence[str]) -> str:
    return f"{names[0]}-{names[-1]}" if len(names) > SPANS else ",".join(names)


def _rule(rule: str) -> tuple[list[int], tuple[Span, ...]] | None:
    found = _RULE.fullmatch(rule)
    if found is None:
        return None
    days = [day for part in found["days"].split(",") for day in _days_in(part)]
    spans = [_SPAN.fullmatch(part) for part in found["spans"].split(",")]
    read = tuple(
        (span[1], MIDNIGHT if span[2] == END_OF_DAY else span[2]) for span in spans if span is not None
    )
    times_are_times = all(clock(part) is not None for span in read for part in span)
    if not days or len(read) < len(spans) or len(read) > SPANS or not times_are_times:
        return None
    return days, read


def _days_in(part: str) -> list[int]:
    first, _, last = part.partition("-")
    if first not in DAYS or (last and last not in DAYS):
        return []
    start, end = DAYS.index(first), DAYS.index(last or first)
    return [*range(start, end + 1)] if start <= end else [*range(start, len(DAYS)), *range(end + 1)]
