"""Which format a file has, and who reads or writes it: one table for each way."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from bot.files.entries import Entries
from bot.files.opening import refused
from bot.files.spreadsheet_in import Progress, read_spreadsheet
from bot.files.spreadsheet_out import write_csv, write_xlsx
from catalog.offer import Offer

T = TypeVar("T")
Read = Callable[[Path, Progress], Entries]
Write = Callable[[Path, Sequence[Offer], bool], None]


def _spreadsheet(path: Path, progress: Progress) -> Entries:
    return read_spreadsheet(path, progress=progress)


def _xlsx(path: Path, offers: Sequence[Offer], template: bool) -> None:
    write_xlsx(path, offers, template=template)


def _csv(path: Path, offers: Sequence[Offer], template: bool) -> None:
    write_csv(path, offers, template=template)


READERS: Mapping[str, Read] = {".xlsx": _spreadsheet, ".csv": _spreadsheet}
WRITERS: Mapping[str, Write] = {".xlsx": _xlsx, ".csv": _csv}


def read_file(path: Path, progress: Progress = iter) -> Entries:
    """What the file says, by the end of its name. Raises CatalogError if it cannot be read."""
    return _of(READERS, path)(path, progress)


def write_file(path: Path, offers: Sequence[Offer], *, template: bool = False) -> None:
    """Writes the offers in the format that the end of the name says. Raises CatalogError."""
    _of(WRITERS, path)(path, offers, template)


def _of(table: Mapping[str, T], path: Path) -> T:
    if path.suffix.lower() in table:
        return table[path.suffix.lower()]
    ends = f"'{path.suffix}'" if path.suffix else "nothing"
    raise refused(path.name, f"ends in {ends}. Save it as one of: {', '.join(table)}.")
