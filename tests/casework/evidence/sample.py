"""A town's record of two months, made by the functions that make it in earnest."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from casework.evidence import Record
from casework.evidence.record import Visit
from casework.gap_steps import Decision, GapStep
from casework.protocols import ContactProtocol, ContactRole, Kind, Minutes, Outcome, Target
from casework.tallies import Cell, Tally, cells_for_capture, cells_for_contact, cells_for_gap, cells_for_need
from tests.casework.builders import MONDAY, make_protocol

LABELS = {
    "housing": "Wohnen",
    "housing.search": "Wohnung suchen",
    "housing.rent_debt": "Mietschulden",
    "lang": "Deutsch lernen",
    "lang.first_orientation": "Erster Kurs",
    "lang.literacy": "Lesen und Schreiben",
    "lang.certificate": "Zertifikat",
    "ti": "Tigrinya",
    "cafe": "Sprachcafé",
}
OCTOBER = MONDAY - timedelta(days=40)


def sample() -> Record:
    protocols = (*_newcomers(), *_others())
    return Record(
        protocols=protocols,
        tallies=_counted((*_needs(), *(cell for one in protocols for cell in cells_for_contact(one)))),
        gap_steps=tuple(_gap_steps()),
        visits=tuple(_visits()),
        labels=LABELS,
        period="Oktober und November 2026",
    )


def _newcomers() -> Iterable[ContactProtocol]:
    handover = {"kind": Kind.HANDOVER, "outcome": Outcome.HANDOVER, "topics": ("housing", "lang")}
    for n in range(17):
        yield make_protocol(id=f"a{n}", language="ar" if n % 2 else "uk")
    for n in range(6):
        yield make_protocol(id=f"b{n}", month="2026-10", **handover)
    yield make_protocol(id="c", month="2026-10", language="ti", topics=(), kind=Kind.EMERGENCY)


def _others() -> Iterable[ContactProtocol]:
    office = {"target": Target.ADMINISTRATION, "channel": "phone", "language": "de", "topics": ("housing",)}
    for day in (3, 12):
        yield make_protocol(
            id=f"d{day}",
            day=date(2026, 11, day),
            outcome=Outcome.ANSWERED,
            minutes=Minutes.FROM_5,
            role=ContactRole.GUIDE,
            **office,
        )


def _needs() -> Iterable[Cell]:
    for need, language, often in [
        ("housing.search", "ar", 13),
        ("housing.rent_debt", "uk", 2),
        ("lang.first_orientation", "uk", 8),
        ("lang.literacy", "ar", 4),
        ("lang.certificate", "uk", 3),
    ]:
        yield from cells_for_need(MONDAY, need, "webchat", language) * often
    yield from cells_for_need(OCTOBER, "housing.search", "terminal", "ti")
    yield from cells_for_gap(MONDAY, "housing.search") * 6
    yield from cells_for_gap(MONDAY, "lang.certificate") * 2
    yield from cells_for_capture(MONDAY, "webchat", "6", "self_declared") * 9
    yield from cells_for_capture(MONDAY, "webchat", "3", "seen_by_guide") * 6
    yield from cells_for_capture(OCTOBER, "terminal", "unclear", None) * 3


def _gap_steps() -> Iterable[GapStep]:
    steps = ((3, Decision.NOTHING_YET, "guide"), (19, Decision.VOLUNTEERS, "lead"))
    for day, decision, by in steps:
        yield GapStep(
            need="housing.search",
            decision=decision,
            on=date(2026, 11, day),
            by=by,
            note="Stadtblatt, Frau Roth",
        )


def _visits() -> Iterable[Visit]:
    yield Visit(offer="cafe", on=date(2026, 11, 4), by="guide", result="right", found="Viele Leute.")
    yield Visit(
        offer="gone",
        on=date(2026, 10, 7),
        by="deputy",
        result="closed",
        found="=Schild an der Tür: geschlossen",
    )


def _counted(cells: Iterable[Cell]) -> tuple[Tally, ...]:
    return tuple(Tally(cell=cell, count=count) for cell, count in sorted(Counter(cells).items()))
