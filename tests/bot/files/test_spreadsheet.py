"""Offers go into a spreadsheet and come back as they were, in both of its formats."""

import datetime as dt
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from bot.files.cells import OneOf, SomeOf
from bot.files.columns import EXAMPLE, columns_of
from bot.files.entries import offers_in
from bot.offer_labels import FORMER, LABELS
from catalog.needs import packaged_taxonomy
from catalog.offer import Address, Capacity, Cost, Offer
from catalog.offer_row import row_of
from catalog.offers import offers_of
from tests.bot.files.offers import offers, problems, read_file, row, several_offers, sheet, write
from tests.catalog.town import erlenfels

FORMATS = (".xlsx", ".csv")


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("template", [False, True], ids=["plain", "with the example row"])
def test_a_whole_town_comes_back_as_it_was(tmp_path: Path, ending: str, template: bool) -> None:
    """All entries, in all languages; of the example nothing is taken."""
    file = tmp_path / f"offers{ending}"
    write(file, erlenfels().offers, template=template)
    assert offers_in(read_file(file), real=False) == erlenfels().offers


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(several_offers)
def test_nothing_of_any_offer_is_lost(written: tuple[Offer, ...]) -> None:
    """Whatever its texts look like: formulas, numbers, separators, quotes, lines."""
    with TemporaryDirectory() as folder:
        for ending in FORMATS:
            file = Path(folder) / f"offers{ending}"
            write(file, written)
            assert offers_in(read_file(file)) == written, ending


@pytest.mark.parametrize("whole", [False, True])
@settings(max_examples=25, deadline=None)
@given(offer=offers)
def test_an_entry_reads_as_the_offer_it_was_made_of(offer: Offer, whole: bool) -> None:
    assert offers_of([row_of(offer, whole=whole)], "offers.toml") == (offer,)


def test_every_field_of_an_offer_has_a_column() -> None:
    """A field that is added to the offer and not here would be lost without a word."""
    inner = {"address": Address, "cost": Cost, "capacity": Capacity}
    wanted = {field.name for field in fields(Offer)} - inner.keys()
    wanted |= {f"{name}.{field.name}" for name, kind in inner.items() for field in fields(kind)}
    assert {column.field for column in columns_of(packaged_taxonomy())} == wanted


@pytest.mark.parametrize("kind", LABELS, ids=lambda kind: kind.__name__)
def test_every_member_of_a_list_has_a_label_of_its_own(kind: type) -> None:
    """Without a separator of lists in it, or it could not be read back."""
    labels = LABELS[kind]
    assert set(labels) == set(kind)  # type: ignore[call-overload]
    assert len({label.casefold() for label in labels.values()}) == len(labels)
    assert not any(mark in label for label in labels.values() for mark in ",;\n")


@pytest.mark.parametrize(
    ("kind", "former", "member"),
    [(kind, former, member) for kind, labels in FORMER.items() for former, member in labels.items()],
    ids=str,
)
def test_what_spreadsheets_said_before_is_still_understood(
    kind: type[StrEnum], former: str, member: StrEnum
) -> None:
    """By cells with one value and with several, and never as another member's label of today."""
    assert OneOf(kind).read(former) == member
    assert SomeOf(kind).read(f"{former}, {LABELS[kind][member]}") == [member, member]
    assert member in kind
    assert former.casefold() not in {
        label.casefold() for other, label in LABELS[kind].items() if other is not member
    }


def test_the_template_offers_lists_and_explains_every_column(tmp_path: Path) -> None:
    """Drop-downs over the lists, a remark for each column, and a row that shows how it is meant."""
    file = tmp_path / "template.xlsx"
    write(file, (), template=True)
    book = openpyxl.load_workbook(file)
    columns = columns_of(packaged_taxonomy())
    assert book.sheetnames == ["Angebote", "Erklärungen", "Listen"]
    sheet = book["Angebote"]
    heads = [cell.value for cell in sheet[1]]
    assert sheet["A2"].value == EXAMPLE
    with_lists = {
        area.min_col for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges
    }
    needs = [place for place, head in enumerate(heads, start=1) if head.startswith("Bedarf ")]
    assert len(needs) == 3
    assert {heads.index("Stand") + 1, heads.index("Zuständige Stelle") + 1, *needs} <= with_lists
    explained = {cell.value for cell in book["Erklärungen"]["A"]}
    assert {column.head for column in columns} <= explained
    assert "Deutschkurs" not in str(heads)


