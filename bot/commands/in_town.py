"""Opens the one town that a command is about, and closes its database again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings
    from catalog.municipality import Municipality
    from storage.writer import Writer

Demo = Annotated[bool, typer.Option("--demo", help="use the data of `make demo`")]
DataDir = Annotated[
    Path | None,
    typer.Option(help="where the data lie; else KURZE_WEGE_DATA_DIR or, with --demo, the demo's folder"),
]


@contextmanager
def opened(
    town: str,
    *,
    demo: bool = False,
    data_dir: Path | None = None,
    default: Path | None = None,
    must_exist: bool = False,
) -> "Iterator[tuple[Municipality, Writer]]":
    """The town with this code, or the only one; of the demo its one town.

    `default` is the folder of the town that is meant where the settings name none. Data that `must_exist` are
    not begun here; those of a demo never are. Raises SettingsError, StorageError, CatalogError.
    """
    from bot.settings import together, town_key
    from bot.wiring import DEMO_TOWN, read_towns
    from storage.database import Database
    from storage.keys import Keys
    from storage.writer import Writer

    settings = _of_demo(data_dir) if demo else _of_installation(data_dir)
    towns_of = DEMO_TOWN if demo else default
    key, towns = together(lambda: town_key(settings), lambda: read_towns(settings, towns_of))
    if must_exist:
        _must_exist(settings)
    wanted = _named(towns[:1] if demo else towns, town)
    writer = Writer(Database.open(settings.database_url, settings.data_dir), Keys.from_town_key(key))
    try:
        yield wanted, writer
    finally:
        writer.close()


def _of_demo(data_dir: Path | None) -> "Settings":
    from bot.demo_house import demo_folder, demo_settings
    from bot.settings import SettingsError

    place = demo_folder(data_dir)
    if not (place / "data").is_dir():
        raise SettingsError(
            [f"there are no data of a demo in {place}. Run `make demo` first, or say where with --data-dir."]
        )
    settings, _, _ = demo_settings(data_dir)
    return settings


def _of_installation(data_dir: Path | None) -> "Settings":
    from bot.settings import read_settings

    settings = read_settings()
    if data_dir is None:
        return settings
    return settings.model_copy(update={"data_dir": data_dir, "database_url": None})


def _must_exist(settings: "Settings") -> None:
    from bot.settings import SettingsError

    if settings.database_url is None and not settings.data_dir.is_dir():
        raise SettingsError(
            [f"there are no data in {settings.data_dir}. Say where they are with --data-dir, or add --demo."]
        )


def _named(towns: "Sequence[Municipality]", town: str) -> "Municipality":
    from bot.settings import SettingsError

    named = {one.id: one for one in towns}
    if town not in named and (town or len(named) > 1):
        raise SettingsError([f"--town must name a town of KURZE_WEGE_TOWNS. There are: {', '.join(named)}."])
    return named[town] if town else towns[0]
