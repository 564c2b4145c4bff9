"""Rows of cells as text, whatever file they came from; what a row means is decided elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

MOST_ROWS = 5000
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that cannot be used whatever its column; the text says what to write instead."""

    text: str


GridCell = str | BadCell
FORMULA = BadCell("is a formula. Write the value itself: copy the cell, then paste it as a value.")
TOO_MANY_ROWS = f"has more than {MOST_ROWS} rows. Split it."
TOO_MANY_COLUMNS = f"has more than {MOST_COLUMNS} columns. Remove those that are not of the template."


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """`rows`: each row that is not empty, with its number as a spreadsheet shows it; read once.

    `file` names the sheet too, where there are several. Reading the rows raises CatalogError as well.
    """

    file: str
    rows: Iterator[tuple[int, list[GridCell]]]
