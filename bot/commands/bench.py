"""`kurze-wege bench`: measurements on this machine; figures for docs/performance.md."""

from pathlib import Path
from typing import Annotated

import typer

bench = typer.Typer(no_args_is_help=True, help="Measure the product on this machine, as ratios in one run.")


@bench.callback()
def benches() -> None:
    """Measure the product on this machine, as ratios in one run."""


@bench.command("turn")
def turn(
    rounds: Annotated[int, typer.Option(help="rounds of each measurement; medians are shown")] = 30,
    postgres: Annotated[
        str | None, typer.Option(help="postgresql://... of an empty database, instead of SQLite")
    ] = None,
) -> None:
    """Measure a newcomer's turn on Telegram beside a bare aiogram echo."""
    from bot.bench.turn import measure
    from bot.logs import set_up_logs

    set_up_logs(quiet=True)
    for line in measure(rounds, postgres):
        typer.echo(line)


@bench.command("match")
def match(
    offers: Annotated[
        list[int] | None, typer.Option(help="offers in the catalogue; may be given twice")
    ] = None,
) -> None:
    """Measure the search for an offer beside three plain ways, and how long a message takes."""
    from bot.bench.match import SIZES, measure

    for line in measure(offers or SIZES):
        typer.echo(line)


@bench.command("quality")
def quality(
    held_out: Annotated[
        bool, typer.Option("--held-out", help="the messages that nobody may mend after")
    ] = False,
    messages: Annotated[Path | None, typer.Option(help="a file of messages of your own")] = None,
) -> None:
    """Show how well messages are understood, by language and by kind."""
    from bot.bench import quality as judged

    if messages is not None:
        sets = {messages.name[:11]: judged.read_rows(messages)}
    else:
        rows_of = judged.held_out if held_out else judged.development
        sets = {name: rows_of(name) for name in judged.SETS}
    for line in judged.tables(sets):
        typer.echo(line)
