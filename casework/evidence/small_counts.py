"""Hides what small counts of newcomers would give away; every report goes through here, and only here."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

HIDDEN = "<5"
SMALLEST = 5
STEP = 5

NOTE = "1 bis 4 steht als „<5“ und zählt in Summen als 0; andere Zahlen sind auf 5 gerundet."
NOTE_EXACT = "Genaue Zahlen: nur für die Arbeit in der eigenen Stadt."

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Generic[Key]):
    """Counts as they may be printed, with their total."""

    counts: Mapping[Key, str]
    total: str


def shown(counts: Mapping[Key, int], *, exact: bool) -> Shown[Key]:
    """1 to 4 as "<5", others rounded to 5; the total is the sum of what is printed, "<5" being 0.

    `exact` leaves all as it is: for counts that are not of newcomers, and for a town's own guides.
    """
    values = {key: count if exact else _rounded(count) for key, count in counts.items()}
    printed = {key: str(value) if value or not counts[key] else HIDDEN for key, value in values.items()}
    return Shown(counts=printed, total=str(sum(values.values())))


def coarser_first(
    counts: Mapping[Key, int], coarser: Callable[[Key], Key], *, exact: bool
) -> Mapping[Key, Key]:
    """For each key the one to print it under: its coarser key if it is small, else its own."""
    small: defaultdict[Key, list[Key]] = defaultdict(list)
    for key, count in counts.items():
        if 0 < count < SMALLEST and not exact:
            small[coarser(key)].append(key)
    return {key: coarser(key) if key in small[coarser(key)] else key for key in counts}


def _rounded(count: int) -> int:
    return 0 if count < SMALLEST else (count + STEP // 2) // STEP * STEP
