"""Which format a file has, and who reads or writes it: one table for each way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.files.entries import Entries
from bot.files.hsds_in import read_hsds
from bot.files.hsds_out import write_hsds
from bot.files.integreat_in import is_integreat, read_integreat
from bot.files.json_file import read_json
from bot.files.opening import refused
from bot.files.proposals import Propose, nothing
from bot.files.spreadsheet_in import Progress, read_spreadsheet
from bot.files.spreadsheet_out import as_csv, as_xlsx
from bot.files.whole_file import write_whole
from catalog.offer import Offer

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a file is read: who looks on as rows pass, and who proposes needs where none are named."""

    progress: Progress = iter
    propose: Propose = nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What is written: the offers of a town; with `template` a row that shows how to fill it in."""

    offers: Sequence[Offer]
    town: str = ""
    template: bool = False


def _read_spreadsheet(paths: Sequence[Path], reading: Reading) -> Entries:
    if len(paths) > 1:
        raise refused(paths[1].name, "is one too many. Import one spreadsheet at a time.")
    return read_spreadsheet(paths[0], progress=reading.progress)


def _read_json(paths: Sequence[Path], reading: Reading) -> Entries:
    """HSDS or Integreat, by what is in it; of Integreat several files, one for each language."""
    contents = [read_json(path) for path in paths]
    if all(map(is_integreat, contents)):
        return read_integreat(paths[0].name, contents, reading.propose)
    if len(paths) > 1:
        raise refused(paths[1].name, "is one too many. Only answers of Integreat are taken together.")
    return read_hsds(paths[0], contents[0], reading.propose)


def _write_xlsx(path: Path, writing: Writing) -> None:
    write_whole(path, as_xlsx(writing.offers, template=writing.template))


def _write_csv(path: Path, writing: Writing) -> None:
    write_whole(path, as_csv(writing.offers, template=writing.template))


def _write_hsds(path: Path, writing: Writing) -> None:
    if writing.template:
        raise refused(path.name, "is no spreadsheet. --template makes an .xlsx or .csv.")
    write_hsds(path, writing.offers, writing.town)


READERS: Mapping[str, Callable[[Sequence[Path], Reading], Entries]] = {
    ".xlsx": _read_spreadsheet,
    ".csv": _read_spreadsheet,
    ".json": _read_json,
}
WRITERS: Mapping[str, Callable[[Path, Writing], None]] = {
    ".xlsx": _write_xlsx,
    ".csv": _write_csv,
    ".json": _write_hsds,
}


def read_files(paths: Sequence[Path], reading: Reading | None = None) -> Entries:
    """What the files say, by the end of the first one's name. Raises CatalogError if one cannot be read."""
    readers = {_of(READERS, path) for path in paths}
    if len(readers) > 1:
        raise refused(paths[1].name, "is of another format. Import one after the other.")
    return readers.pop()(paths, reading or Reading())


def write_file(path: Path, writing: Writing) -> None:
    """Writes the offers in the format that the end of the name says. Raises CatalogError."""
    _of(WRITERS, path)(path, writing)


def _of(table: Mapping[str, T], path: Path) -> T:
    if path.suffix.lower() in table:
        return table[path.suffix.lower()]
    ends = f"'{path.suffix}'" if path.suffix else "nothing"
    raise refused(path.name, f"ends in {ends}. Save it as one of: {', '.join(table)}.")
