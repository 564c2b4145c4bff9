"""The gap board: exact for those who know the cases, hidden for the lead, and what became of each need."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.case_views import Done
from bot.gap_board import GapBoard, Gaps, month_name
from bot.house import House
from bot.record import record_of
from casework.evidence import REPORTS
from casework.gap_steps import LONGEST_NOTE
from casework.tallies import cells_for_gap, cells_for_need
from casework.team import Role
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.people import Newcomer, Worker, joined, stored
from tests.doors import Clock

BANK, HOUSING, WORK = "digital.bank", "housing.accommodation", "work.self_employment"


def given_gaps(store: Store) -> None:
    for need, often in ((BANK, 7), (HOUSING, 2), (WORK, 3)):
        for number in range(often):
            at: datetime = NOW - timedelta(days=20 * number)
            store.tallies.add(cells_for_gap(at, need))
            store.tallies.add(cells_for_need(at, need, "webchat", "ar"))


@pytest.fixture
def house(house: House) -> House:
    stored(house, given_gaps)
    return house


def board(worker: Worker) -> GapBoard:
    return asyncio.run(Gaps(worker.house).board(worker.signed_in))


def note(
    worker: Worker, need: str = BANK, decision: str = "own_measure", text: str = "", form: str = "f1"
) -> Done:
    return asyncio.run(Gaps(worker.house).note(worker.signed_in, need, decision, text, form))


def test_a_guide_sees_by_need_and_month_what_was_missing(guide: Worker) -> None:
    """What was missing most comes first."""
    rows = board(guide).rows
    assert [(row.code, row.missing, row.named, row.offers) for row in rows] == [
        (BANK, "7", "7", 0),
        (WORK, "3", "3", 0),
        (HOUSING, "2", "2", 0),
    ]
    assert rows[0].months == (
        ("Jul 2026", "1"),
        ("Aug 2026", "1"),
        ("Sep 2026", "2"),
        ("Okt 2026", "1"),
        ("Nov 2026", "2"),
    )
    assert board(guide).months[-1] == ("Summe", "12")


def test_a_lead_sees_small_counts_hidden_and_told_together(house: House) -> None:
    found = board(joined(house, Role.LEAD, "Lea"))
    assert [(row.code, row.need, row.missing) for row in found.rows] == [
        (BANK, "Bankkonto", "5"),
        ("", "übrige zusammen", "<5"),
        ("", "übrige zusammen", "<5"),
    ]
    assert all(row.months == () for row in found.rows)
    assert ("2026-Q3, übrige Monate", "<5") in found.months


def test_a_volunteer_sees_nothing_and_decides_nothing(house: House) -> None:
    vera = joined(house, Role.VOLUNTEER, "Vera")
    assert board(vera) == GapBoard()
    assert not note(vera).ok
    assert asyncio.run(Gaps(house).overlaps(vera.signed_in)) == ()
    assert stored(house, lambda store: store.gap_steps.all()) == ()


def test_what_is_older_than_a_year_is_no_gap_of_today(guide: Worker, clock: Clock) -> None:
    clock.now = NOW.replace(year=2027, month=10)
    assert [(row.code, row.missing) for row in board(guide).rows] == [
        (BANK, "2"),
        (HOUSING, "2"),
        (WORK, "2"),
    ]
    clock.now = NOW.replace(year=2027, month=11, day=1)
    assert board(guide).rows == ()


def test_a_real_gap_of_a_newcomer_reaches_the_board(house: House, newcomer: Newcomer, guide: Worker) -> None:
    before = {row.code: row.missing for row in board(guide).rows}
    newcomer.names_a_need("work", WORK)
    after = {row.code: row.missing for row in board(guide).rows}
    assert (before[WORK], after[WORK]) == ("3", "4")


def test_the_last_decision_stands_with_the_need_and_all_beneath(guide: Worker, clock: Clock) -> None:
    note(guide, decision="nothing_yet")
    clock.now = NOW + timedelta(days=1)
    assert note(guide, text="Aufruf im\n Amtsblatt", decision="volunteers", form="f2").ok
    found = board(guide)
    last = found.rows[0].last
    assert last is not None
    assert (last.decision, last.on, last.by, last.note) == (
        "Aufruf an Ehrenamtliche",
        "24.11.2026",
        "Integrationsguide",
        "Aufruf im Amtsblatt",
    )
    assert [step.decision for step in found.steps] == ["Aufruf an Ehrenamtliche", "noch nichts"]


def test_the_same_form_is_one_decision(house: House, guide: Worker) -> None:
    assert [note(guide).ok, note(guide).ok] == [True, True]
    assert len(stored(house, lambda store: store.gap_steps.all())) == 1


@pytest.mark.parametrize(
    ("need", "decision", "text"),
    [
        ("digital.nothing", "found", ""),
        ("digital", "found", ""),
        ("<script>", "found", ""),
        (BANK, "magic", ""),
        (BANK, "", ""),
        (BANK, "found", "x" * (LONGEST_NOTE + 1)),
    ],
    ids=["no such need", "a domain", "code", "no such decision", "none", "too long"],
)
def test_what_is_no_decision_is_refused(
    house: House, guide: Worker, need: str, decision: str, text: str
) -> None:
    done = note(guide, need, decision, text)
    assert not done.ok
    assert stored(house, lambda store: store.gap_steps.all()) == ()


def test_decisions_stand_in_a_report_without_their_notes(house: House, guide: Worker) -> None:
    note(guide, text="Frau Roth fragen")
    table = REPORTS["decisions"].table(stored(house, record_of))
    assert table.rows == (
        (
            "2026-11-23",
            "Handy, Internet, Bank, Verträge: Bankkonto",
            "eigene Maßnahme geplant",
            "Integrationsguide",
        ),
    )
    assert REPORTS["decisions"].table(stored(house, lambda s: record_of(s, "2026-12"))).rows == ()


def test_what_there_is_twice_is_told_in_words(house: House, guide: Worker) -> None:
    found = asyncio.run(Gaps(house).overlaps(guide.signed_in))
    first = found[0]
    assert (first.needs, first.area, len(first.offers)) == (("Menschen kennenlernen",), "in der Stadt", 6)
    assert ("sprachcafe-mittwoch", "Sprachcafé am Mittwoch", "Willkommenskreis Erlenfels") in first.offers


@pytest.mark.parametrize(
    ("month", "name"), [("2026-03", "Mär 2026"), ("2026-12", "Dez 2026"), ("Summe", "Summe")], ids=str
)
def test_a_month_has_a_german_name(month: str, name: str) -> None:
    assert month_name(month) == name
