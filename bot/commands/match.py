"""`kurze-wege match`: what a text is taken to mean, and why; it keeps nothing."""

from datetime import UTC, datetime
from typing import Annotated

import typer


def match(
    text: Annotated[str, typer.Argument(help="what someone might type")],
    town: Annotated[str, typer.Option(help="code of the town, or the folder of its files")] = "erlenfels",
    lang: Annotated[str, typer.Option(help="language of the text, such as en")] = "de",
) -> None:
    """Show needs, words and offers for a text, as the matcher sees it."""
    from bot.settings import SettingsError, read_settings
    from bot.wiring import read_towns, script_from_files
    from catalog.matching import Facts, best_offers
    from catalog.understanding import understand

    script = script_from_files(read_towns(read_settings().model_copy(update={"towns": town}))[0])
    if lang not in script.languages:
        raise SettingsError([f"--lang {lang} is not offered. There are: {', '.join(script.languages)}."])
    understood = understand(script.index, text, lang)
    for kind in understood.emergencies:
        typer.echo(f"emergency  {kind}")
    for hit in understood.needs:
        typer.echo(f"{hit.score:.2f}  {hit.code}  because of: {', '.join(hit.words)}")
        now = datetime.now(UTC)
        for found in best_offers(script.offers, hit.code, Facts(), lang, now, script.taxonomy):
            typer.echo(f"        {found.offer.id}  ({', '.join(found.reasons)})")
    if understood.human:
        typer.echo("a person is wanted: the handover would be offered")
    if understood.small_talk:
        typer.echo(f"small talk: {understood.small_talk}")
    elif not (understood.emergencies or understood.needs or understood.human):
        typer.echo("nothing recognised: the person would be asked kindly to say it in another way")
