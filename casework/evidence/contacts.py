"""Contacts, counted one way after the other; single contacts are told in `protocols`."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from casework.evidence import blocks
from casework.evidence.record import Record
from casework.evidence.report import Report
from casework.evidence.table import Table
from casework.protocols import ContactProtocol, Target

_BY: Mapping[str, Callable[[ContactProtocol], str]] = {
    "Kanal": lambda protocol: protocol.channel,
    "Sprache": lambda protocol: protocol.language,
    "Art": lambda protocol: protocol.kind,
    "Ergebnis": lambda protocol: protocol.outcome,
    "Minuten": lambda protocol: protocol.minutes,
    "Rolle": lambda protocol: protocol.role,
}

_MANY_TOPICS = "Ein Kontakt kann mehrere Themen haben; darum steht dort keine Summe."


def table(record: Record, *, exact: bool = False) -> Table:
    newcomers = [one for one in record.protocols if one.target is Target.NEWCOMER]
    others = [one for one in record.protocols if one.target is not Target.NEWCOMER]
    rows = [
        *(("Neuzugewanderte", *row) for row in _counted(record, newcomers, exact=exact)),
        *(("Andere", *row) for row in _whom(record, others)),
        *(("Andere", *row) for row in _counted(record, others, exact=True)),
    ]
    return Table(
        name=REPORT.name,
        title=REPORT.title,
        columns=("Kontakt mit", *blocks.COLUMNS),
        rows=tuple(rows),
        notes=(*blocks.notes(record, exact=exact), _MANY_TOPICS),
    )


def _counted(record: Record, protocols: Sequence[ContactProtocol], *, exact: bool) -> list[tuple[str, ...]]:
    rows = blocks.months(Counter(protocol.month for protocol in protocols), exact=exact)
    for heading, value in _BY.items():
        counts = Counter(str(value(protocol)) for protocol in protocols)
        rows += blocks.block(heading, counts, record.label, exact=exact)
    topics = Counter(topic for protocol in protocols for topic in protocol.topics)
    return [*rows, *blocks.block("Thema", topics, record.label, exact=exact, total=False)]


def _whom(record: Record, protocols: Sequence[ContactProtocol]) -> list[tuple[str, ...]]:
    return blocks.block("Ziel", Counter(str(one.target) for one in protocols), record.label, exact=True)


REPORT = Report(
    name="contacts",
    title="Kontakte",
    description="Wie viele Kontakte, wann, mit wem, worüber und mit welchem Ergebnis.",
    table=table,
)
