from pathlib import Path

import pytest

from casework.evidence import REPORTS, Record, as_csv, as_text, together
from casework.evidence.table import Table
from casework.tallies import Cell, Tally
from tests.casework.builders import make_protocol
from tests.casework.evidence.sample import sample
from tests.casework.expected import same_as_file

EXPECTED = Path(__file__).parent / "expected"


@pytest.mark.parametrize("exact", [False, True], ids=["hidden", "exact"])
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_the_sample_town_is_the_expected_file(name: str, exact: bool) -> None:
    kind = "exact" if exact else "hidden"
    assert same_as_file(EXPECTED / f"{name}.{kind}.txt", as_text(REPORTS[name].table(sample(), exact=exact)))


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_can_be_found_by_its_name_and_says_what_it_is(name: str) -> None:
    report = REPORTS[name]
    assert report.name == name
    assert report.table(Record()).name == name
    assert report.title
    assert report.description.endswith(".")


@pytest.mark.parametrize("name", REPORTS)
def test_a_town_where_nothing_has_happened_gets_an_empty_report(name: str) -> None:
    assert REPORTS[name].table(Record()).rows == ()
    assert "(noch nichts)" in as_text(REPORTS[name].table(Record()))


@pytest.mark.parametrize("name", REPORTS)
def test_the_order_in_which_rows_came_in_cannot_be_told_from_a_report(name: str) -> None:
    record = sample()
    turned = Record(
        protocols=record.protocols[::-1],
        tallies=record.tallies[::-1],
        gap_steps=record.gap_steps[::-1],
        visits=record.visits[::-1],
        labels=record.labels,
        period=record.period,
    )
    for exact in (False, True):
        assert REPORTS[name].table(turned, exact=exact) == REPORTS[name].table(record, exact=exact)


@pytest.mark.parametrize("name", REPORTS)
def test_every_row_is_as_wide_as_the_head(name: str) -> None:
    table = REPORTS[name].table(sample())
    assert {len(row) for row in table.rows} == {len(table.columns)}


def test_a_single_contact_with_a_newcomer_is_not_told_outside() -> None:
    outside = REPORTS["protocols"].table(sample())
    assert {row[3] for row in outside.rows} == {"Verwaltung"}


def test_several_towns_are_added_before_anything_is_hidden() -> None:
    cell = Cell(table="needs", month="2026-11", keys=("work.search", "webchat"))
    town = Record(tallies=(Tally(cell=cell, count=4),), protocols=(make_protocol(),), period="2026")
    both = together([town, town])
    assert both.counts("needs", 0) == {"work.search": 8}
    assert (len(both.protocols), both.period) == (2, "2026")
    every = together([sample(), sample()])
    assert (len(every.gap_steps), len(every.visits)) == (4, 4)
    rows = REPORTS["needs"].table(both).rows
    assert ("Bedarf", "work: work.search", "10") in rows


def test_notes_about_a_decision_stay_in_the_town() -> None:
    assert "Roth" not in as_text(REPORTS["decisions"].table(sample(), exact=True))


def table_of(*cells: str) -> Table:
    return Table(name="t", title="T", columns=("a",), rows=tuple((cell,) for cell in cells))


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "＝1", "＋1", "－1", "＠x"],
    ids=repr,
)
def test_a_cell_that_starts_like_a_formula_is_text(cell: str) -> None:
    assert as_csv(table_of(cell)) == f'"a"\r\n"\'{cell}"\r\n'


@pytest.mark.parametrize("cell", ["<5", "10", "5 bis 14", "Wohnen: a=b", "سكن", "", "–"], ids=repr)
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert as_csv(table_of(cell)) == f'"a"\r\n"{cell}"\r\n'


def test_a_quote_or_semicolon_in_a_cell_does_not_end_it() -> None:
    assert as_csv(table_of('a";=1')) == '"a"\r\n"a"";=1"\r\n'


def test_figures_stand_to_the_right_and_no_line_ends_in_a_space() -> None:
    text = as_text(Table(name="t", title="T", columns=("Wert", "Zahl"), rows=(("a", "5"), ("b", "<5"))))
    assert text.splitlines()[4:] == ["a        5", "b       <5"]
    assert not any(line.endswith(" ") for line in text.splitlines())
