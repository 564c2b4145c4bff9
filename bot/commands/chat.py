"""`kurze-wege chat`: the newcomer's conversation in the terminal, for a person or a script."""

import base64
import secrets
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer


def chat(
    town: Annotated[str, typer.Option(help="code of the town, or the folder of its files")] = "erlenfels",
    lang: Annotated[str, typer.Option(help="language to start in, such as en")] = "de",
    name: Annotated[
        str | None, typer.Option("--as", help="come back under this name; needs a town key")
    ] = None,
) -> None:
    """Talk to the bot here. Replies start with "< ", choices are numbered; lines may come from a pipe."""
    from bot.logs import set_up_logs
    from bot.settings import SettingsError, read_settings, town_key

    set_up_logs(quiet=True)
    settings = read_settings().model_copy(update={"towns": town})
    if settings.town_key is not None or settings.town_key_file is not None:
        _hold(settings.data_dir, town_key(settings), town, lang, name)
        return
    if name is not None:
        raise SettingsError(["--as needs KURZE_WEGE_TOWN_KEY, else nothing is kept to come back to."])
    typer.echo("No KURZE_WEGE_TOWN_KEY is set: this conversation is thrown away at the end.", err=True)
    with TemporaryDirectory(prefix="kurze-wege-") as folder:
        key = base64.b64encode(secrets.token_bytes(32))
        _hold(Path(folder), base64.b64decode(key), town, lang, name)


def _hold(data_dir: Path, key: bytes, town: str, lang: str, name: str | None) -> None:
    import asyncio

    from bot.channels.terminal import Terminal
    from bot.newcomer_desk import NewcomerDesk
    from bot.settings import SettingsError, read_settings
    from bot.wiring import build_house, read_towns

    settings = read_settings().model_copy(update={"towns": town, "data_dir": data_dir})
    house = build_house(settings, key, read_towns(settings), every_language=True)
    try:
        script = next(iter(house.towns.values())).script
        if lang not in script.languages:
            raise SettingsError([f"--lang {lang} is not offered. There are: {', '.join(script.languages)}."])
        terminal = Terminal(NewcomerDesk(house), next(iter(house.towns)), lang, sys.stdout, name)
        asyncio.run(terminal.hold(sys.stdin))
    finally:
        house.writer.close()
