"""The columns of one sheet: each field in each language that its entries have; it writes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.files.cells import Shown
from bot.files.columns import LANGUAGES, NEEDS, Column, columns_of, value_at
from catalog.needs import Taxonomy

FEWEST_NEEDS = 3
"""Columns for needs that are there even if no offer has so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """One column as it is written: a column of the table in one language, or one of its needs."""

    column: Column
    head: str
    language: str = "de"
    place: int = 0

    def shown(self, entry: dict[str, Any]) -> Shown:
        value = value_at(entry, self.column.field)
        if self.column.field == NEEDS:
            value = (value or [])[self.place : self.place + 1]
            return self.column.form.write(value[0]) if value else ""
        if self.column.by_language:
            value = _in_language(value, self.language)
        return "" if value is None else self.column.form.write(value)


def sheet_columns(entries: Sequence[dict[str, Any]], taxonomy: Taxonomy) -> list[SheetColumn]:
    """With as many columns for needs and languages as the entries ask for."""
    most = max([FEWEST_NEEDS, *(len(entry.get(NEEDS) or []) for entry in entries)])
    used: set[str] = set()
    columns = columns_of(taxonomy)
    for entry in entries:
        for column in columns:
            used |= _languages(value_at(entry, column.field)) if column.by_language else set()
    languages = ("de", *LANGUAGES, *sorted(used - {"de", *LANGUAGES}))
    return [each for column in columns for each in _spread(column, languages, most)]


def _spread(column: Column, languages: Iterable[str], needs: int) -> Iterator[SheetColumn]:
    if column.field == NEEDS:
        for place in range(needs):
            yield SheetColumn(column=column, head=f"{column.head} {place + 1}", place=place)
    elif column.by_language:
        for language in languages:
            yield SheetColumn(column=column, head=column.in_language(language), language=language)
    else:
        yield SheetColumn(column=column, head=column.head)


def _languages(value: Any) -> set[str]:
    texts = value if isinstance(value, list) else [value]
    return {language for each in texts if each for language in each}


def _in_language(value: Any, language: str) -> Any:
    if isinstance(value, list):
        lines = [texts.get(language, "") for texts in value]
        return lines if any(lines) else None
    return value.get(language) if value else None
