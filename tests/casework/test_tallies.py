from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.ledger import Entry, Step
from casework.tallies import (
    TABLES,
    Cell,
    cells_for_capture,
    cells_for_consent,
    cells_for_contact,
    cells_for_emergency,
    cells_for_gap,
    cells_for_handover,
    cells_for_need,
    cells_for_offers,
    cells_for_step,
    corrected,
    moved,
)
from tests.casework.builders import MONDAY, make_protocol

STOPPED = Entry(
    person="p", need="lang.literacy", offer="course", step=Step.STOPPED, at=MONDAY, reason="no_childcare"
)
NAMED = Entry(person="p", need="lang.literacy", step=Step.NAMED, at=MONDAY)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        pytest.param(
            cells_for_contact(make_protocol()),
            [
                "contacts newcomer webchat information",
                "contact_languages ar bot",
                "contact_outcomes offers_shown bot",
            ],
            id="a contact counts three ways, its topics being counted as needs",
        ),
        pytest.param(
            cells_for_need(MONDAY, "housing.search", "webchat", "ar"),
            ["needs housing.search webchat", "need_languages housing ar"],
            id="a need counts by channel, its domain by language",
        ),
        pytest.param(
            cells_for_offers(MONDAY, "housing.search", ["a", "b"]),
            ["offers_shown housing.search a", "offers_shown housing.search b"],
            id="each offer shown counts",
        ),
        pytest.param(cells_for_gap(MONDAY, "work.permit"), ["gaps work.permit"], id="a gap counts its need"),
        pytest.param(
            cells_for_handover(MONDAY, ["work.permit", "lang.literacy", "work.search"], None, "asked", "web"),
            ["handovers asked web", "handover_topics lang unknown", "handover_topics work unknown"],
            id="a handover counts once, and once for each of its domains",
        ),
        pytest.param(
            cells_for_handover(MONDAY, [], "today", "not_understood", "terminal"),
            ["handovers not_understood terminal"],
            id="a handover about nothing known counts as one",
        ),
        pytest.param(cells_for_emergency(MONDAY, "fire"), ["emergencies fire"], id="an emergency counts"),
        pytest.param(
            cells_for_capture(MONDAY, "webchat", None, None),
            ["captures webchat unknown", "capture_groups unknown unknown"],
            id="a capture without a group counts as not known",
        ),
        pytest.param(
            cells_for_capture(MONDAY, "webchat", "3", "self_declared"),
            ["captures webchat self_declared", "capture_groups 3 self_declared"],
            id="a capture counts by group and how sure it is",
        ),
        pytest.param(
            cells_for_consent(MONDAY, "given", "webchat"), ["consents given webchat"], id="a consent counts"
        ),
        pytest.param(cells_for_step(NAMED), ["steps lang.literacy named"], id="a step counts its need"),
        pytest.param(
            cells_for_step(STOPPED),
            ["steps lang.literacy stopped", "stops lang no_childcare"],
            id="a stop also counts its reason, by domain",
        ),
    ],
)
def test_an_event_counts_up_its_cells(cells: tuple[Cell, ...], told: list[str]) -> None:
    assert [" ".join((cell.table, *cell.keys)) for cell in cells] == told
    assert {cell.month for cell in cells} == {"2026-11"}


def test_no_table_crosses_more_than_three_things() -> None:
    assert max(len(dimensions) for dimensions in TABLES.values()) <= 3


@pytest.mark.parametrize("forbidden", ["person", "account", "case", "day"])
def test_no_table_counts_by_what_leads_to_someone(forbidden: str) -> None:
    assert not any(forbidden in dimensions for dimensions in TABLES.values())


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param((), id="too few keys"),
        pytest.param(("a", "b"), id="too many keys"),
        pytest.param(("please help me",), id="a sentence as a key"),
    ],
)
def test_a_cell_that_does_not_fit_its_table_cannot_be_made(keys: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"gaps|codes"):
        Cell(table="gaps", month="2026-11", keys=keys)


CELLS = st.lists(
    st.builds(Cell, table=st.just("gaps"), month=st.just("2026-11"), keys=st.tuples(st.sampled_from("abc")))
)


@given(st.lists(CELLS, min_size=1))
def test_however_often_a_row_is_corrected_only_its_last_state_is_counted(states: list[list[Cell]]) -> None:
    figures: Counter[Cell] = Counter()
    before: Iterable[Cell] = ()
    for after in states:
        for cell, delta in moved(before, after).items():
            assert delta != 0
            figures[cell] += delta
        before = after
    assert +figures == Counter(states[-1])
    assert min(figures.values(), default=0) >= 0


def test_a_correction_stays_in_the_month_that_counted_first() -> None:
    first = cells_for_capture(MONDAY, "webchat", None, None)
    later = cells_for_capture(MONDAY + timedelta(days=60), "webchat", "3", "seen_by_guide")
    assert [cell.month for cell in corrected(first, later)] == ["2026-11", "2026-11"]
    assert corrected((), later) == later
