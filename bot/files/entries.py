"""Entries of a file as plain mappings; what is right is decided in the catalogue."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.leftovers import leftovers_in
from catalog.needs import CatalogError, Problem, Taxonomy
from catalog.offer import Offer
from catalog.offers import offers_of
from catalog.row import CellProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """What a file says, shaped as in offers.toml, whatever its format.

    `numbers`: the row of each entry, empty if the file has no rows; `heads`: of each field the head of its
    column. `problems` are those that were seen while reading, `remarks` what a guide should know or do.
    `lacking`: fields of which the first row says already that they have no column.
    `source`: where entries come from again and again, such as "integreat"; `proposed`: the ids of drafts that
    must not go over what a guide has made of them since.
    """

    file: str
    rows: tuple[Mapping[str, Any], ...]
    numbers: tuple[int, ...] = ()
    heads: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()
    lacking: frozenset[str] = frozenset()
    source: str = ""
    proposed: frozenset[str] = frozenset()


def offers_in(
    entries: Entries, taxonomy: Taxonomy | None = None, *, real: bool = True, today: dt.date | None = None
) -> tuple[Offer, ...]:
    """The offers of a file, in its order. Raises CatalogError with every problem at once.

    In a `real` town nothing invented may be left of the fictional one. No check may be later than `today`.
    """
    offers: tuple[Offer, ...] = ()
    found = list(_leftovers(entries)) if real else []
    try:
        offers = offers_of(entries.rows, entries.file, taxonomy, entries.numbers, today=today)
    except CatalogError as error:
        found += error.problems
    problems = [*entries.problems, *_told_once(found, entries)]
    if problems:
        raise CatalogError(sorted(problems, key=_row))
    return offers


def as_json(value: Any) -> Any:
    """An entry with its dates as text."""
    if isinstance(value, Mapping):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _leftovers(entries: Entries) -> Iterable[Problem]:
    places = entries.numbers or (0,) * len(entries.rows)
    for row, number in zip(entries.rows, places, strict=True):
        for problem in leftovers_in(entries.file, {"offer": [dict(row)]}):
            if number:
                yield CellProblem(
                    file=entries.file, entry=problem.entry, field=problem.field, text=problem.text, row=number
                )
            else:
                yield problem


def _told_once(problems: Iterable[Problem], entries: Entries) -> Iterable[Problem]:
    """Of a cell that could not be read the catalogue only knows that it is missing: that is no news.

    Nor is it where the whole column is lacking, or its head is not understood.
    """
    read = {(_row(problem), problem.field) for problem in entries.problems}
    for problem in problems:
        if not isinstance(problem, CellProblem):
            yield problem
        elif problem.field not in entries.lacking and not any(
            (problem.row, field) in read for field in _with_tables(problem.field)
        ):
            yield replace(problem, column=_head(problem.field, entries.heads))


def _with_tables(name: str) -> Iterable[str]:
    """cost.amount is in cost: what is wrong with either is wrong with both."""
    yield name
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _head(name: str, heads: Mapping[str, str]) -> str:
    for candidate in _with_tables(name):
        if candidate in heads:
            return heads[candidate]
    return next((head for other, head in heads.items() if other.startswith(f"{name}.")), name)


def _row(problem: Problem) -> int:
    return problem.row if isinstance(problem, CellProblem) else 0
