"""Rows "Merkmal, Wert, Anzahl" for one way of counting after the other, so that nothing is crossed."""

from collections import Counter
from collections.abc import Callable, Mapping

from casework.evidence.record import Record
from casework.evidence.small_counts import NOTE, NOTE_EXACT, coarser_first, shown

COLUMNS = ("Merkmal", "Wert", "Anzahl")
TOTAL = "Summe"

Naming = Callable[[str], str]


def block(
    heading: str, counts: Mapping[str, int], name: Naming, *, exact: bool, total: bool = True
) -> list[tuple[str, ...]]:
    """One row a value and, unless values overlap, the total; the order tells no more than the figures."""
    printed = shown(counts, exact=exact)
    rows: list[tuple[str, ...]] = [(heading, name(key), text) for key, text in printed.counts.items()]
    rows.sort(key=lambda row: (-_value(row[2]), row[1]))
    return [*rows, (heading, TOTAL, printed.total)] if rows and total else rows


def months(counts: Mapping[str, int], *, exact: bool) -> list[tuple[str, ...]]:
    """As `block` in order of time; small months of a quarter are told together."""
    printed = shown(folded(counts, coarser_first(counts, quarter_of, exact=exact)), exact=exact)
    rows = [("Monat", _month_name(key), printed.counts[key]) for key in sorted(printed.counts)]
    return [*rows, ("Monat", TOTAL, printed.total)] if rows else []


def folded(counts: Mapping[str, int], under: Mapping[str, str]) -> Mapping[str, int]:
    sums: Counter[str] = Counter()
    for key, count in counts.items():
        sums[under.get(key, key)] += count
    return sums


def quarter_of(month: str) -> str:
    """The quarter of "2026-11" is "2026-Q4"."""
    year, _, number = month.partition("-")
    return f"{year}-Q{(int(number) + 2) // 3}"


def notes(record: Record, *, exact: bool) -> tuple[str, ...]:
    period = (f"Zeitraum: {record.period}.",) if record.period else ()
    return (*period, NOTE_EXACT if exact else NOTE)


def _month_name(key: str) -> str:
    return f"{key}, übrige Monate" if "Q" in key else key


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else 0
