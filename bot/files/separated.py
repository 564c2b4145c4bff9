"""Rows of a file of text, parted by semicolons, commas or tabs; it does not know what they mean."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from bot.files.cells import LONGEST, trimmed, unguarded
from bot.files.grid import FORMULA, MOST_COLUMNS, MOST_ROWS, TOO_MANY_COLUMNS, TOO_MANY_ROWS, Grid, GridCell
from bot.files.opening import refused

_SEPARATORS = ";,\t"
_FORMULA = re.compile(r"=|[+\-@]\s*[A-Za-z_.]{1,40}\s*[(|!]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF_8 = 'Save it as "CSV UTF-8".'


def read_separated(file: str, raw: bytes) -> Grid:
    """Raises CatalogError if the bytes of the file are not in UTF-8, or no text."""
    return Grid(file=file, rows=_rows(file, _text(file, raw)))


def _text(file: str, raw: bytes) -> str:
    if raw.startswith(_UTF_16) or b"\0" in raw[:200]:
        raise refused(file, f"is written in UTF-16, or is no text at all. {_UTF_8}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refused(file, f"is not written in UTF-8 (line {line}). {_UTF_8}") from None


def _rows(file: str, text: str) -> Iterator[tuple[int, list[GridCell]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    kept = 0
    try:
        for number, cells in enumerate(reader, start=1):
            while cells and not cells[-1].strip():  # spreadsheets end rows with empty cells
                cells.pop()
            if len(cells) > MOST_COLUMNS:
                raise refused(file, f"{TOO_MANY_COLUMNS} (row {number})")
            if cells:
                kept += 1
                if kept > MOST_ROWS + 1:
                    raise refused(file, TOO_MANY_ROWS)
                yield number, [_cell(cell) for cell in cells]
    except csv.Error:
        where = f"cannot be read near line {reader.line_num}."
        why = "Look for a quotation mark that is not closed, or a cell that is far too long."
        raise refused(file, f"{where} {why}") from None


def _separator(text: str) -> str:
    """The one that parts most in the first line, outside of quotes."""
    first = re.sub(r'"[^"]*"', "", text.lstrip()[:10_000].partition("\n")[0])
    return max(_SEPARATORS, key=first.count)


def _cell(cell: str) -> GridCell:
    # of a cell that is far too long only so much that this is noticed
    cell = trimmed(cell[: 2 * LONGEST])
    return FORMULA if _FORMULA.match(cell) else unguarded(cell)
