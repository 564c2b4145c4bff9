"""Finds what a real town's files still have of the fictional town they were copied from; it mends nothing."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from catalog.needs import Problem

_NUMBER = re.compile(r"\+?\(?\d[\d \t()/.\-]{6,}\d")
_INVENTED = re.compile(r"(?:0049|49|0)?(?:0?6990009\d{3}|0?176040690\d{2})")  # kept free for films and plays
_PLACE = re.compile(r"[\w.@\-]*\bexample\.(?:org|com|net)\b")
_POSTAL_CODE = re.compile(r"(?<!\d)65999(?!\d)")
_DEMONSTRATION = re.compile(r"gehört zu einer Vorführung|belongs to a demonstration", re.IGNORECASE)


def leftovers_in(file: str, raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Those in a file of offers or of a town."""
    offers = raw.get("offer", [])
    entries = [row for row in offers if isinstance(row, dict)] if isinstance(offers, list) else []
    for row in entries:
        yield from _in_fields(file, str(row.get("id", "offer")), "", row)
    rest = {field: value for field, value in raw.items() if field != "offer"}
    yield from _in_fields(file, str(raw.get("id") or Path(file).stem), "", rest)


def leftovers_on(file: str, page: str) -> Iterator[Problem]:
    """Those on a page of text."""
    for number, line in enumerate(page.splitlines(), start=1):
        for text in _in_text(line):
            yield Problem(file=file, entry=f"line {number}", text=text)


def _in_fields(file: str, entry: str, field: str, value: object) -> Iterator[Problem]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _in_fields(file, entry, f"{field}.{name}" if field else str(name), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _in_fields(file, entry, field, inner)
    elif isinstance(value, str):
        for text in _in_text(value):
            yield Problem(file=file, entry=entry, field=field, text=text)


def _in_text(text: str) -> Iterator[str]:
    for found in _PLACE.findall(text):
        yield f"'{found[:80]}' is an invented address. Write the real one or leave the field out."
    for found in _NUMBER.findall(text):
        if _INVENTED.fullmatch(re.sub(r"\D", "", found)):
            yield f"'{found.strip()}' is an invented number. Write the real one or leave the field out."
    if _POSTAL_CODE.search(text):
        yield "'65999' is the fictional town's postal code. Write the real one."
    if _DEMONSTRATION.search(text):
        yield "this sentence says that the page is a demonstration. Take it out and check the whole page."
