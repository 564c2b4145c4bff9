"""Files made to do harm, or merely broken, end in a clear error, in seconds and in bounded memory."""

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.architecture.tree import ROOT
from tests.bot.files.offers import problems, read_file, row, sheet, write
from tests.catalog.town import erlenfels

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
Forge = Callable[[str, bytes], bytes]

LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)


def told(file: Path) -> str:
    """The one thing that is said of the whole file, within five seconds."""
    started = time.monotonic()
    (only,) = problems(lambda: [*read_file(file).rows])
    assert time.monotonic() - started < 5
    return only


def forged(path: Path, forge: Forge, *, more: int = 0, renamed: tuple[str, str] = ("", "")) -> Path:
    """A workbook of the first offers, each part of it passed through `forge`, one under another name."""
    write(path, erlenfels().own[:2])
    with zipfile.ZipFile(path) as real:
        parts = {name: forge(name, real.read(name)) for name in real.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, content in parts.items():
            made.writestr(name.replace(*renamed) if renamed[0] else name, content)
        for number in range(more):
            made.writestr(f"xl/media/{number}.png", b"")
    return path


def with_in(part: str, old: bytes, new: bytes) -> Forge:
    def forge(name: str, content: bytes) -> bytes:
        return content.replace(old, new, 1) if name == part else content

    return forge


ROWS = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(10, 90_000))
FAR = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'

