"""The workbook of offers: drop-downs, explanations, lists; everything in it is text, a number or a date."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from bot.files.cells import Shown, guarded
from bot.files.columns import SHEET, Column
from bot.files.grid import MOST_ROWS
from bot.files.sheet_columns import SheetColumn
from bot.offer_labels import LABELS

EXPLANATIONS = "Erklärungen"
LISTS = "Listen"
HOW = (
    "Jede Zeile im Blatt „Angebote“ ist ein Eintrag. Die erste Zeile bitte nicht ändern.",
    "Gelb: muss ausgefüllt sein. Wo eine Liste aufgeht, bitte daraus wählen.",
    "Keine Formeln und keine verbundenen Zellen. Keine Namen von Personen, nur Funktionen.",
    "Die Zeile mit der Kennung „beispiel-sprachcafe“ zeigt, wie es gemeint ist; sie wird nicht übernommen.",
    "Fehlt ein Eintrag in der Datei, bleibt er trotzdem bestehen. Beendet ist er mit dem Stand „beendet“.",
)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDE = 44
_NARROW = 18


def workbook(
    entries: Sequence[dict[str, Any]], columns: Sequence[SheetColumn], table: Sequence[Column]
) -> bytes:
    """The file's bytes. They hold no time, so that the same offers make the same file."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties({"created": dt.datetime(2000, 1, 1), "title": SHEET})  # noqa: DTZ001 - a naive one is asked for
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6EE"}),
        "must": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#FFF2B3"}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }
    sheet = book.add_worksheet(SHEET)
    explained, listed = book.add_worksheet(EXPLANATIONS), book.add_worksheet(LISTS)
    _write_offers(sheet, entries, columns, formats)
    _offer_choices(sheet, columns, _write_lists(listed, table, formats))
    _write_explanations(explained, table, formats)
    book.close()
    return stream.getvalue()


def _write_offers(
    sheet: Any, entries: Sequence[dict[str, Any]], columns: Sequence[SheetColumn], formats: Mapping[str, Any]
) -> None:
    for place, column in enumerate(columns):
        must = column.column.required and column.language == "de" and column.place == 0
        kind = "day" if type(column.column.form).__name__ == "Day" else "text"
        sheet.set_column(place, place, _WIDE if column.column.by_language else _NARROW, formats[kind])
        sheet.write_string(0, place, column.head, formats["must" if must else "head"])
    for number, entry in enumerate(entries, start=1):
        for place, column in enumerate(columns):
            _write(sheet, (number, place), column.shown(entry), formats)
    sheet.freeze_panes(1, 2)


def _write(sheet: Any, at: tuple[int, int], value: Shown, formats: Mapping[str, Any]) -> None:
    if isinstance(value, dt.date):
        sheet.write_datetime(*at, value, formats["day"])
    elif isinstance(value, int | float):
        sheet.write_number(*at, value, formats["number"])
    elif value:
        # a text cell is never a formula; the apostrophe is for texts that bring one of their own
        sheet.write_string(*at, guarded(value) if value.startswith("'") else value, formats["text"])


def _write_lists(sheet: Any, table: Sequence[Column], formats: Mapping[str, Any]) -> dict[str, str]:
    """The range with the choices of each field that has some."""
    ranges = {}
    with_choices = [column for column in table if column.form.choices]
    for place, column in enumerate(with_choices):
        sheet.set_column(place, place, _WIDE)
        sheet.write_string(0, place, column.head, formats["head"])
        for number, choice in enumerate(column.form.choices, start=1):
            sheet.write_string(number, place, choice)
        ranges[column.field] = (place, len(column.form.choices))
    sheet.freeze_panes(1, 0)
    return {field: _range(*where) for field, where in ranges.items()}


def _range(place: int, count: int) -> str:
    return f"='{LISTS}'!{xl_range_abs(1, place, count, place)}"


def _offer_choices(sheet: Any, columns: Sequence[SheetColumn], ranges: Mapping[str, str]) -> None:
    for place, column in enumerate(columns):
        if column.column.field in ranges:
            rule = {
                "validate": "list",
                "source": ranges[column.column.field],
                "error_title": column.column.head,
                "error_message": "Bitte aus der Liste wählen.",
            }
            sheet.data_validation(1, place, MOST_ROWS, place, rule)


def _write_explanations(sheet: Any, table: Sequence[Column], formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 1, 28)
    sheet.set_column(2, 2, 100, formats["text"])
    for number, line in enumerate(HOW):
        sheet.write_string(number, 0, line)
    top = len(HOW) + 1
    for place, head in enumerate(("Spalte", "Muss ausgefüllt sein", "Was hinein gehört")):
        sheet.write_string(top, place, head, formats["head"])
    for number, column in enumerate(table, start=top + 1):
        sheet.write_string(number, 0, column.head)
        sheet.write_string(number, 1, "ja" if column.required else "")
        sheet.write_string(number, 2, _explained(column))


def _explained(column: Column) -> str:
    some = getattr(column.form, "kind", None)
    if some is None or column.form.choices:
        return column.remark
    return f"{column.remark} Möglich: {', '.join(LABELS[some].values())}."
