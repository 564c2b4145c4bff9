"""What is wrong with a spreadsheet is told all at once: file, row, column, and what to write instead."""

from pathlib import Path

import openpyxl
import pytest

from bot.files.entries import offers_in
from catalog.needs import packaged_taxonomy
from tests.bot.files.offers import HEADS, ROW, problems, read_file, row, sheet, write
from tests.catalog.town import erlenfels


def told(file: Path) -> list[str]:
    return problems(lambda: offers_in(read_file(file)))


def bad_rows(folder: Path) -> Path:
    return sheet(
        folder / "offers.csv",
        row(),
        row(Kennung="zwei", Art="Angebott", Geprüft="gestern", Bedarf="Sprahtreff"),
        row(Kennung="Drei!", Stand="", Beschreibung="x" * 2001),
        row(Bedarf="x [lang.low_treshold]"),
    )


def test_every_bad_cell_of_every_row_is_told_with_its_place(tmp_path: Path) -> None:
    """Those that only the catalogue can see stand among those of the cells, in the order of the rows."""
    assert told(bad_rows(tmp_path)) == [
        "offers.csv, row 3, column \"Art\": 'Angebott' is not possible here. Did you mean 'Angebot'?",
        (
            "offers.csv, row 3, column \"Bedarf 1\": 'Sprahtreff' is not clear. "
            "Choose from the list in the template."
        ),
        "offers.csv, row 3, column \"Geprüft am\": 'gestern' is no date. Write it as 23.11.2026.",
        'offers.csv, row 4, column "Beschreibung": is too long (2001 characters). Write at most 2000.',
        'offers.csv, row 4, column "Stand": is missing. Write it.',
        (
            "offers.csv, row 4, column \"Kennung\": 'Drei!' does not look right. "
            "Write small letters, digits and hyphens, such as 'women-cafe'."
        ),
        (
            "offers.csv, row 5, column \"Bedarf 1\": there is no need 'lang.low_treshold'. "
            "Did you mean 'lang.low_threshold'?"
        ),
        'offers.csv, row 5, column "Kennung": stands twice. Give one of them another id, or remove it.',
    ]


BAD_CELLS = (
    ("Öffnungszeiten", "Mo bis Fr", "Öffnungszeiten"),
    ("Telefon", "06172 999", "Write the international form"),
    ("E-Mail", "wege", "Write an address such as"),
    ("Internetseite", "www.wege.test", "must begin with https://"),
    ("Alter von", "achtzehn", "Write digits only"),
    ("Betrag in Euro", "5 bis 10", "Write digits only"),
    ("Termin nötig", "vielleicht", "Write ja or nein"),
    ("Sprachen", "Arabich", "Did you mean 'Arabisch'?"),
    ("Für wen", "Kinder, Elten", "Did you mean 'Eltern'?"),
    ("Straße und Hausnummer", "Am Markt 1", "is missing"),
    ("Freie Plätze", "1,5", "must be a whole number"),
    ("Name (en)", "=1+1", "Write the value itself"),
)


@pytest.mark.parametrize(("head", "cell", "remedy"), BAD_CELLS)
def test_each_kind_of_cell_says_what_to_write(tmp_path: Path, head: str, cell: str, remedy: str) -> None:
    """With the place; an address without its town counts against the town's column or the street's."""
    (first, *_) = told(sheet(tmp_path / "x.csv", [*row(), cell], heads=[*HEADS, "Geprüft am", head]))
    assert first.startswith('x.csv, row 2, column "')
    assert remedy in first


BAD_HEADS = (
    ((*HEADS, "Geprüft am", "Telefonn"), "Did you mean 'Telefon'?"),
    ((*HEADS, "Geprüft am", "Name"), "stands twice"),
    ((*HEADS, "Geprüft am", "Telefon (en)"), "is no column of the template"),
    ((*HEADS, "Geprüft am", "Name 2"), "is no column of the template"),
    (HEADS, 'column "Geprüft am": is lacking'),
)


@pytest.mark.parametrize(
    ("heads", "text"),
    BAD_HEADS,
    ids=["misspelt", "twice", "no texts by language", "no second one", "lacking"],
)
def test_a_head_that_is_not_understood_is_told_once(
    tmp_path: Path, heads: tuple[str, ...], text: str
) -> None:
    """And not by every row again."""
    rows = [each[: len(heads)] for each in (row(), row(Kennung="zwei"))]
    (only,) = told(sheet(tmp_path / "x.csv", *rows, heads=heads))
    assert only.startswith("x.csv, row 1, column")
    assert text in only


