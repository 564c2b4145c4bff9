"""`kurze-wege demo`: the running product with the fictional town; no token and no other server."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    port: Annotated[int, typer.Option(help="port of the web pages")] = 8000,
    data_dir: Annotated[Path | None, typer.Option(help="where the demo keeps its data")] = None,
) -> None:
    """Start the product with the fictional town of Erlenfels on this computer."""
    import asyncio

    from bot.demo_house import demo_settings
    from bot.doors import TELEGRAM
    from bot.logs import set_up_logs
    from bot.serving import serve
    from bot.team_entry import TeamEntry
    from bot.wiring import DEMO_TOWN, build_house, read_towns
    from casework.team import Role

    set_up_logs(quiet=True)
    settings, key, place = demo_settings(data_dir)
    house = build_house(settings, key, read_towns(settings, DEMO_TOWN)[:1], every_language=True)
    town = next(iter(house.towns.values()))

    def ready(address: str) -> None:
        invitation = asyncio.run(TeamEntry(house).invited(town.id, Role.GUIDE))
        for line in (
            f"Kurze Wege - demo with the fictional town {town.municipality.name}. Enter no real data here.",
            f"  Web chat for newcomers:  {address}/",
            f"  Data and throw-away key: {place}  (delete the folder to start afresh)",
            "  Texts in English, Arabic and Ukrainian have not been read by native speakers yet.",
            "Stop with Ctrl-C. The guide's desk opens with this invitation, once and within 72 hours:",
            f"{address}/desk/einladung/{invitation}",
        ):
            typer.echo(line)

    def connected(where: tuple[str, str], name: str) -> None:
        who = "newcomers" if where[1] == TELEGRAM else "the team"
        typer.echo(f"  Telegram bot for {who}: https://t.me/{name}")

    serve(house, settings, port, demo=True, ready=ready, connected=connected)
