"""A spreadsheet of shifts saved as CSV: every row is right, or every problem is told; it keeps nothing."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.shifts import NO_CLOCK, NO_DAY, Planned, ShiftsError, moment_from, on_one_line
from casework.days import clock_from, day_from
from casework.team import Member
from casework.volunteers.shifts import shift_problems

COLUMNS = ("titel", "ort", "datum", "beginn", "ende", "person")
CLOCKS = ("beginn", "ende")
LARGEST = 1_000_000  # bytes
MOST_ROWS = 5000
LONGEST_CELL = 200  # characters

Find = Callable[[str], tuple[Member | None, str]]
"""Who has this name; else None, and why not with the remedy."""

_COLUMN_OF = {"title": "titel", "place": "ort", "starts_at": "beginn", "ends_at": "ende"}


@dataclass(slots=True)
class _Told:
    """Problems of one file, collected on the way."""

    file: str
    problems: list[str] = field(default_factory=list)

    def of_file(self, text: str) -> None:
        self.problems.append(f"{self.file} {text}")

    def of_row(self, row: int, text: str) -> None:
        self.problems.append(f"{self.file}, row {row}: {text}")

    def of_cell(self, row: int, column: str, text: str) -> None:
        self.problems.append(f'{self.file}, row {row}, column "{column}": {text}')


def read_shift_list(path: Path, find: Find) -> tuple[Planned, ...]:
    """The rows of the file, in its order. Raises ShiftsError with every problem at once."""
    told = _Told(path.name)
    rows = _rows(path, told)
    planned = [_planned(number, cells, find, told) for number, cells in rows]
    if told.problems:
        raise ShiftsError(path.name, told.problems)
    return tuple(one for one in planned if one is not None)


def _rows(path: Path, told: _Told) -> list[tuple[int, dict[str, str]]]:
    """Each row that is not empty, with its number as a spreadsheet shows it, by column."""
    rows = list(_cells(_text(path, told), told))
    if told.problems:
        return []
    if not rows:
        told.of_file(f"is empty. Write a first row with the columns {', '.join(COLUMNS)}.")
        return []
    (_, head), *rest = rows
    columns = [cell.casefold() for cell in head]
    _check_columns(columns, told)
    if told.problems:
        return []
    if len(rest) > MOST_ROWS:
        told.of_file(f"has {len(rest)} rows. Split it: {MOST_ROWS} are read at once.")
        return []
    for number, cells in rest:
        if len(cells) > len(columns):
            told.of_row(number, "has more cells than the first row. Put a cell with a comma in quotes.")
    return [
        (number, dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False)))
        for number, cells in rest
    ]


def _text(path: Path, told: _Told) -> str:
    try:
        # one byte more than allowed, so that a file that grows, or a device, is never read without end
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        told.of_file(f"cannot be read ({type(error).__name__}). Check the path.")
        return ""
    if len(raw) > LARGEST:
        told.of_file("is larger than 1 MB. Split it.")
        return ""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        told.of_file('is not written in UTF-8. Save it as "CSV UTF-8".')
        return ""


def _cells(text: str, told: _Told) -> Iterator[tuple[int, list[str]]]:
    first = text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            kept = [_kept(cell) for cell in cells]
            while kept and not kept[-1]:  # spreadsheets end rows with empty cells
                kept.pop()
            if kept:
                yield number, kept
    except csv.Error:
        told.of_row(number + 1, "cannot be read. Look for a quotation mark that is not closed.")


def _kept(cell: str) -> str:
    # of a cell that is far too long only so much that this is noticed
    return on_one_line(cell[: 2 * LONGEST_CELL])


def _check_columns(columns: list[str], told: _Told) -> None:
    missing = [column for column in COLUMNS if column not in columns]
    unknown = [column for column in columns if column not in COLUMNS]
    if missing:
        told.of_row(1, f"lacks {', '.join(missing)}. Write the columns {', '.join(COLUMNS)}.")
    if unknown:
        told.of_row(1, f"has a column that is not known: {', '.join(unknown[:5])}. Remove it.")
    if len(set(columns)) < len(columns):
        told.of_row(1, "names a column twice. Remove one of them.")


def _planned(number: int, cells: dict[str, str], find: Find, told: _Told) -> Planned | None:
    before = len(told.problems)
    bad = {column for column in COLUMNS if _is_bad(number, column, cells[column], told)}
    starts_at, ends_at = _moments(number, cells, bad, told)
    member = None
    if "person" not in bad:
        member, problem = find(cells["person"])
        if member is None:
            told.of_cell(number, "person", problem)
    if member is None or starts_at is None or ends_at is None or len(told.problems) > before:
        return None
    title, place = cells["titel"], cells["ort"]
    for name, text in shift_problems(title, place, starts_at, ends_at):
        told.of_cell(number, _COLUMN_OF[name], text)
    return Planned(title=title, place=place, starts_at=starts_at, ends_at=ends_at, members=(member,))


def _is_bad(number: int, column: str, cell: str, told: _Told) -> bool:
    if not cell:
        told.of_cell(number, column, "is empty. Fill it in.")
    elif len(cell) > LONGEST_CELL:
        told.of_cell(number, column, f"is too long. Write at most {LONGEST_CELL} characters.")
    elif column == "datum" and day_from(cell) is None:
        told.of_cell(number, column, NO_DAY.format(cell))
    elif column in CLOCKS and clock_from(cell) is None:
        told.of_cell(number, column, NO_CLOCK.format(cell))
    else:
        return False
    return True


def _moments(
    number: int, cells: dict[str, str], bad: set[str], told: _Told
) -> tuple[datetime | None, datetime | None]:
    found: dict[str, datetime | None] = dict.fromkeys(CLOCKS)
    for column in CLOCKS:
        if not bad & {"datum", column}:
            found[column], problem = moment_from(cells["datum"], cells[column])
            if problem:
                told.of_cell(number, column, problem)
    return found["beginn"], found["ende"]
