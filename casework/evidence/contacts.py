"""Contacts, counted one way after the other; single contacts are told in `protocols`."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from casework.evidence import blocks
from casework.evidence.record import Record
from casework.evidence.report import Report
from casework.evidence.table import Table
from casework.protocols import ContactProtocol, Target

_BY: Mapping[str, Callable[[ContactProtocol], Iterable[str]]] = {
    "Kanal": lambda protocol: (protocol.channel,),
    "Ziel": lambda protocol: (protocol.target,),
    "Sprache": lambda protocol: (protocol.language,),
    "Art": lambda protocol: (protocol.kind,),
    "Ergebnis": lambda protocol: (protocol.outcome,),
    "Minuten": lambda protocol: (protocol.minutes,),
    "Rolle": lambda protocol: (protocol.role,),
    "Thema": lambda protocol: protocol.topics,
}

_MANY_TOPICS = "Ein Kontakt kann mehrere Themen haben; die Summe der Themen ist nicht die der Kontakte."


def table(record: Record, *, exact: bool = False) -> Table:
    newcomers = [one for one in record.protocols if one.target is Target.NEWCOMER]
    others = [one for one in record.protocols if one.target is not Target.NEWCOMER]
    rows = [
        *(("Neuzugewanderte", *row) for row in _counted(record, newcomers, exact=exact)),
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
    for heading, values in _BY.items():
        counts = Counter(str(value) for protocol in protocols for value in values(protocol))
        rows += blocks.block(heading, counts, record.label, exact=exact)
    return rows


REPORT = Report(
    name="contacts",
    title="Kontakte",
    description="Wie viele Kontakte, wann, mit wem, worüber und mit welchem Ergebnis.",
    table=table,
)
