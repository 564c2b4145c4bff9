"""What became of needs without an offer: every decision in a row; the notes beside it stay in the town."""

from casework.evidence.needs import need_name
from casework.evidence.record import Record
from casework.evidence.report import Report
from casework.evidence.table import Table
from casework.gap_steps import DECISIONS


def table(record: Record, *, exact: bool = False) -> Table:  # noqa: ARG001 - nobody is counted here
    rows = [
        (f"{step.on:%Y-%m-%d}", need_name(record, step.need), DECISIONS[step.decision], record.label(step.by))
        for step in record.gap_steps
    ]
    return Table(
        name=REPORT.name,
        title=REPORT.title,
        columns=("Tag", "Bedarf", "Entscheidung", "Rolle"),
        rows=tuple(sorted(rows)),
        notes=(f"Zeitraum: {record.period}.",) if record.period else (),
    )


REPORT = Report(
    name="decisions",
    title="Was aus fehlenden Angeboten wurde",
    description="Für jeden Bedarf ohne Angebot: eigene Maßnahme, Aufruf, gefunden, noch nichts.",
    table=table,
)
