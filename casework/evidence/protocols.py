"""Contact protocols one by one, as a guide keeps them; newcomers' only where exact figures may be seen."""

from casework.evidence.record import Record
from casework.evidence.report import Report
from casework.evidence.small_counts import NOTE_EXACT
from casework.evidence.table import Table
from casework.protocols import ContactProtocol, Target

_COLUMNS = ("Monat", "Tag", "Kanal", "Ziel", "Sprache", "Themen", "Art", "Ergebnis", "Minuten", "Rolle")
_LEFT_OUT = "Kontakte mit Neuzugewanderten stehen hier nicht einzeln; gezählt sind sie im Bericht „contacts“."


def table(record: Record, *, exact: bool = False) -> Table:
    shown = [one for one in record.protocols if exact or one.target is not Target.NEWCOMER]
    period = (f"Zeitraum: {record.period}.",) if record.period else ()
    return Table(
        name=REPORT.name,
        title=REPORT.title,
        columns=_COLUMNS,
        rows=tuple(sorted(_row(record, protocol) for protocol in shown)),
        notes=(*period, NOTE_EXACT if exact else _LEFT_OUT),
    )


def _row(record: Record, protocol: ContactProtocol) -> tuple[str, ...]:
    return (
        protocol.month,
        f"{protocol.day:%d.%m.%Y}" if protocol.day else "",
        record.label(protocol.channel),
        record.label(protocol.target),
        record.label(protocol.language),
        ", ".join(record.label(topic) for topic in protocol.topics),
        record.label(protocol.kind),
        record.label(protocol.outcome),
        record.label(protocol.minutes),
        record.label(protocol.role),
    )


REPORT = Report(
    name="protocols",
    title="Kontaktprotokolle",
    description="Jeder Kontakt in einer Zeile: nur Codes, keine Person, kein Text.",
    table=table,
)
