"""The first row of a spreadsheet: which column is which field, in which language; it reads no further."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.files.columns import NEEDS, Column
from bot.files.grid import Grid, GridCell
from bot.files.opening import refused
from catalog.row import CellProblem, did_you_mean

_IN_A_LANGUAGE = re.compile(r"(.+?) ?\(([a-z]{2,3}(?:_[A-Za-z]{2,4})?)\)")
_NUMBERED = re.compile(r"(\D+) \d{1,3}")
_TEMPLATE = "`kurze-wege export --template` makes a file with every column."

Told = tuple[str, str]
"""A column's head, and what is wrong with it."""

SKIPPED = "skipped"
"""Stands for a column whose head is not understood: that is told once, and its cells are not read."""


@dataclass(frozen=True, slots=True)
class Head:
    """One column of the file: what it is, in which language, and what stands in its first row."""

    column: Column
    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The first row. `columns` in the order of the file, None for one without a head.

    `lacking`: fields that have no column; only told if something is wrong with the first row, for then the
    rows below need not say it again.
    """

    columns: tuple[Head | str | None, ...]
    problems: tuple[CellProblem, ...] = ()
    lacking: frozenset[str] = frozenset()

    @property
    def understood(self) -> list[Head]:
        return [head for head in self.columns if isinstance(head, Head)]


def heads_of(grid: Grid, columns: Iterable[Column]) -> Heads:
    """The columns of the grid's first row. Raises CatalogError if there is none."""
    number, cells = next(grid.rows, (0, []))
    if not cells:
        raise refused(grid.file, f"has no rows. {_TEMPLATE}")
    known = {name: column for column in columns for name in (column.head.casefold(), column.field)}
    texts = [_text(cell) for cell in cells]
    heads = [_head(text, known) for text in texts]
    told = [*_unknown(texts, heads, known), *_twice(heads), *_lacking(heads, known)]
    return Heads(
        columns=tuple(_once(texts, heads)),
        problems=tuple(
            CellProblem(file=grid.file, entry="", text=text, row=number, column=head) for head, text in told
        ),
        lacking=frozenset(column.field for column in known.values()) - _present(heads)
        if told
        else frozenset(),
    )


def _once(texts: Sequence[str], heads: Sequence[Head | None]) -> Iterator[Head | str | None]:
    """Of two columns with one head only the first is read: nobody knows which of them is meant."""
    seen: set[tuple[str, str]] = set()
    for text, head in zip(texts, heads, strict=True):
        known = head is not None and (head.column.field, head.language) in seen
        yield (SKIPPED if known or (text and head is None) else head)
        if head is not None and head.column.field != NEEDS:
            seen.add((head.column.field, head.language))


def _text(cell: GridCell) -> str:
    return " ".join(cell[:200].split()) if isinstance(cell, str) else "?"


def _head(text: str, known: Mapping[str, Column]) -> Head | None:
    column = known.get(text.casefold())
    if column is not None:
        return Head(column, "de", text)
    if found := _IN_A_LANGUAGE.fullmatch(text):
        column = known.get(found[1].casefold())
        return Head(column, found[2], text) if column is not None and column.by_language else None
    if found := _NUMBERED.fullmatch(text):
        column = known.get(found[1].casefold())
        return Head(column, "de", text) if column is not None and column.field == NEEDS else None
    return None


def _unknown(texts: list[str], heads: list[Head | None], known: Mapping[str, Column]) -> Iterator[Told]:
    present = _present(heads)  # what is there already was not meant
    names = {column.head for column in known.values() if column.field not in present}
    for text, head in zip(texts, heads, strict=True):
        if text and head is None:
            yield text, f"is no column of the template.{did_you_mean(text, names)} Rename or remove it."


def _twice(heads: list[Head | None]) -> Iterator[Told]:
    seen: set[tuple[str, str]] = set()
    for head in heads:
        if head is not None and head.column.field != NEEDS:
            if (head.column.field, head.language) in seen:
                yield head.text, "stands twice. Remove one of the two."
            seen.add((head.column.field, head.language))


def _lacking(heads: list[Head | None], known: Mapping[str, Column]) -> Iterator[Told]:
    present = _present(heads)
    for column in {column.field: column for column in known.values()}.values():
        if column.required and column.field not in present:
            yield column.head, f"is lacking. Add a column with this head. {_TEMPLATE}"


def _present(heads: Iterable[Head | None]) -> set[str]:
    return {head.column.field for head in heads if head is not None and head.language == "de"}
