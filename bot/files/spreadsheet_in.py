"""Offers from a spreadsheet (xlsx or csv): cells become entries, bad ones are told with their place."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from bot.files.cells import CellError
from bot.files.columns import EXAMPLE, NEEDS, columns_of
from bot.files.entries import Entries
from bot.files.grid import BadCell, GridCell
from bot.files.heads import Head, Heads, heads_of
from bot.files.opening import MEGABYTE, bytes_of, check_size
from bot.files.separated import read_separated
from bot.files.workbook import read_workbook
from catalog.needs import CatalogError, Problem, Taxonomy, packaged_taxonomy
from catalog.row import CellProblem

LARGEST = 10 * MEGABYTE
NumberedRow = tuple[int, list[GridCell]]
Progress = Callable[[Iterable[NumberedRow]], Iterable[NumberedRow]]


@dataclass(slots=True)
class _Read:
    file: str
    rows: list[Mapping[str, Any]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    headless: set[int] = field(default_factory=set)

    def problem(self, row: int, named: str, column: str, text: str) -> None:
        self.problems.append(
            CellProblem(file=self.file, entry="", field=named, text=text, row=row, column=column)
        )


def read_spreadsheet(path: Path, progress: Progress = iter) -> Entries:
    """As `entries_in`. Raises CatalogError also if there is no such file."""
    return entries_in(path.name, bytes_of(path, LARGEST), progress=progress)


def entries_in(name: str, raw: bytes, taxonomy: Taxonomy | None = None, progress: Progress = iter) -> Entries:
    """What the sheet of offers says, in the bytes of a file; `progress` may look on as its rows pass.

    Raises:
        CatalogError: the file cannot be read; what is wrong with its rows, also the first, is in `problems`.
    """
    check_size(name, raw, LARGEST)
    grid = read_workbook(name, raw) if name.lower().endswith(".xlsx") else read_separated(name, raw)
    heads = heads_of(grid, columns_of(taxonomy or packaged_taxonomy()))
    read = _Read(grid.file, problems=[*heads.problems])
    try:
        for number, cells in progress(grid.rows):
            _take(read, number, cells, heads)
    except (
        CatalogError
    ) as error:  # too many rows, or broken in the middle: what was seen before is true as well
        raise CatalogError([*error.problems, *read.problems]) from None
    return Entries(
        file=grid.file,
        rows=tuple(read.rows),
        numbers=tuple(read.numbers),
        # where a field has several columns, its first stands for all
        heads={head.column.field: head.text for head in reversed(heads.understood)},
        problems=tuple(read.problems),
        remarks=tuple(read.remarks),
        lacking=heads.lacking,
    )


def _take(read: _Read, number: int, cells: list[GridCell], heads: Heads) -> None:
    entry: dict[str, Any] = {}
    before = len(read.problems)
    for place, (cell, head) in enumerate(zip_longest(cells, heads.columns, fillvalue=None), start=1):
        if not cell or isinstance(head, str):
            continue
        if head is None:
            _no_head(read, number, place, once=bool(heads.problems))
        elif isinstance(cell, BadCell):
            read.problem(number, head.column.field, head.text, cell.text)
        else:
            _put(read, number, head, cell, entry)
    if entry.get("id") == EXAMPLE:
        del read.problems[before:]
        read.remarks.append(f"row {number} is the template's example and was left out")
        return
    read.rows.append({name: _whole(value) for name, value in entry.items()})
    read.numbers.append(number)


def _no_head(read: _Read, number: int, place: int, *, once: bool) -> None:
    """`once`: where the first row is wrong, as under a title, all rows would say the same."""
    if not (once and place in read.headless):
        read.problem(number, "", "", f"has something in column {place}, which has no head. Remove it.")
    read.headless.add(place)


def _put(read: _Read, number: int, head: Head, cell: str, entry: dict[str, Any]) -> None:
    try:
        value = head.column.form.read(cell)
    except CellError as error:
        read.problem(number, head.column.field, head.text, str(error))
        return
    table, _, name = head.column.field.rpartition(".")
    inner = entry.setdefault(table, {}) if table else entry
    if head.column.field == NEEDS:
        inner[name] = list(dict.fromkeys([*inner.get(name, []), *value]))
    elif head.column.by_language:
        inner.setdefault(name, {})[head.language] = value
    else:
        inner[name] = value


def _whole(value: Any) -> Any:
    """Lists by language, one beside the other, as a list of texts by language."""
    if not isinstance(value, dict) or not any(isinstance(texts, list) for texts in value.values()):
        return value
    together = zip_longest(*value.values(), fillvalue="")
    each = (
        {language: text for language, text in zip(value, texts, strict=True) if text} for texts in together
    )
    return [texts for texts in each if texts]
