"""Offers as a spreadsheet (xlsx or csv) that a guide fills in and that is read back; it changes nothing."""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

from bot.files.cells import Shown, guarded
from bot.files.columns import EXAMPLE, columns_of
from bot.files.sheet_columns import sheet_columns
from catalog.needs import Taxonomy, packaged_taxonomy
from catalog.offer import Offer
from catalog.offer_row import row_of


def as_csv(offers: Iterable[Offer], *, template: bool, taxonomy: Taxonomy | None = None) -> bytes:
    """With semicolons and a mark for UTF-8, as German spreadsheet programs read it at once."""
    entries = [*([example(taxonomy)] if template else []), *(row_of(offer, whole=True) for offer in offers)]
    columns = sheet_columns(entries, taxonomy or packaged_taxonomy())
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.head for column in columns)
    for entry in entries:
        writer.writerow(guarded(_as_text(column.shown(entry))) for column in columns)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(offers: Iterable[Offer], *, template: bool, taxonomy: Taxonomy | None = None) -> bytes:
    """One sheet of offers, one of explanations, one of the lists that the drop-downs offer."""
    from bot.files.workbook_out import workbook  # noqa: PLC0415 - loads a library that few commands need

    entries = [*([example(taxonomy)] if template else []), *(row_of(offer, whole=True) for offer in offers)]
    taxonomy = taxonomy or packaged_taxonomy()
    return workbook(entries, sheet_columns(entries, taxonomy), columns_of(taxonomy))


def example(taxonomy: Taxonomy | None = None) -> dict[str, Any]:
    """The template's row that shows how to fill it in; an import leaves it out."""
    entry: dict[str, Any] = {}
    for column in columns_of(taxonomy or packaged_taxonomy()):
        table, _, name = column.field.rpartition(".")
        if column.example is not None:
            (entry.setdefault(table, {}) if table else entry)[name] = column.example
    entry["assured_date"] = dt.date.fromisoformat(entry["assured_date"])
    return entry | {"id": EXAMPLE}


def _as_text(value: Shown) -> str:
    if isinstance(value, float):
        return str(value).replace(".", ",")  # a German program would read 12.5 as a date
    return value.isoformat() if isinstance(value, dt.date) else str(value)
