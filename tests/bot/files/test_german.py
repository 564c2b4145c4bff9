"""Whatever can be wrong with a spreadsheet is told in German, with what to write instead."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue_problems import OTHERWISE, in_sheet, remark_in_german
from bot.catalogue_told import TOLD
from bot.files.entries import offers_in
from bot.files.naming import with_ids
from bot.files.spreadsheet_in import read_spreadsheet
from catalog.needs import CatalogError, Problem
from tests.bot.files.offers import HEADS, read_file, row, sheet
from tests.bot.files.test_hostile_files import BOMBS, TEXTS, forged
from tests.bot.files.test_spreadsheet_problems import BAD_CELLS, BAD_HEADS, bad_rows

TODAY = dt.date(2026, 11, 23)
ENGLISH = re.compile(r"\b(?:is|the|write|must|not|there|and|remove|of)\b", re.IGNORECASE)


def found(read: Callable[[], Any]) -> list[Problem]:
    with pytest.raises(CatalogError) as caught:
        read()
    return list(caught.value.problems)


def cell(folder: Path, head: str, text: str) -> list[Problem]:
    heads = [*HEADS, "Geprüft am", *([] if head == "Geprüft am" else [head])]
    cells = row(Geprüft=text) if head == "Geprüft am" else [*row(), text]
    file = sheet(folder / "x.csv", cells, heads=heads)
    return found(lambda: offers_in(read_file(file), today=TODAY))


def bad_files(folder: Path) -> Iterator[tuple[str, list[Problem]]]:
    """A name and what is wrong, for every kind of bad file that the tests know."""
    yield "rows", found(lambda: offers_in(read_file(bad_rows(folder))))
    for head, text, _ in BAD_CELLS:
        yield head, cell(folder, head, text)
    for heads, text in BAD_HEADS:
        file = sheet(folder / "x.csv", row(), heads=heads)
        yield text, found(lambda file=file: offers_in(read_file(file)))  # type: ignore[misc]
    for name, (forge, _) in BOMBS.items():
        forged(folder / "x.xlsx", forge)
        yield name, found(lambda: read_file(folder / "x.xlsx"))
    for name, (content, _) in TEXTS.items():
        (folder / "x.csv").write_bytes(content)
        yield name, found(lambda: read_file(folder / "x.csv"))


def test_every_problem_of_every_bad_file_is_told_in_german(tmp_path: Path) -> None:
    told = [
        (name, problem, in_sheet(problem, "Mo bis Fr" if problem.field == "opening_hours" else ""))
        for name, problems in bad_files(tmp_path)
        for problem in problems
    ]
    assert len({name for name, _, _ in told}) > 30
    assert [(name, problem.text) for name, problem, german in told if german == OTHERWISE] == []
    assert [german for _, _, german in told if ENGLISH.search(german) or "{" in german] == []


@pytest.mark.parametrize(
    ("head", "text", "german"),
    [
        ("Art", "Angebott", "„Angebott“ gibt es hier nicht. Meinten Sie „Angebot“?"),
        ("Anmeldung", "x", "„x“ gibt es hier nicht. Möglich ist: nicht nötig, empfohlen, nötig."),
        ("Bedarf 2", "x [lang.low_treshold]", ("„lang.low_treshold“ gibt es hier nicht. "
         "Meinten Sie „lang.low_threshold“?")),
        ("Sprachen", "Arabich", "„Arabich“ ist keine Sprache, die wir kennen. Meinten Sie „Arabisch“?"),
        ("Sprachen", "Qq", ("„Qq“ ist keine Sprache, die wir kennen. "
         "Schreiben Sie ihr Kürzel, wie ar oder uk.")),
        ("Geprüft am", "24.11.2026", ("24.11.2026 kommt erst noch. "
         "Schreiben Sie den Tag, an dem zuletzt jemand gefragt hat.")),
        ("Alter von", "130", "Bitte schreiben Sie eine Zahl von 0 bis 120."),
        ("Freie Plätze", "9999999", "Bitte schreiben Sie eine Zahl von 0 bis 1000000."),
        ("Termin nötig", "{vielleicht}", "„{vielleicht}“ geht hier nicht. Schreiben Sie ja oder nein."),
        ("Telefon", "' is no date.", ("„' is no date.“ ist keine Nummer mit Vorwahl des Landes. "
         "Schreiben Sie zum Beispiel: +49 69 90009100.")),
    ],
    ids=str,
)  # fmt: skip
def test_the_value_and_what_is_proposed_stand_in_the_sentence(
    tmp_path: Path, head: str, text: str, german: str
) -> None:
    heads = [*HEADS, "Geprüft am"]
    cells = row()
    if head in heads:
        cells[heads.index(head)] = text
    else:
        heads, cells = [*heads, head], [*cells, text]
    file = sheet(tmp_path / "x.csv", cells, heads=heads)
    (problem,) = found(lambda: offers_in(read_file(file), today=TODAY))
    assert in_sheet(problem) == german


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("Mo-Fr 08:00-12:00; Th 14:00-18:00", "Gemeint ist wohl: Mo-We,Fr 08:00-12:00"),
        ("x" * 301, "Schreiben Sie Worte zu „Hinweise zu Zeiten“."),
        ("wenn das Licht an ist", "Schreiben Sie zum Beispiel: Mo-Fr 08:00-12:00; PH off"),
    ],
)
def test_hours_are_told_by_what_stands_there(tmp_path: Path, hours: str, said: str) -> None:
    heads = [*HEADS, "Geprüft am", "Öffnungszeiten"]
    file = sheet(tmp_path / "x.csv", [*row(), f'"{hours}"'], heads=heads)
    (problem,) = found(lambda: offers_in(read_file(file)))
    assert said in in_sheet(problem, hours)


def test_what_is_worth_knowing_is_told_in_german(tmp_path: Path) -> None:
    file = sheet(tmp_path / "x.csv", row(Kennung="beispiel-sprachcafe"), row(Kennung="", Name="Nähtreff"))
    remarks = with_ids(read_spreadsheet(file), ()).remarks
    assert list(map(remark_in_german, remarks)) == [
        "Zeile 2 ist das Beispiel der Vorlage und bleibt weg.",
        "Zeile 3 hatte keine Kennung und bekommt diese: naehtreff.",
    ]


def test_every_sentence_of_the_table_can_be_filled_in() -> None:
    """Each group that a German sentence names is one of its English sentence."""
    for told in TOLD:
        groups = {*told.words.groupindex, "hint"}
        for sentence in (told.german, told.form):
            assert set(re.findall(r"{(\w+)}", sentence)) <= groups, sentence
