"""A shift that volunteers take on: what, where, from when to when; who takes it on is kept elsewhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_TEXT = 120  # characters of a title or a place: both stand in one line of a reminder
LONGEST_SHIFT = timedelta(hours=24)


class ShiftError(ValueError):
    """A shift cannot be like this; for whoever enters it, one sentence with the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One shift; a cancelled one stays, as evidence of what was planned. Raises ShiftError."""

    id: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    cancelled_at: datetime | None = None

    def __post_init__(self) -> None:
        problem = next(iter(shift_problems(self.title, self.place, self.starts_at, self.ends_at)), None)
        if problem is not None:
            raise ShiftError(problem[1])


def shift_problems(
    title: str, place: str, starts_at: datetime, ends_at: datetime
) -> tuple[tuple[str, str], ...]:
    """Everything that is wrong, as (field, sentence with the remedy); empty if it can be a shift."""
    texts = (("title", title), ("place", place))
    problems = [(field, problem) for field, text in texts if (problem := text_problem(text))]
    for field, moment in (("starts_at", starts_at), ("ends_at", ends_at)):
        if moment.utcoffset() != timedelta(0):
            problems.append((field, "must be a moment in UTC. Convert it first."))
    if not problems and ends_at <= starts_at:
        problems.append(("ends_at", "is not after the start. Correct one of the two times."))
    if not problems and ends_at - starts_at > LONGEST_SHIFT:
        problems.append(("ends_at", "is more than 24 hours after the start. Enter one shift for each day."))
    return tuple(problems)


def text_problem(text: str) -> str:
    """Why a title or place cannot be like this; empty if it can."""
    if not text.strip():
        return "is empty. Write a short text."
    if len(text) > LONGEST_TEXT:
        return f"has {len(text)} characters. Write at most {LONGEST_TEXT}."
    return "" if text.isprintable() else "has line breaks or control characters. Write it on one line."
