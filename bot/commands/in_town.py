"""Opens the one town that a command is about, and closes its database again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catalog.municipality import Municipality
    from storage.writer import Writer


@contextmanager
def opened(town: str) -> "Iterator[tuple[Municipality, Writer]]":
    """The town with this code, or the only one. Raises SettingsError, StorageError, CatalogError."""
    from bot.settings import SettingsError, read_settings, together, town_key
    from bot.wiring import read_towns
    from storage.database import Database
    from storage.keys import Keys
    from storage.writer import Writer

    settings = read_settings()
    key, towns = together(lambda: town_key(settings), lambda: read_towns(settings))
    named = {one.id: one for one in towns}
    if town not in named and (town or len(named) > 1):
        raise SettingsError([f"--town must name a town of KURZE_WEGE_TOWNS. There are: {', '.join(named)}."])
    writer = Writer(Database.open(settings.database_url, settings.data_dir), Keys.from_town_key(key))
    try:
        yield (named[town] if town else towns[0]), writer
    finally:
        writer.close()
