"""Which needs people named; a need is counted once a person, however often it is said."""

from casework.evidence import blocks
from casework.evidence.record import Record
from casework.evidence.report import Report
from casework.evidence.small_counts import coarser_first
from casework.evidence.table import Table
from casework.tallies import domain_of

OVERLAPPING = "Eine Person kann mehrere Bedarfe nennen."
APART = (
    "Jedes Merkmal wird für sich gezählt und gerundet: Zusammen können die Bedarfe eines Monats eine Zahl "
    "ergeben, auch wenn jeder einzelne als „<5“ verborgen ist."
)


def table(record: Record, *, exact: bool = False) -> Table:
    counts = record.counts("needs", 0)
    needs = blocks.folded(counts, coarser_first(counts, domain_of, exact=exact))
    rows = [
        *blocks.block("Bedarf", needs, lambda code: need_name(record, code), exact=exact),
        *blocks.block("Bereich", record.counts("need_languages", 0), record.label, exact=exact),
        *blocks.months(record.counts("needs", -1), exact=exact),
        *blocks.block("Kanal", record.counts("needs", 1), record.label, exact=exact),
        *blocks.block("Sprache", record.counts("need_languages", 1), record.label, exact=exact),
    ]
    return Table(
        name=REPORT.name,
        title=REPORT.title,
        columns=blocks.COLUMNS,
        rows=tuple(rows),
        notes=(*blocks.notes(record, exact=exact), *(() if exact else (APART,)), OVERLAPPING),
    )


def need_name(record: Record, code: str) -> str:
    """A need with its domain before it; a domain alone stands for its small needs together."""
    domain = domain_of(code)
    rest = "übrige zusammen" if code == domain else record.label(code)
    return f"{record.label(domain)}: {rest}"


REPORT = Report(
    name="needs",
    title="Genannte Bedarfe",
    description="Welche Bedarfe genannt wurden, nach Bereich, Monat, Kanal und Sprache.",
    table=table,
)
