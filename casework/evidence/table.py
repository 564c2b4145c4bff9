"""A table as people get it, on paper and in a spreadsheet; where its figures come from it does not know."""

import csv
import io
from dataclasses import dataclass

# A spreadsheet runs a cell that starts like this; the wide forms count, since some fold them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`rows` are as wide as `columns`; `notes` say what a reader must know to read the figures right."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def as_text(table: Table) -> str:
    """Aligned columns for a terminal or a mail, figures to the right; ends with a newline."""
    lines = (table.columns, *table.rows)
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.columns))]
    figures = [_only_figures(table, column) for column in range(len(table.columns))]
    laid = [_line(line, widths, figures) for line in lines]
    rule = "-" * max(len(line) for line in (table.title, *laid))
    body = laid[1:] or ["(noch nichts)"]
    notes = ("", *table.notes) if table.notes else ()
    return "\n".join([table.title, rule, laid[0], rule, *body, *notes, ""])


def as_csv(table: Table) -> str:
    """For a spreadsheet set to German: semicolons, all quoted; cells that start like a formula are text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_plain(cell) for cell in line] for line in (table.columns, *table.rows))
    return out.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell


def _only_figures(table: Table, column: int) -> bool:
    return bool(table.rows) and all(row[column].lstrip("<").isdecimal() for row in table.rows)


def _line(cells: tuple[str, ...], widths: list[int], figures: list[bool]) -> str:
    laid = (
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, figures, strict=True)
    )
    return "  ".join(laid).rstrip()
