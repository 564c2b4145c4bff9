"""`kurze-wege import`: takes the towns' files into the catalogue; what they no longer name is withdrawn."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from catalog.municipality import Municipality
    from storage.store import Store
    from storage.writer import Writer


class _OnlyLooked(Exception):
    """Ends a dry run, so that its savepoint takes everything back."""

    def __init__(self, changed: tuple[str, ...]) -> None:
        super().__init__("dry run")
        self.changed = changed


def import_(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would change")] = False,
) -> None:
    """Read the files of KURZE_WEGE_TOWNS into the database; a running `kurze-wege run` uses them at once."""
    from bot.settings import read_settings, together, town_key
    from bot.wiring import read_towns
    from storage.database import Database
    from storage.keys import Keys
    from storage.writer import Writer

    settings = read_settings()
    key, towns = together(lambda: town_key(settings), lambda: read_towns(settings))
    writer = Writer(Database.open(settings.database_url, settings.data_dir), Keys.from_town_key(key))
    verb = "would change" if dry_run else "changed"
    try:
        for town in towns:
            changed = _changed(writer, town, dry_run)
            typer.echo(
                f"{town.name}: {len(changed)} entries {verb}{': ' if changed else ''}{', '.join(changed)}"
            )
    finally:
        writer.close()


def _changed(writer: "Writer", town: "Municipality", dry_run: bool) -> tuple[str, ...]:
    from datetime import UTC, datetime

    from bot.wiring import import_files

    def work(store: "Store") -> tuple[str, ...]:
        changed = import_files(store, town, datetime.now(UTC))
        if dry_run:
            raise _OnlyLooked(changed)
        return changed

    try:
        return writer.run(town.id, work)
    except _OnlyLooked as looked:
        return looked.changed
