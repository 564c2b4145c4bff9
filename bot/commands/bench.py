"""`kurze-wege bench`: how long a turn takes on this machine; figures for docs/performance.md."""

from typing import Annotated

import typer


def bench(
    rounds: Annotated[int, typer.Option(help="rounds of each measurement; medians are shown")] = 30,
) -> None:
    """Measure one `advance`, and one turn with its commit, alone and with 16 waiting."""
    from bot.benchmark import measure

    for line in measure(rounds):
        typer.echo(line)
