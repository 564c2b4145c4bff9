from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.evidence import REPORTS, Record
from casework.evidence.blocks import folded, quarter_of
from casework.evidence.small_counts import HIDDEN, coarser_first, shown
from casework.tallies import Cell, Tally, domain_of

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60))
NEEDS = st.sampled_from(["lang.a", "lang.b", "lang.c", "work.a", "work.b", "health.a"])
MONTHS = st.sampled_from(["2026-09", "2026-10", "2026-11", "2026-12"])


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"),
        (1, "<5"),
        (2, "<5"),
        (4, "<5"),
        (5, "5"),
        (7, "5"),
        (8, "10"),
        (12, "10"),
        (13, "15"),
        (1003, "1005"),
    ],
)
def test_a_small_count_is_hidden_and_any_other_rounded(count: int, text: str) -> None:
    assert shown({"a": count}, exact=False).counts == {"a": text}


@given(COUNTS)
def test_exact_counts_are_printed_as_they_are(counts: dict[str, int]) -> None:
    printed = shown(counts, exact=True)
    assert printed.counts == {key: str(count) for key, count in counts.items()}
    assert printed.total == str(sum(counts.values()))


def value(text: str) -> int:
    return 0 if text == HIDDEN else int(text)


@given(COUNTS)
def test_the_total_is_the_sum_of_what_is_printed(counts: dict[str, int]) -> None:
    printed = shown(counts, exact=False)
    assert int(printed.total) == sum(map(value, printed.counts.values()))


@given(COUNTS, st.integers(1, 4), st.integers(1, 4))
def test_no_hidden_count_can_be_told_from_the_rest(rest: dict[str, int], one: int, other: int) -> None:
    """Whatever hidden number stood there instead, the page would be the same."""
    assert shown({**rest, "x": one}, exact=False) == shown({**rest, "x": other}, exact=False)


@given(COUNTS)
def test_no_printed_number_and_no_difference_of_two_is_1_to_4(counts: dict[str, int]) -> None:
    printed = shown(counts, exact=False)
    numbers = {int(printed.total), *(map(value, printed.counts.values()))}
    assert not any(0 < abs(one - other) < 5 for one in numbers | {0} for other in numbers)


def tallies(counts: dict[tuple[str, str], int]) -> tuple[Tally, ...]:
    cells = {
        Cell(table=table, month=month, keys=keys): count
        for (need, month), count in counts.items()
        for table, keys in (
            ("needs", (need, "webchat")),
            ("need_languages", (domain_of(need), "ar")),
            ("gaps", (need,)),
            ("captures", ("webchat", "unknown")),
            ("capture_groups", ("3", "unknown")),
        )
    }
    return tuple(Tally(cell=cell, count=count) for cell, count in cells.items())


@pytest.mark.parametrize("name", REPORTS)
@given(counts=st.dictionaries(st.tuples(NEEDS, MONTHS), st.integers(1, 30)))
def test_no_report_prints_a_number_from_1_to_4(name: str, counts: dict[tuple[str, str], int]) -> None:
    table = REPORTS[name].table(Record(tallies=tallies(counts)))
    figures = [cell for row in table.rows for cell in row if cell.isdecimal()]
    assert all(int(figure) % 5 == 0 for figure in figures)


@given(st.dictionaries(NEEDS, st.integers(1, 30)))
def test_small_needs_are_told_under_their_domain_before_they_are_hidden(counts: dict[str, int]) -> None:
    under = coarser_first(counts, domain_of, exact=False)
    assert all(under[need] == (domain_of(need) if count < 5 else need) for need, count in counts.items())
    assert sum(folded(counts, under).values()) == sum(counts.values())


def test_what_may_be_seen_exactly_is_not_made_coarser() -> None:
    assert coarser_first({"lang.a": 1}, domain_of, exact=True) == {"lang.a": "lang.a"}


def test_nothing_is_made_of_counts_of_zero() -> None:
    assert coarser_first(Counter({"lang.a": 0}), domain_of, exact=False) == {"lang.a": "lang.a"}


@pytest.mark.parametrize(
    ("month", "quarter"),
    [("2026-01", "2026-Q1"), ("2026-03", "2026-Q1"), ("2026-04", "2026-Q2"), ("2026-12", "2026-Q4")],
)
def test_a_month_belongs_to_its_quarter(month: str, quarter: str) -> None:
    assert quarter_of(month) == quarter