def test_the_example_is_an_offer_that_could_be_taken(tmp_path: Path) -> None:
    """Given another id, it has no problem but that its addresses and numbers are invented."""
    file = tmp_path / "template.csv"
    write(file, (), template=True)
    file.write_text(file.read_text("utf-8").replace(EXAMPLE, "sprachcafe"), "utf-8")
    assert [offer.id for offer in offers_in(read_file(file), real=False)] == ["sprachcafe"]
    assert all("invented" in told or "fictional" in told for told in problems(offers_in, read_file(file)))


def test_what_starts_like_a_formula_is_text_in_every_format(tmp_path: Path) -> None:
    """In text a spreadsheet program would calculate it; in a workbook the cell says that it is text."""
    entry = {**row_of(erlenfels().offers[0]), "note": "=HYPERLINK(1)", "contact": "@SUM(1)"}
    (offer,) = offers_of([entry], "x")
    for ending in FORMATS:
        write(tmp_path / f"x{ending}", (offer,))
    assert "'=HYPERLINK(1)" in (tmp_path / "x.csv").read_text("utf-8")
    assert "'@SUM(1)" in (tmp_path / "x.csv").read_text("utf-8")
    assert "'+49" in (tmp_path / "x.csv").read_text("utf-8")
    cells = [cell for line in openpyxl.load_workbook(tmp_path / "x.xlsx")["Angebote"] for cell in line]
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if cell.value} <= {"s", "d", "n"}


@pytest.mark.parametrize(
    ("text", "separator"), [(";", ";"), ("komma", ","), ("tab", "\t")], ids=["semicolon", "comma", "tab"]
)
def test_any_usual_separator_is_understood(tmp_path: Path, text: str, separator: str) -> None:
    file = sheet(tmp_path / "x.csv", row())
    file.write_text(file.read_text("utf-8").replace(";", separator), "utf-8")
    assert [offer.id for offer in offers_in(read_file(file))] == ["cafe"]


def test_a_mark_for_utf_8_and_empty_rows_and_columns_do_no_harm(tmp_path: Path) -> None:
    """Spreadsheet programs write all three."""
    file = sheet(tmp_path / "x.csv", ["", ""], [*row(), "", ""], ["", "", ""])
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert [offer.id for offer in offers_in(read_file(file))] == ["cafe"]


LABEL = packaged_taxonomy().needs["lang.low_threshold"].labels["de"]


@pytest.mark.parametrize(
    ("typed", "name", "meant"),
    [
        ({"Bedarf": LABEL.upper()}, "needs", ("lang.low_threshold",)),
        ({"Bedarf": "irgendwie [lang.low_threshold]"}, "needs", ("lang.low_threshold",)),
        ({"Bedarf": f'"{LABEL}\nhousing.search"'}, "needs", ("lang.low_threshold", "housing.search")),
        ({"Art": "behörde"}, "kind", "authority"),
        ({"Art": "authority"}, "kind", "authority"),
        ({"Geprüft": "2026-11-02"}, "assured_date", dt.date(2026, 11, 2)),
    ],
    ids=["label", "code in brackets", "two in one cell", "other case", "code", "another way to write a day"],
)
def test_labels_codes_and_days_are_read_as_people_write_them(
    tmp_path: Path, typed: dict[str, str], name: str, meant: object
) -> None:
    (offer,) = offers_in(read_file(sheet(tmp_path / "x.csv", row(**typed))))
    assert getattr(offer, name) == meant
