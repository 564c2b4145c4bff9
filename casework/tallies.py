"""Which figures an event counts up: a few fixed tables, never all crossed, and no person in any of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from casework.codes import must_be_codes
from casework.days import month_of
from casework.ledger import Entry, Step
from casework.protocols import ContactProtocol

TABLES: Mapping[str, tuple[str, ...]] = {
    "contacts": ("target", "channel", "kind"),
    "contact_languages": ("language", "role"),
    "contact_outcomes": ("outcome", "role"),
    "needs": ("need", "channel"),
    "need_languages": ("domain", "language"),
    "offers_shown": ("need", "offer"),
    "gaps": ("need",),
    "handovers": ("reason", "channel"),
    "handover_topics": ("domain", "urgency"),
    "emergencies": ("kind",),
    "captures": ("channel", "group_status"),
    "capture_groups": ("group", "group_status"),
    "consents": ("answer", "channel"),
    "entries": ("entry", "channel"),
    "steps": ("need", "step"),
    "stops": ("domain", "reason"),
}

UNKNOWN = "unknown"  # stands where a fact was not told


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Cell:
    """One figure: `keys` are the values for the table's dimensions, in their order."""

    table: str
    month: str
    keys: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.keys) != len(TABLES[self.table]):
            raise ValueError(
                f"{self.table} counts by {', '.join(TABLES[self.table])}, not by {len(self.keys)} keys."
            )
        must_be_codes(self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    cell: Cell
    count: int


def domain_of(need: str) -> str:
    return need.partition(".")[0]


def cells_for_contact(protocol: ContactProtocol) -> tuple[Cell, ...]:
    return _cells(
        protocol.month,
        contacts=(protocol.target, protocol.channel, protocol.kind),
        contact_languages=(protocol.language, protocol.role),
        contact_outcomes=(protocol.outcome, protocol.role),
    )


def cells_for_need(at: datetime, need: str, channel: str, language: str) -> tuple[Cell, ...]:
    """For a need that the person had not named before: who says it again is not counted again."""
    return _cells(month_of(at), needs=(need, channel), need_languages=(domain_of(need), language))


def cells_for_offers(at: datetime, need: str, offers: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(cell for offer in offers for cell in _cells(month_of(at), offers_shown=(need, offer)))


def cells_for_gap(at: datetime, need: str) -> tuple[Cell, ...]:
    return _cells(month_of(at), gaps=(need,))


def cells_for_handover(
    at: datetime, needs: Iterable[str], urgency: str | None, reason: str, channel: str
) -> tuple[Cell, ...]:
    """One handover, and one topic for each domain it is about."""
    month = month_of(at)
    domains = sorted({domain_of(need) for need in needs})
    topics = (_cells(month, handover_topics=(domain, urgency or UNKNOWN)) for domain in domains)
    return (*_cells(month, handovers=(reason, channel)), *(cell for cells in topics for cell in cells))


def cells_for_emergency(at: datetime, kind: str) -> tuple[Cell, ...]:
    return _cells(month_of(at), emergencies=(kind,))


def cells_for_capture(
    at: datetime, channel: str, group: str | None, group_status: str | None
) -> tuple[Cell, ...]:
    """For a person whose needs were captured; `at` is the first capture, also when it is corrected later."""
    status = group_status or UNKNOWN
    return _cells(month_of(at), captures=(channel, status), capture_groups=(group or UNKNOWN, status))


def cells_for_consent(at: datetime, answer: str, channel: str) -> tuple[Cell, ...]:
    """`answer` is "given_" and what for, or "refused"."""
    return _cells(month_of(at), consents=(answer, channel))


def cells_for_entry(at: datetime, entry: str, channel: str) -> tuple[Cell, ...]:
    """For someone who came by a link of this entry point; once for an account."""
    return _cells(month_of(at), entries=(entry, channel))


def cells_for_step(entry: Entry) -> tuple[Cell, ...]:
    """For a step that the ledger did not know yet."""
    month = month_of(entry.at)
    cells = _cells(month, steps=(entry.need, entry.step))
    if entry.step is not Step.STOPPED:
        return cells
    return (*cells, *_cells(month, stops=(domain_of(entry.need), entry.reason or UNKNOWN)))


def corrected(before: Iterable[Cell], after: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells a corrected row now counts: `after`, but in the month in which each table counted it first.

    What is told anew is an update of what was told, so that a month already reported keeps its total.
    """
    first = {cell.table: cell.month for cell in before}
    return tuple(replace(cell, month=first.get(cell.table, cell.month)) for cell in after)


def moved(before: Iterable[Cell], after: Iterable[Cell]) -> Mapping[Cell, int]:
    """How much each figure changes when a row that counted `before` now counts `after`; no zeros."""
    deltas = Counter(after)
    deltas.subtract(Counter(before))
    return {cell: delta for cell, delta in deltas.items() if delta}


def _cells(month: str, **keys: tuple[str, ...]) -> tuple[Cell, ...]:
    return tuple(
        Cell(table=table, month=month, keys=tuple(str(key) for key in values))
        for table, values in keys.items()
    )
