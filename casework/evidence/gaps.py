"""Needs for which the catalogue had nothing, beside how often they were named; not why it had nothing."""

from casework.evidence import blocks
from casework.evidence.needs import need_name
from casework.evidence.record import Record
from casework.evidence.report import Report
from casework.evidence.small_counts import coarser_first, shown
from casework.evidence.table import Table
from casework.tallies import domain_of


def table(record: Record, *, exact: bool = False) -> Table:
    gaps, named = record.counts("gaps", 0), record.counts("needs", 0)
    under = coarser_first(gaps, domain_of, exact=exact)
    here = {need: count for need, count in named.items() if need in gaps}
    missing = shown(blocks.folded(gaps, under), exact=exact)
    asked = shown(blocks.folded(here, under), exact=exact)
    rows = sorted(
        (need_name(record, code), asked.counts.get(code, "0"), text) for code, text in missing.counts.items()
    )
    total = [(blocks.TOTAL, asked.total, missing.total)] if rows else []
    return Table(
        name=REPORT.name,
        title=REPORT.title,
        columns=("Bedarf", "genannt", "ohne Angebot"),
        rows=(*rows, *total),
        notes=blocks.notes(record, exact=exact),
    )


REPORT = Report(
    name="gaps",
    title="Bedarfe ohne Angebot",
    description="Wofür es in der Stadt noch nichts gab: Vorlage für neue Angebote.",
    table=table,
)
