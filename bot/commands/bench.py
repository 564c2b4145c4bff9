"""`kurze-wege bench`: measurements on this machine; figures for docs/performance.md."""

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
