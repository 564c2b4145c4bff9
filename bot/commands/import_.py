"""`kurze-wege import`: takes a file of offers, or all the towns' own files, into the catalogue."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar, cast

import typer

from bot.commands.in_town import DataDir, Demo, opened

if TYPE_CHECKING:
    from bot.files.entries import Entries
    from bot.files.proposals import Propose
    from bot.files.spreadsheet_in import NumberedRow
    from bot.taking_in import Taken
    from catalog.municipality import Municipality
    from storage.store import Store
    from storage.writer import Writer

T = TypeVar("T")


class _OnlyLooked(Exception):
    """Ends a dry run, so that its savepoint takes everything back."""

    def __init__(self, found: object) -> None:
        super().__init__("dry run")
        self.found = found


def import_(
    from_: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            help="file of offers (.xlsx, .csv, .json) or Integreat's address (https://...); without it the "
            "towns' own files are read; may be repeated for files of Integreat in several languages",
        ),
    ] = None,
    town: Annotated[
        str, typer.Option(help="with --from: code of the town; needed where there are several")
    ] = "",
    complete: Annotated[
        bool, typer.Option("--complete", help="with --from: withdraw what the file does not name")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would change")] = False,
    demo: Demo = False,
    data_dir: DataDir = None,
) -> None:
    """Read offers into the database, all or none; a running `kurze-wege run` uses them at once."""
    if from_:
        with opened(town, demo=demo, data_dir=data_dir) as (municipality, writer):
            taken = _taken(from_, municipality, writer, complete=complete, dry_run=dry_run)
        for line in _report(municipality, taken, dry_run=dry_run):
            typer.echo(line)
        return
    if town or complete or demo or data_dir:
        from bot.settings import SettingsError

        raise SettingsError(
            ["--town, --complete, --demo and --data-dir belong to --from. Name a file, or leave them out."]
        )
    _import_towns(dry_run)


def _taken(
    sources: list[str], town: "Municipality", writer: "Writer", *, complete: bool, dry_run: bool
) -> "Taken":
    from datetime import UTC, datetime

    from bot.taking_in import take_in

    entries = _read(sources, town)
    work = partial(take_in, town=town, entries=entries, now=datetime.now(UTC), complete=complete)
    taken = _in_one_piece(writer, town.id, work, dry_run=dry_run)
    return replace(taken, remarks=(*taken.remarks, *_lacking(entries)))


def _read(sources: list[str], town: "Municipality") -> "Entries":
    from bot.files.formats import Reading, read_files
    from bot.files.integreat_fetch import fetch_integreat
    from bot.files.integreat_in import read_integreat
    from bot.outgoing import Outgoing
    from bot.settings import SettingsError, listed, read_settings

    addresses = [source for source in sources if "://" in source]
    if addresses and len(sources) > 1:
        raise SettingsError(
            [f"--from {addresses[0][:80]}: An address stands alone. Import one after the other."]
        )
    if not addresses:
        reading = Reading(progress=_watched, propose=_proposer(town))
        return read_files([Path(source) for source in sources], reading)
    outgoing = Outgoing(hosts=listed(read_settings().integreat_hosts))
    answers = fetch_integreat(sources[0], outgoing)
    return read_integreat(sources[0], answers, _proposer(town))


def _proposer(town: "Municipality") -> "Propose":
    """Builds the index of words when the first need is to be proposed: a spreadsheet names its own."""
    from bot.files.proposals import proposer
    from bot.wiring import script_from_files

    built: list[Propose] = []

    def propose(text: str) -> list[str]:
        if not built:
            built.append(proposer(script_from_files(town).index))
        return built[0](text)

    return propose


def _watched(rows: "Iterable[NumberedRow]") -> "Iterable[NumberedRow]":
    """The same rows; whoever sits at a terminal sees them pass."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(rows, "reading rows", console=console, disable=not console.is_terminal, transient=True)


def _lacking(entries: "Entries") -> tuple[str, ...]:
    """What a guide must know who deleted columns of a spreadsheet."""
    from bot.files.columns import columns_of
    from catalog.needs import packaged_taxonomy

    columns = columns_of(packaged_taxonomy()) if entries.heads else ()
    lacking = [column.head for column in columns if column.field not in entries.heads]
    told = f"the file has no column {', '.join(lacking)}: what entries had there falls away"
    return (told,) if lacking else ()


def _report(town: "Municipality", taken: "Taken", *, dry_run: bool) -> Iterator[str]:
    would = "would be " if dry_run else ""
    yield (
        f"{town.name}: {len(taken.new)} {would}new, {len(taken.changed)} {would}changed, "
        f"{len(taken.withdrawn)} {would}withdrawn, {taken.same} as before"
    )
    for what, names in (("new", taken.new), ("changed", taken.changed), ("withdrawn", taken.withdrawn)):
        if names:
            yield f"  {what}: {', '.join(names)}"
    if taken.absent:
        yield f"  not in the file and left as they are (--complete withdraws them): {', '.join(taken.absent)}"
    yield from (f"  {remark}" for remark in taken.remarks)
    if town.fictional:
        yield f"  {town.name} is fictional: its own files win at the next start, and this import is gone then"


def _import_towns(dry_run: bool) -> None:
    from datetime import UTC, datetime

    from bot.settings import read_settings, together, town_key
    from bot.wiring import import_files, read_towns
    from storage.database import Database
    from storage.keys import Keys
    from storage.writer import Writer

    settings = read_settings()
    key, towns = together(lambda: town_key(settings), lambda: read_towns(settings))
    writer = Writer(Database.open(settings.database_url, settings.data_dir), Keys.from_town_key(key))
    verb = "would change" if dry_run else "changed"
    try:
        for town in towns:
            work = partial(import_files, town=town, now=datetime.now(UTC))
            changed = _in_one_piece(writer, town.id, work, dry_run=dry_run)
            typer.echo(
                f"{town.name}: {len(changed)} entries {verb}{': ' if changed else ''}{', '.join(changed)}"
            )
    finally:
        writer.close()


def _in_one_piece(writer: "Writer", town: str, work: "Callable[[Store], T]", *, dry_run: bool) -> T:
    def step(store: "Store") -> T:
        found = work(store)
        if dry_run:
            raise _OnlyLooked(found)
        return found

    try:
        return writer.run(town, step)
    except _OnlyLooked as looked:
        return cast("T", looked.found)
