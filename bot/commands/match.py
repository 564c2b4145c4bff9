"""`kurze-wege match`: what a text is taken to mean, and why; it keeps nothing."""

from datetime import UTC, datetime
from typing import Annotated

import typer


def match(
    text: Annotated[str, typer.Argument(help="what someone might type")],
    town: Annotated[str, typer.Option(help="code of the town")] = "erlenfels",
    lang: Annotated[str, typer.Option(help="language of the text, such as en")] = "de",
) -> None:
    """Show needs, words and offers for a text, as the matcher sees it."""
    from bot.wiring import MUNICIPALITIES
    from catalog.index import Index
    from catalog.matching import Facts, best_offers
    from catalog.municipality import load_municipality
    from catalog.needs import packaged_taxonomy
    from catalog.understanding import understand

    taxonomy, municipality = packaged_taxonomy(), load_municipality(MUNICIPALITIES / town)
    understood = understand(Index.build(taxonomy, municipality.offers, {}), text, lang)
    for kind in understood.emergencies:
        typer.echo(f"emergency  {kind}")
    for hit in understood.needs:
        typer.echo(f"{hit.score:.2f}  {hit.code}  because of: {', '.join(hit.words)}")
        for found in best_offers(municipality.offers, hit.code, Facts(), lang, datetime.now(UTC)):
            typer.echo(f"        {found.offer.id}  ({', '.join(found.reasons)})")
    if not (understood.emergencies or understood.needs):
        typer.echo("nothing recognised: the person would be asked kindly to say it in another way")
