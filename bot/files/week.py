"""A week of opening hours as a table of weekdays, to and from the OpenStreetMap syntax; no holidays."""

import re
from collections.abc import Iterable, Mapping, Sequence

from catalog.hours import Hours, HoursError
from catalog.hours_text import rules_of

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
Span = tuple[str, str]
"""Opening and closing as 08:00 and 12:00; closing may be 24:00."""

_RULE = re.compile(r"(?P<days>(?:PH|SH|Mo|Tu|We|Th|Fr|Sa|Su|[,\-])+)?\s*(?P<times>off|[\d:,\-]+)")
_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
_CLOCK = re.compile(r"(?:[01]\d|2[0-4]):[0-5]\d")


def hours_of(week: Sequence[Iterable[Span]]) -> str:
    """The hours of a week that begins on Monday; empty if there are none, or if they cannot be meant."""
    rules: dict[str, list[str]] = {}
    for day, spans in zip(DAYS, week, strict=True):
        times = ",".join(f"{start}-{_end(end)}" for start, end in sorted(spans))
        if times:
            rules.setdefault(times, []).append(day)
    text = "; ".join(f"{_days(days)} {times}" for times, days in rules.items())
    try:
        return Hours.parse(text).text if text else ""
    except HoursError:
        return ""


def week_of(text: str) -> list[list[Span]] | None:
    """Seven days from Monday on; None if the hours say more than a week can, such as months or comments."""
    week: list[list[Span]] = [[] for _ in DAYS]
    for rule in rules_of(text):
        found = _RULE.fullmatch(rule)
        if found is None:
            return None
        spans = _SPAN.findall(found["times"])
        for place in _places(found["days"] or "Mo-Su"):
            week[place] = list(spans)  # a later rule overrides, as the syntax has it
    return week if text else None


def is_clock(text: object) -> bool:
    return isinstance(text, str) and bool(_CLOCK.fullmatch(text))


def _end(end: str) -> str:
    return "24:00" if end in {"00:00", "23:59"} else end


def _days(days: Sequence[str]) -> str:
    """Three and more in a row as a range."""
    runs: list[list[str]] = []
    for day in days:
        if runs and DAYS.index(day) == DAYS.index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(run) for run in runs)


def _places(days: str) -> Iterable[int]:
    for part in days.split(","):
        first, _, last = part.partition("-")
        if first in DAYS and (last in DAYS or not last):
            start, end = DAYS.index(first), DAYS.index(last or first)
            yield from range(start, end + 1) if start <= end else (*range(start, 7), *range(end + 1))


def by_days(week: Sequence[Sequence[Span]]) -> Mapping[Span, list[int]]:
    """For each span the days that have it."""
    found: dict[Span, list[int]] = {}
    for place, spans in enumerate(week):
        for span in spans:
            found.setdefault(span, []).append(place)
    return found