BOMBS: dict[str, tuple[Forge, str]] = {
    "a zip bomb": (with_in(SHEET, b"</sheetData>", b"</sheetData>" + b" " * 30_000_000), "once unpacked"),
    "a part packed as no table is": (
        with_in(SHEET, b"</sheetData>", b"</sheetData>" + b" " * 4_000_000),
        "packed",
    ),
    "billion laughs": (
        lambda name, content: (
            content.replace(b"<worksheet", LAUGHS + b"<worksheet", 1) if name == SHEET else content
        ),
        "declares entities",
    ),
    "billion laughs among the texts": (
        lambda name, content: content.replace(b"<sst", LAUGHS + b"<sst", 1) if name == STRINGS else content,
        "declares entities",
    ),
    "90,000 rows": (with_in(SHEET, b"</sheetData>", ROWS + b"</sheetData>"), "more than 5000 rows"),
    "something in the last row": (with_in(SHEET, b"</sheetData>", FAR), "more than 5000 rows"),
    "elements in each other": (with_in(SHEET, b"</sheetData>", b"<a>" * 300_000), "more in it than a table"),
    "merged cells": (
        with_in(SHEET, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B2:B3"/></mergeCells>'),
        "has merged cells: B2:B3. Unmerge them",
    ),
    "cut off": (
        lambda name, content: content[: len(content) // 2] if name == SHEET else content,
        "save it anew",
    ),
    "no sheet in it": (
        lambda name, content: b"<a/>" if name == "xl/workbook.xml" else content,
        "has no sheet",
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_forged_workbook_is_refused(tmp_path: Path, bomb: str) -> None:
    """Before anything of it is unpacked into memory."""
    forge, text = BOMBS[bomb]
    assert text in told(forged(tmp_path / "x.xlsx", forge))


def test_a_sheet_that_was_not_looked_through_is_no_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would have no rows, and a complete import would withdraw all that there is."""
    file = forged(tmp_path / "x.xlsx", lambda _, content: content)
    monkeypatch.setattr("bot.files.workbook._xml_parts", lambda _: [])
    assert "save it anew" in told(file)


@pytest.mark.parametrize("name", ["strings.bin", "media/1.png", "strings"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_bomb_is_found_whatever_its_part_is_called(tmp_path: Path, name: str, code: str) -> None:
    """Which part holds the texts is said by the list of contents, not by the ending of its name."""

    def forge(part: str, content: bytes) -> bytes:
        if part == STRINGS:
            return (LAUGHS + content[content.index(b"<sst") :]).decode().encode(code)
        return content.replace(b"sharedStrings.xml", name.encode())

    file = forged(tmp_path / "x.xlsx", forge, renamed=("sharedStrings.xml", name))
    assert "declares entities" in told(file)


def test_a_workbook_with_thousands_of_parts_is_refused(tmp_path: Path) -> None:
    assert "has 5" in told(forged(tmp_path / "x.xlsx", lambda _, content: content, more=5000))


def test_empty_rows_far_below_do_no_harm(tmp_path: Path) -> None:
    """Spreadsheet programs leave them there when a column was formatted."""
    far = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(10, 30_000))
    file = forged(tmp_path / "x.xlsx", with_in(SHEET, b"</sheetData>", far + b"</sheetData>"))
    assert len(read_file(file).rows) == 2


def test_a_cell_of_ten_megabytes_is_told_with_its_place(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Kennung"])
    file = tmp_path / "x.csv"
    sheet(file, row(Beschreibung="x" * 9_900_000))
    (only,) = problems(lambda: [*read_file(file).rows])
    assert only.startswith("x.csv, entry 'whole file': cannot be read near line")
    assert "a cell that is far too long" in only


def test_a_huge_cell_of_a_workbook_is_told_with_its_place(tmp_path: Path) -> None:
    """Only its beginning is kept."""
    file = tmp_path / "x.xlsx"
    huge = b'<c r="C2" t="inlineStr"><is><t>' + os.urandom(4_000_000).hex().encode() + b"</t></is></c>"
    forged(file, lambda name, content: _with_cell(content, b"C2", huge) if name == SHEET else content)
    read = read_file(file)
    assert ['row 2, column "Name (en)": is too long' in str(problem) for problem in read.problems] == [True]


def _with_cell(content: bytes, at: bytes, cell: bytes) -> bytes:
    before, _, after = content.partition(b'<c r="' + at + b'"')
    return before + cell + after.partition(b"</c>")[2]


TEXTS: dict[str, tuple[bytes, str]] = {
    "cp1252": ("Name;Träger\nCafé;Verein".encode("cp1252"), "is not written in UTF-8 (line 1). Save it as"),
    "UTF-16": ("Name;Träger\nCafé;Verein".encode("utf-16"), "is written in UTF-16"),
    "UTF-16 without a mark": ("Name;Träger\nCafé;Verein".encode("utf-16-le"), "is written in UTF-16"),
    "no text": (bytes(range(256)), "is written in UTF-16, or is no text at all"),
    "empty": (b"", "is empty"),
    "too large": (b"Name\n" * 2_100_000, "is larger than 10 MB"),
    "a million rows": (b"Name\n" + b"a\n" * 1_000_000, "lacking"),
    "a quote that is not closed": (b'Name;"Kennung\na;b', "cannot be read near line"),
    "a thousand columns": (b";" * 1000 + b"x", "more than 200 columns"),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_file_of_text_that_cannot_be_used_says_why(tmp_path: Path, kind: str) -> None:
    content, text = TEXTS[kind]
    (tmp_path / "x.csv").write_bytes(content)
    assert any(text in problem for problem in problems(lambda: read_file(tmp_path / "x.csv")))


def test_what_was_seen_before_the_end_of_what_can_be_read_is_told_as_well(tmp_path: Path) -> None:
    file = sheet(tmp_path / "x.csv", row(Art="Quatsch"))
    with file.open("a", encoding="utf-8") as more:
        more.write("\na" * 5000)
    whole, cell = problems(lambda: read_file(file))
    assert "has more than 5000 rows" in whole
    assert 'row 2, column "Art"' in cell


def test_a_million_rows_are_not_read_to_the_end(tmp_path: Path) -> None:
    file = sheet(tmp_path / "x.csv", row())
    with file.open("a", encoding="utf-8") as more:
        more.write("\na" * 1_000_000)
    assert "has more than 5000 rows. Split it." in told(file)


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_what_is_no_file_says_so(tmp_path: Path, ending: str) -> None:
    """A pipe would otherwise keep the command waiting for ever."""
    file = tmp_path / f"x{ending}"
    assert "is not there. Check the path." in told(file)
    file.mkdir()
    assert "is a folder. Name the file itself." in told(file)
    file.rmdir()
    os.mkfifo(file)
    assert "is no ordinary file" in told(file)


@pytest.mark.parametrize("name", ["x.xls", "x.ods", "x", "x.exe"])
def test_a_format_that_is_not_known_is_named_with_those_that_are(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert "Save it as one of: .xlsx, .csv" in told(tmp_path / name)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"no workbook", b"\xd0\xcf\x11\xe0" * 100], ids=str)
def test_what_only_claims_to_be_a_workbook_says_so(tmp_path: Path, content: bytes) -> None:
    """The last is an old .xls, or one with a password."""
    (tmp_path / "x.xlsx").write_bytes(content)
    assert "cannot be read as a workbook" in told(tmp_path / "x.xlsx")


READING = """
import resource, sys
from pathlib import Path
from bot.files.formats import read_files
from catalog.needs import CatalogError
most = 400 << 20
resource.setrlimit(resource.RLIMIT_AS, (most, most))
try:
    read_files([Path(sys.argv[1])])
except CatalogError as error:
    print(error.problems[0])
"""


def test_the_worst_that_passes_the_gate_fits_into_memory(tmp_path: Path) -> None:
    """A table of texts near every limit, in a process that may not take more than 400 MB."""
    cells = b"".join(b"<si><t>%d</t></si>" % n for n in range(740_000))
    forge = with_in(STRINGS, b"</sst>", cells + b"</sst>")
    file = forged(tmp_path / "x.xlsx", forge)
    done = subprocess.run(
        [sys.executable, "-c", READING, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
