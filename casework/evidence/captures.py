"""People whose needs were captured, by month, channel and group; what share of all that is it cannot say."""

from casework.evidence import blocks
from casework.evidence.record import Record
from casework.evidence.report import Report
from casework.evidence.table import Table


def table(record: Record, *, exact: bool = False) -> Table:
    rows = [
        *blocks.months(record.counts("captures", -1), exact=exact),
        *blocks.block("Kanal", record.counts("captures", 0), record.label, exact=exact),
        *blocks.block("Nachweis", record.counts("captures", 1), record.label, exact=exact),
        *blocks.block("Gruppe", record.counts("capture_groups", 0), _group(record), exact=exact),
    ]
    return Table(
        name=REPORT.name,
        title=REPORT.title,
        columns=blocks.COLUMNS,
        rows=tuple(rows),
        notes=(*blocks.notes(record, exact=exact), "Als Nachweis gilt nur „vom Guide gesehen“."),
    )


def _group(record: Record) -> blocks.Naming:
    return lambda code: f"Gruppe {code.zfill(2)}" if code.isdecimal() else record.label(code)


REPORT = Report(
    name="captures",
    title="Erfasste Personen",
    description="Bei wie vielen Personen Bedarfe erfasst sind, nach Monat, Kanal, Gruppe und Nachweis.",
    table=table,
)
