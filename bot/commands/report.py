"""`kurze-wege report`: prints a report from what is recorded; people are not in it."""

from typing import Annotated, Literal

import typer

from casework.evidence import REPORTS


def report(
    name: Annotated[str | None, typer.Argument(help="which report; see --list")] = None,
    list_: Annotated[bool, typer.Option("--list", help="name every report")] = False,
    town: Annotated[str, typer.Option(help="code of the town")] = "erlenfels",
    form: Annotated[Literal["text", "csv"], typer.Option("--as", help="text or csv")] = "text",
    exact: Annotated[
        bool, typer.Option(help="the town's own exact figures; they must not leave the town")
    ] = False,
) -> None:
    """Print a report. Counts of newcomers under five are hidden unless --exact is given."""
    if list_ or name is None:
        for known in REPORTS.values():
            typer.echo(f"{known.name:<12} {known.title}: {known.description}")
        return
    if name not in REPORTS:
        typer.echo(f"There is no report '{name}'. There are: {', '.join(REPORTS)}.", err=True)
        raise typer.Exit(1)
    typer.echo(_printed(name, town, form, exact))


def _printed(name: str, town: str, form: str, exact: bool) -> str:
    from bot.record import record_of
    from bot.settings import read_settings, town_key
    from casework.evidence import as_csv, as_text
    from storage.database import Database
    from storage.keys import Keys
    from storage.writer import Writer

    settings = read_settings()
    writer = Writer(
        Database.open(settings.database_url, settings.data_dir), Keys.from_town_key(town_key(settings))
    )
    try:
        table = REPORTS[name].table(writer.run(town, record_of), exact=exact)
    finally:
        writer.close()
    return as_csv(table) if form == "csv" else as_text(table)
