"""Opening hours as people type them, refused with the form that was meant; it does not know the time."""

import datetime as dt
import re
from collections.abc import Iterator

from opening_hours import OpeningHours, State, validate

MAX_LENGTH = 300  # characters, before any parser or expression sees the text
_HOLIDAY_RULE = re.compile(r"^(?P<days>[A-Za-z,\-]+)(?P<rest>\s.*)?$", re.DOTALL)
_HOLIDAY = re.compile(r"\b(PH|SH)\b")
_TYPED = (  # what people write, and what it means; applied to texts that do not parse
    (re.compile(r"[–—]|\bbis\b"), "-"),
    (re.compile(r"\bUhr\b|\buhr\b"), ""),
    (re.compile(r"\s*-\s*"), "-"),
    (re.compile(r"\bDi\b"), "Tu"),
    (re.compile(r"\bMi\b"), "We"),
    (re.compile(r"\bDo\b"), "Th"),
    (re.compile(r"\bSo\b"), "Su"),
    (re.compile(r"\bgeschlossen\b|\bzu\b"), "off"),
    (re.compile(r"\bFeiertage?\b"), "PH"),
    (re.compile(r"\b(?:Schul)?[Ff]erien\b"), "SH"),
)
_TIMES = re.compile(r"(?<![:\d])(\d{1,2})(?:[.:](\d\d))?-(\d{1,2})(?:[.:](\d\d))?(?![:\d])")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Spans = list[tuple[dt.datetime, dt.datetime]]


class HoursError(ValueError):
    """These opening hours cannot be used; the text says what to write instead, `better` is that alone.

    `closes`: the day, 0 to 6, of which hours would vanish unnoticed; None if they are merely not understood.
    `read_as`: the hours that would then be left, which a preview can show.
    """

    def __init__(self, text: str, *, better: str = "", closes: int | None = None, read_as: str = "") -> None:
        super().__init__(text)
        self.better = better
        self.closes = closes
        self.read_as = read_as


def check(text: str) -> None:
    """Raises HoursError if the text does not parse or one of its rules silently closes another's hours."""
    if len(text) > MAX_LENGTH:
        raise HoursError(f"is longer than {MAX_LENGTH} characters. Keep the times; put words elsewhere.")
    if not validate(text):
        meant = _meant(text)
        if not validate(meant):
            raise HoursError(f"'{text}' is not understood. Write for example 'Mo-Fr 08:00-12:00; PH off'.")
        raise _trap(meant, text) or HoursError(f"'{text}' is not understood. Write '{meant}'.", better=meant)
    for rule in rules_of(text):
        _check_holidays(rule)
    trap = _trap(text, text)
    if trap is not None:
        raise trap


def rules_of(text: str) -> list[str]:
    """The rules between semicolons; a semicolon inside a quoted comment does not part them."""
    parts = re.findall(r'(?:"[^"]*"|[^;"])+', text)
    return [part.strip() for part in parts if part.strip()]


def with_days(rule: str, days: dict[str, str]) -> Iterator[str]:
    """The rule with PH and SH replaced by dates: first its other days, then the holidays."""
    match = _HOLIDAY_RULE.match(rule)
    names = match["days"].split(",") if match else []
    if not match or not {"PH", "SH"} & set(names):
        yield rule
        return
    rest = match["rest"] or ""
    others = [name for name in names if name not in {"PH", "SH"}]
    if others:
        yield ",".join(others) + rest
    yield from (days[name] + rest for name in names if days.get(name))


def _check_holidays(rule: str) -> None:
    bare = re.sub(r'"[^"]*"', "", rule)
    remaining = _HOLIDAY_RULE.sub(lambda match: match["rest"] or "", bare)
    if _HOLIDAY.search(remaining):
        raise HoursError(f"'{rule}': PH and SH stand at the start of a rule. Write for example 'PH off'.")


def _meant(text: str) -> str:
    for typed, meaning in _TYPED:
        text = typed.sub(meaning, text)
    text = _TIMES.sub(_full_times, text)
    return " ".join(text.split()).replace(" ;", ";")


def _full_times(match: re.Match[str]) -> str:
    start, start_minute, end, end_minute = match.groups()
    return f"{int(start):02d}:{start_minute or '00'}-{int(end):02d}:{end_minute or '00'}"


def _trap(text: str, typed: str) -> HoursError | None:
    """What is wrong, with the corrected form, if a later rule wipes out hours of an earlier one."""
    rules = rules_of(text)
    opening = [rule for rule in rules if not _closes(rule) and not _HOLIDAY.search(rule)]
    for number, later in enumerate(opening):
        for earlier in opening[:number]:
            day = _lost_day(earlier, later, text)
            if day:
                others = [rule for rule in rules if rule not in opening]
                better = "; ".join([_added_up(opening), *others])
                lost = f"{_WEEKDAYS[day.weekday()]} at hours that rule '{earlier}' opens"
                told = f"'{typed}' would close {lost}. Write '{better}'."
                return HoursError(told, better=better, closes=day.weekday(), read_as=text)
    return None


def _closes(rule: str) -> bool:
    return bool(re.search(r"\b(off|closed)\b", re.sub(r'"[^"]*"', "", rule)))


def _added_up(rules: list[str]) -> str:
    """The rules joined so that each keeps its hours (a comma adds where a semicolon overrides)."""
    added = ", ".join(rules)
    return str(OpeningHours(added).normalize())


def _lost_day(earlier: str, later: str, text: str) -> dt.date | None:
    """The first day on which both rules open, each at hours that the other does not touch."""
    years = sorted(int(year) for year in re.findall(r"\b20\d\d\b", text)) or [2024]
    window = dt.datetime(years[0], 1, 1), dt.datetime(min(years[-1], years[0] + 5) + 1, 1, 1)  # noqa: DTZ001 - the parser's own clock has no zone
    before, after = _spans(earlier, *window), _spans(later, *window)
    for day in sorted(before.keys() & after.keys()):
        if _apart(before[day], after[day]) and _apart(after[day], before[day]):
            return day
    return None


def _spans(rule: str, start: dt.datetime, end: dt.datetime) -> dict[dt.date, Spans]:
    days: dict[dt.date, Spans] = {}
    for opens, closes, state, comment in OpeningHours(rule).intervals(start, end):
        if state == State.OPEN and not comment:
            days.setdefault(opens.date(), []).append((opens, closes))
    return days


def _apart(some: Spans, others: Spans) -> bool:
    """Whether one of `some` touches none of `others`."""
    return any(all(end <= opens or closes <= start for opens, closes in others) for start, end in some)
