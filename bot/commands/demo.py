"""`kurze-wege demo`: the running product with the fictional town; no token and no other server."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.house import House


def demo(
    port: Annotated[int, typer.Option(help="port of the web pages")] = 8000,
    data_dir: Annotated[Path | None, typer.Option(help="where the demo keeps its data")] = None,
) -> None:
    """Start the product with the fictional town of Erlenfels on this computer."""
    from bot.commands.learn import say_that_it_learns
    from bot.demo_house import demo_settings
    from bot.lines import News, sentence
    from bot.logs import set_up_logs
    from bot.serving import serve
    from bot.standby import alone
    from bot.wiring import DEMO_TOWN, build_house, read_towns

    set_up_logs(quiet=True)
    settings, key, place = demo_settings(data_dir)

    def tell(news: News) -> None:
        typer.echo(sentence(news))

    def serve_town() -> None:
        towns = read_towns(settings, DEMO_TOWN)[:1]
        house = build_house(settings, key, towns, every_language=True, tell=say_that_it_learns)

        def ready(address: str) -> None:
            for line in _welcome(house, address, place):
                typer.echo(line)

        serve(house, settings, port, demo=True, ready=ready, tell=tell)

    def waiting() -> None:
        # whoever tries it out has no use for a standby, and would wait in vain for a page
        for line in _runs_already(place):
            typer.echo(line, err=True)
        raise typer.Exit(1)

    alone(settings, waiting=waiting, serve=serve_town)


def _welcome(house: "House", address: str, place: Path) -> Iterator[str]:
    import asyncio

    from bot.team_entry import TeamEntry
    from casework.team import Role

    town = next(iter(house.towns.values()))
    invitation = asyncio.run(TeamEntry(house).invited(town.id, Role.GUIDE))
    yield f"Kurze Wege - demo with the fictional town {town.municipality.name}. Enter no real data here."
    yield f"  Web chat for newcomers:  {address}/"
    yield f"  Data and throw-away key: {place}  (delete the folder to start afresh)"
    yield "  Texts in English, Arabic and Ukrainian have not been read by native speakers yet."
    yield "Stop with Ctrl-C. The guide's desk opens with this invitation, once and within 72 hours:"
    yield f"{address}/desk/einladung/{invitation}"


def _runs_already(place: Path) -> Iterator[str]:
    command = sys.argv[0] if sys.argv[0].endswith("kurze-wege") else "kurze-wege"  # as it was found this time
    yield f"The demo runs already, perhaps in another terminal: its data in {place} are in use."
    yield f"For a second one beside it: {command} demo --port 8010 --data-dir /tmp/other"
