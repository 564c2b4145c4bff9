"""Rows of a workbook (xlsx), looked through before anything is unpacked into memory; it knows no offers."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from bot.files.cells import LONGEST, as_text, trimmed, unguarded
from bot.files.columns import SHEET
from bot.files.grid import (
    FORMULA,
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    BadCell,
    Grid,
    GridCell,
)
from bot.files.opening import MEGABYTE, refused
from bot.files.sheet_scan import Scan, scan

UNPACKED = 24 * MEGABYTE
MOST_PARTS = 500
RATIO = 200  # how much smaller a part of more than a megabyte may be packed; real sheets reach about 50
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_XML_BEGINS = (b"<", b" ", b"\t", b"\r", b"\n")
_SHOWS_AN_ERROR = BadCell("shows an error. Write the value itself.")
_BROKEN = (  # what the library raises on files that only look like workbooks
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    expat.ExpatError,
    EOFError,
    OSError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    NotImplementedError,
    OverflowError,
)
_SAVE_AGAIN = "cannot be read as a workbook. Open it, save it anew as .xlsx, and try again."


def read_workbook(name: str, raw: bytes) -> Grid:
    """Rows of the sheet of offers, or of the only sheet, in the bytes of a file.

    Raises:
        CatalogError: no workbook, too large once unpacked, with entities, or without such a sheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check_size(name, archive)
            scans = {part.filename: scan(name, archive, part) for part in _xml_parts(archive)}
        workbook = _load(raw)
    except _BROKEN:
        raise refused(name, _SAVE_AGAIN) from None
    sheet = _sheet(name, workbook)
    file = f'{name}, sheet "{sheet.title}"'
    found = scans.get(sheet._worksheet_path)  # noqa: SLF001 - there is no public name for it
    if found is None:  # a sheet that nobody has looked through must not pass for an empty one
        raise refused(name, _SAVE_AGAIN)
    _check_sheet(file, found)
    return Grid(file=file, rows=_rows(file, sheet, found.last_row))


def _check_size(file: str, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise refused(file, "is protected by a password. Save it without one.")
    if len(parts) > MOST_PARTS:
        raise refused(file, f"has {len(parts)} parts. Copy the table alone into a new file.")
    packed_too_well = any(
        part.file_size > MEGABYTE and part.file_size > RATIO * max(part.compress_size, 1) for part in parts
    )
    if packed_too_well or sum(part.file_size for part in parts) > UNPACKED:
        text = f"is larger than {UNPACKED // MEGABYTE} MB once unpacked, or packed as no table is."
        raise refused(file, f"{text} Delete the empty rows below the table, or copy it into a new file.")


def _xml_parts(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Whatever could be read as XML: which part is what, its name does not say."""
    endings = (".xml", ".rels", ".vml")
    return [
        part
        for part in archive.infolist()
        if part.filename.lower().endswith(endings) or _begins_like_xml(archive, part)
    ]


def _begins_like_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """In each encoding that the parser knows, with or without a mark of the order of bytes."""
    with archive.open(part) as stream:
        head = stream.read(4)
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.lstrip(b"\0")[:1] in _XML_BEGINS


def _load(raw: bytes) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 - takes a second, and few commands need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it leaves out: pictures, lists of choices, styles
        return load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)


def _sheet(file: str, workbook: Any) -> Any:
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    if SHEET in sheets:
        return sheets[SHEET]
    if len(sheets) == 1:
        return next(iter(sheets.values()))
    named = ", ".join(sheets)[:200]
    raise refused(file, f'has no sheet "{SHEET}", but {named or "none at all"}. Name the sheet so.')


def _check_sheet(file: str, found: Scan) -> None:
    if found.last_row > MOST_ROWS + 1:
        raise refused(file, TOO_MANY_ROWS)
    if found.merged:
        named = ", ".join(found.merged[:20])
        raise refused(file, f"has merged cells: {named}. Unmerge them and write the value into each row.")


def _rows(file: str, sheet: Any, last: int) -> Iterator[tuple[int, list[GridCell]]]:
    if not last:
        return
    try:
        rows = sheet.iter_rows(max_row=last, max_col=MOST_COLUMNS + 1)
        for number, cells in enumerate(rows, start=1):
            kept = [_cell(cell) for cell in cells]
            while kept and not kept[-1]:
                kept.pop()
            if len(kept) > MOST_COLUMNS:
                raise refused(file, f"{TOO_MANY_COLUMNS} (row {number})")
            if kept:
                yield number, kept
    except _BROKEN:
        raise refused(file, _SAVE_AGAIN) from None


def _cell(cell: Any) -> GridCell:
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e":
        return _SHOWS_AN_ERROR
    # of a cell that is far too long only so much that this is noticed
    return unguarded(trimmed(as_text(cell.value)[: 2 * LONGEST]))
