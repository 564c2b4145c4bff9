"""`kurze-wege report`: prints a report from what is recorded; people are not in it."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands.in_town import DataDir, Demo, opened
from casework.evidence import REPORTS

if TYPE_CHECKING:
    from storage.writer import Writer


def report(
    name: Annotated[str | None, typer.Argument(help="which report; see --list")] = None,
    list_: Annotated[bool, typer.Option("--list", help="name every report")] = False,
    town: Annotated[str, typer.Option(help="code of the town; needed where there are several")] = "",
    form: Annotated[Literal["text", "csv"], typer.Option("--as", help="text or csv")] = "text",
    exact: Annotated[
        bool, typer.Option(help="the town's own exact figures; they must not leave the town")
    ] = False,
    demo: Demo = False,
    data_dir: DataDir = None,
) -> None:
    """Print a report. Counts of newcomers under five are hidden unless --exact is given."""
    if list_ or name is None:
        for known in REPORTS.values():
            typer.echo(f"{known.name:<12} {known.title}: {known.description}")
        return
    if name not in REPORTS:
        typer.echo(f"There is no report '{name}'. There are: {', '.join(REPORTS)}.", err=True)
        raise typer.Exit(1)
    from bot.wiring import DEMO_TOWN

    with opened(town, demo=demo, data_dir=data_dir, default=DEMO_TOWN, must_exist=True) as (one, writer):
        typer.echo(_printed(name, writer, one.id, form, exact))


def _printed(name: str, writer: "Writer", town: str, form: str, exact: bool) -> str:
    from bot.record import record_of
    from casework.evidence import as_csv, as_text

    table = REPORTS[name].table(writer.run(town, record_of), exact=exact)
    return as_csv(table) if form == "csv" else as_text(table)
