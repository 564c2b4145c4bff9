"""What reports are made of: rows in which no person is; fetching them is not done here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from casework.evidence.labels import label
from casework.gap_steps import GapStep
from casework.protocols import ContactProtocol
from casework.tallies import Cell, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody of the team was at an offer. `found`: what they found there, in words without names."""

    offer: str
    on: date
    by: str
    result: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One town's rows, or several towns' together; `labels` name needs, domains, languages and offers.

    `period` is said in the report as it stands here ("Oktober bis Dezember 2026"); empty says nothing.
    """

    protocols: tuple[ContactProtocol, ...] = ()
    tallies: tuple[Tally, ...] = ()
    gap_steps: tuple[GapStep, ...] = ()
    visits: tuple[Visit, ...] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    period: str = ""

    def label(self, code: str) -> str:
        return self.labels.get(code) or label(code)

    def counts(self, table: str, dimension: int) -> Mapping[str, int]:
        """The table's figures by one of its dimensions; -1 is the month."""
        counts: Counter[str] = Counter()
        for tally in self.tallies:
            if tally.cell.table == table:
                counts[tally.cell.month if dimension < 0 else tally.cell.keys[dimension]] += tally.count
        return {key: count for key, count in counts.items() if count}


def together(records: Iterable[Record]) -> Record:
    """Several towns as one: exact figures are added before anything is hidden."""
    records = tuple(records)
    counts: Counter[Cell] = Counter()
    for record in records:
        for tally in record.tallies:
            counts[tally.cell] += tally.count
    return Record(
        protocols=tuple(protocol for record in records for protocol in record.protocols),
        tallies=tuple(Tally(cell=cell, count=count) for cell, count in counts.items()),
        gap_steps=tuple(step for record in records for step in record.gap_steps),
        visits=tuple(visit for record in records for visit in record.visits),
        labels={code: name for record in records for code, name in record.labels.items()},
        period=", ".join(dict.fromkeys(record.period for record in records if record.period)),
    )
