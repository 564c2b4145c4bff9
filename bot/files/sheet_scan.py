"""Looks through a part of a workbook without building anything: entities, size, merged cells, last row."""

import zipfile
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from bot.files.opening import refused

MOST_ELEMENTS = 1_500_000  # of 5000 rows with 60 cells there are about 900,000
DEEPEST = 64
PIECE = 1 << 16  # bytes fed at once
_FILLED = {"v", "is", "f"}  # what a cell has inside if it is not empty


@dataclass(slots=True)
class Scan:
    """`last_row`: the last with anything in it, 0 if none has; `merged`: ranges such as A5:A7."""

    last_row: int = 0
    merged: list[str] = field(default_factory=list)
    row: int = 0
    elements: int = 0
    depth: int = 0


def scan(file: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Scan:
    """Raises CatalogError for entities and for what is too deep or too much; ExpatError if it is no XML."""
    found, parser = Scan(), expat.ParserCreate()

    def doctype(*_: Any) -> None:
        # entities are declared there and nowhere else; no spreadsheet program writes one
        raise refused(file, "declares entities, which no spreadsheet needs. Save it anew as .xlsx.")

    def start(name: str, attributes: dict[str, str]) -> None:
        found.elements += 1
        found.depth += 1
        if found.elements > MOST_ELEMENTS or found.depth > DEEPEST:
            raise refused(file, "has more in it than a table of offers. Copy the table into a new file.")
        _note(found, name.rpartition(":")[2], attributes)

    def end(_: str) -> None:
        found.depth -= 1

    parser.StartDoctypeDeclHandler, parser.StartElementHandler, parser.EndElementHandler = doctype, start, end
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            parser.Parse(piece, False)
    parser.Parse(b"", True)
    return found


def _note(found: Scan, name: str, attributes: dict[str, str]) -> None:
    if name == "row":
        number = attributes.get("r", "")
        found.row = int(number) if number.isdecimal() and len(number) < 9 else found.row + 1
    elif name in _FILLED:
        found.last_row = max(found.last_row, found.row)
    elif name == "mergeCell":
        found.merged.append(attributes.get("ref", "?")[:20])
