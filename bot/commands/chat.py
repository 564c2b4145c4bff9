"""`kurze-wege chat`: the newcomer's conversation in the terminal, for a person or a script."""

import os
import secrets
import sys
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

if TYPE_CHECKING:
    from bot.settings import Settings


def chat(
    town: Annotated[str, typer.Option(help="code of the town, or the folder of its files")] = "erlenfels",
    lang: Annotated[
        str | None, typer.Option(help="language to speak, such as en; it is asked if none is given")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--as", help="come back under this name; needs a town key")
    ] = None,
) -> None:
    """Talk to the bot here. Replies start with "< ", choices are numbered; lines may come from a pipe."""
    from bot.logs import set_up_logs
    from bot.settings import KEY_BYTES, SettingsError, read_settings, town_key

    set_up_logs(quiet=True)
    settings = read_settings().model_copy(update={"towns": town})
    if settings.town_key is not None or settings.town_key_file is not None:
        _hold(settings, town_key(settings), lang, name)
        return
    if name is not None:
        raise SettingsError(["--as needs KURZE_WEGE_TOWN_KEY, else nothing is kept to come back to."])
    typer.echo("No KURZE_WEGE_TOWN_KEY is set: this conversation is thrown away at the end.", err=True)
    with TemporaryDirectory(prefix="kurze-wege-") as folder:
        throw_away = {"data_dir": Path(folder), "database_url": None}
        _hold(settings.model_copy(update=throw_away), secrets.token_bytes(KEY_BYTES), lang, name)


def _hold(settings: "Settings", key: bytes, lang: str | None, name: str | None) -> None:
    import asyncio

    from bot.channels.terminal import Terminal
    from bot.commands.learn import say_that_it_learns
    from bot.newcomer_desk import NewcomerDesk
    from bot.settings import SettingsError
    from bot.wiring import build_house, read_towns
    from dialogs.wording import SOURCE

    house = build_house(settings, key, read_towns(settings), every_language=True, tell=say_that_it_learns)
    try:
        script = next(iter(house.towns.values())).script
        if lang is not None and lang not in script.languages:
            raise SettingsError([f"--lang {lang} is not offered. There are: {', '.join(script.languages)}."])
        terminal = Terminal(NewcomerDesk(house), next(iter(house.towns)), lang or SOURCE, sys.stdout, name)
        asyncio.run(terminal.hold(_lines(), f"/language {lang}" if lang is not None else ""))
    except BrokenPipeError:  # whoever read along has gone: that ends the conversation, and is no fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    finally:
        house.writer.close()


def _lines() -> TextIO:
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):  # a script may send anything, in any locale
            stream.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdin
