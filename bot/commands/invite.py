"""`kurze-wege invite`: the first way into the guide desk; everybody else is invited on its team page."""

from typing import Annotated, Literal

import typer


def invite(
    town: Annotated[str, typer.Option(help="code of the town; needed where there are several")] = "",
    role: Annotated[Literal["guide", "deputy", "lead"], typer.Option(help="who is invited")] = "guide",
    member: Annotated[
        str | None, typer.Option("--for", help="name of someone on the team who needs a new password")
    ] = None,
) -> None:
    """Print a link into the desk; it works once, within 72 hours. `kurze-wege run` may go on meanwhile."""
    import asyncio

    from bot.logs import set_up_logs
    from bot.settings import SettingsError, read_settings, together, town_key
    from bot.team_entry import TeamEntry
    from bot.wiring import build_house, read_towns
    from casework.team import Role

    set_up_logs(quiet=True)
    settings = read_settings()
    key, towns = together(lambda: town_key(settings), lambda: read_towns(settings))
    codes = [one.id for one in towns]
    if town not in codes and (town or len(codes) > 1):
        raise SettingsError([f"--town must name a town of KURZE_WEGE_TOWNS. There are: {', '.join(codes)}."])
    house = build_house(settings, key, towns, every_language=False)
    try:
        entry, chosen = TeamEntry(house), town or codes[0]
        if member is None:
            token = asyncio.run(entry.invited(chosen, Role(role)))
        else:
            token = asyncio.run(entry.renewed(chosen, member)) or ""
    finally:
        house.writer.close()
    if not token:
        raise SettingsError([f"--for: nobody on the team of {chosen} signs in as {member}. Check the name."])
    site = settings.public_url or f"http://{settings.host}:{settings.port}"
    typer.echo(f"{site.rstrip('/')}/desk/einladung/{token}")
    typer.echo("It works once, within 72 hours, for whoever has it: hand it over in person.", err=True)
