"""`kurze-wege report`: prints a report from what is recorded; people are not in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from casework.evidence import REPORTS

if TYPE_CHECKING:
    from bot.settings import Settings


def report(
    name: Annotated[str | None, typer.Argument(help="which report; see --list")] = None,
    list_: Annotated[bool, typer.Option("--list", help="name every report")] = False,
    town: Annotated[str, typer.Option(help="code of the town; needed where there are several")] = "",
    form: Annotated[Literal["text", "csv"], typer.Option("--as", help="text or csv")] = "text",
    exact: Annotated[
        bool, typer.Option(help="the town's own exact figures; they must not leave the town")
    ] = False,
    demo: Annotated[bool, typer.Option("--demo", help="read the data of `make demo`")] = False,
    data_dir: Annotated[
        Path | None, typer.Option(help="where the data lie; else KURZE_WEGE_DATA_DIR or the demo's folder")
    ] = None,
) -> None:
    """Print a report. Counts of newcomers under five are hidden unless --exact is given."""
    if list_ or name is None:
        for known in REPORTS.values():
            typer.echo(f"{known.name:<12} {known.title}: {known.description}")
        return
    if name not in REPORTS:
        typer.echo(f"There is no report '{name}'. There are: {', '.join(REPORTS)}.", err=True)
        raise typer.Exit(1)
    settings, key = _of_demo(data_dir) if demo else _of_installation(data_dir)
    typer.echo(_printed(name, settings, key, _town(settings, town, demo), form, exact))


def _of_demo(data_dir: Path | None) -> "tuple[Settings, bytes]":
    from bot.demo_house import demo_folder, demo_settings
    from bot.settings import SettingsError

    place = demo_folder(data_dir)
    if not (place / "data").is_dir():
        raise SettingsError(
            [f"there are no data of a demo in {place}. Run `make demo` first, or say where with --data-dir."]
        )
    settings, key, _ = demo_settings(data_dir)
    return settings, key


def _of_installation(data_dir: Path | None) -> "tuple[Settings, bytes]":
    from bot.settings import SettingsError, read_settings, town_key

    settings = read_settings()
    if data_dir is not None:
        settings = settings.model_copy(update={"data_dir": data_dir, "database_url": None})
    key = town_key(settings)
    if settings.database_url is None and not settings.data_dir.is_dir():
        raise SettingsError(
            [f"there are no data in {settings.data_dir}. Say where they are with --data-dir, or add --demo."]
        )
    return settings, key


def _town(settings: "Settings", town: str, demo: bool) -> str:
    from bot.settings import SettingsError
    from bot.wiring import DEMO_TOWN, read_towns

    codes = [one.id for one in read_towns(settings, DEMO_TOWN)][: 1 if demo else None]
    if town not in codes and (town or len(codes) > 1):
        raise SettingsError([f"--town: name one of the towns of KURZE_WEGE_TOWNS: {', '.join(codes)}."])
    return town or codes[0]


def _printed(name: str, settings: "Settings", key: bytes, town: str, form: str, exact: bool) -> str:
    from bot.record import record_of
    from casework.evidence import as_csv, as_text
    from storage.database import Database
    from storage.keys import Keys
    from storage.writer import Writer

    writer = Writer(Database.open(settings.database_url, settings.data_dir), Keys.from_town_key(key))
    try:
        table = REPORTS[name].table(writer.run(town, record_of), exact=exact)
    finally:
        writer.close()
    return as_csv(table) if form == "csv" else as_text(table)