def test_what_is_wrong_with_the_heads_hides_nothing_of_the_rows(tmp_path: Path) -> None:
    """Whoever has renamed a column mends all that is wrong at once, and hears of each thing once."""
    heads = [*HEADS, "Geprüft am", "Telefonnummer", "Straße und Hausnumer", "PLZ", "Ort"]
    heads[heads.index("Name")] = "Bezeichnung"
    address = ["06172 999", "Am Markt 1", "65998", "Ort"]
    file = sheet(
        tmp_path / "x.csv", [*row(Art="Quatsch"), *address], [*row(Kennung="Zwei"), *address], heads=heads
    )
    found = [problem.removeprefix("x.csv, ").partition(". ")[0] for problem in told(file)]
    assert found == [
        'row 1, column "Bezeichnung": is no column of the template',
        'row 1, column "Telefonnummer": is no column of the template',
        'row 1, column "Straße und Hausnumer": is no column of the template',
        'row 1, column "Name": is lacking',
        "row 2, column \"Art\": 'Quatsch' is not possible here",
        "row 3, column \"Kennung\": 'Zwei' does not look right",
    ]


def test_what_is_there_already_is_not_proposed_for_an_unknown_head(tmp_path: Path) -> None:
    heads = ["Bezeichnung" if head == "Name" else head for head in (*HEADS, "Geprüft am")]
    unknown, _ = told(sheet(tmp_path / "x.csv", row(), heads=heads))
    assert "Beschreibung" not in unknown


def test_a_title_above_the_heads_is_not_told_by_every_row(tmp_path: Path) -> None:
    file = sheet(tmp_path / "x.csv", [*HEADS], row(), row(), row(), heads=["Unsere Angebote 2026"])
    found = told(file)
    assert found[0].startswith('x.csv, row 1, column "Unsere Angebote 2026": is no column')
    assert len([problem for problem in found if "which has no head" in problem]) == len(HEADS)


def test_a_cell_without_a_head_is_told(tmp_path: Path) -> None:
    """What somebody wrote beside the table would be lost without a word."""
    (only,) = told(sheet(tmp_path / "x.csv", [*row(), "bitte anrufen"]))
    assert only == "x.csv, row 2: has something in column 11, which has no head. Remove it."


def test_in_a_workbook_the_sheet_is_named_and_so_are_formulas_and_errors(tmp_path: Path) -> None:
    """The cell is not calculated, whatever a program has kept as its last value."""
    file = tmp_path / "offers.xlsx"
    write(file, erlenfels().own[:1])
    book = openpyxl.load_workbook(file)
    sheet_ = book["Angebote"]
    sheet_["B2"] = '=HYPERLINK("https://wege.test")'
    sheet_["C2"] = "#REF!"
    sheet_["C2"].data_type = "e"
    book.save(file)
    first, second, *_ = told(file)
    assert first.startswith('offers.xlsx, sheet "Angebote", row 2, column "Name": is a formula.')
    assert second.startswith('offers.xlsx, sheet "Angebote", row 2, column "Name (en)": shows an error.')


def test_what_is_left_of_the_fictional_town_is_told_with_its_row(tmp_path: Path) -> None:
    """Nobody may be sent to a number that is free for films."""
    heads = [*HEADS, "Geprüft am", "Telefon"]
    found = told(sheet(tmp_path / "x.csv", row(), [*row(Kennung="bb"), "+49 69 90009123"], heads=heads))
    (only,) = found
    assert only.startswith('x.csv, row 3, column "Telefon": ')
    assert "invented number" in only


def test_a_sheet_of_another_name_is_taken_if_it_is_alone(tmp_path: Path) -> None:
    """With several and none called Angebote it is not guessed."""
    book = openpyxl.Workbook()
    book.active.title = "Tabelle1"
    book.active.append([*HEADS, "Geprüft am"])
    book.active.append([*ROW, "02.11.2026"])
    book.save(tmp_path / "x.xlsx")
    assert [offer.id for offer in offers_in(read_file(tmp_path / "x.xlsx"))] == ["cafe"]
    book.create_sheet("Tabelle2")
    book.save(tmp_path / "x.xlsx")
    (only,) = told(tmp_path / "x.xlsx")
    assert 'has no sheet "Angebote", but Tabelle1, Tabelle2. Name the sheet so.' in only


def test_a_need_whose_label_belongs_to_another_code_is_told(tmp_path: Path) -> None:
    """Whoever changes the label and forgets the code would never notice."""
    labels = {code: need.labels["de"] for code, need in packaged_taxonomy().needs.items()}
    cell = f"{labels['housing.search']} [lang.low_threshold]"
    (only,) = told(sheet(tmp_path / "x.csv", row(Bedarf=cell)))
    assert "names one thing and has the code of another" in only
    assert "[housing.search]" in only


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Di 9-12 Uhr", "Tu 09:00-12:00"),
        ("Mi-Do 09:00-12:00; Feiertage geschlossen", "We-Th 09:00-12:00; PH off"),
        ("Mo-Fr 09:00-12:00; PH off", "Mo-Fr 09:00-12:00; PH off"),
    ],
)
def test_german_names_of_days_are_taken_in(tmp_path: Path, typed: str, kept: str) -> None:
    heads = [*HEADS, "Geprüft am", "Öffnungszeiten"]
    file = sheet(tmp_path / "x.csv", [*row(), f'"{typed}"'], heads=heads)
    (offer,) = offers_in(read_file(file))
    assert offer.opening_hours == kept
