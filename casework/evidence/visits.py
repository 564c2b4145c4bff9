"""Visits to offers one by one, with what was found there; no newcomer is in them."""

from casework.evidence.record import Record
from casework.evidence.report import Report
from casework.evidence.table import Table

_RESULTS = {"right": "stimmt", "changed": "hat sich geändert", "closed": "gibt es nicht mehr"}


def table(record: Record, *, exact: bool = False) -> Table:  # noqa: ARG001 - nobody is counted here
    rows = [
        (
            f"{visit.on:%Y-%m-%d}",
            record.label(visit.offer),
            _RESULTS.get(visit.result, visit.result),
            visit.found,
            record.label(visit.by),
        )
        for visit in record.visits
    ]
    return Table(
        name=REPORT.name,
        title=REPORT.title,
        columns=("Tag", "Angebot", "Ergebnis", "Was gefunden wurde", "Rolle"),
        rows=tuple(sorted(rows)),
        notes=(f"Zeitraum: {record.period}.",) if record.period else (),
    )


REPORT = Report(
    name="visits",
    title="Besuche bei Angeboten",
    description="Wann welches Angebot besucht wurde und was dort anders war als im Eintrag.",
    table=table,
)
