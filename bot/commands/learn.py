"""`kurze-wege learn`: learns the word lists beforehand, so that no start has to."""

from secrets import token_hex
from typing import Annotated

import typer

LEARNING = "Learning what people say, once: about a minute"


def say_that_it_learns() -> None:
    """On standard error: nobody shall think it hangs, and no script take it for a result."""
    typer.echo(f"{LEARNING}.", err=True)


def log_learning() -> None:
    import structlog

    structlog.get_logger().info(LEARNING)


def learn(
    quiet: Annotated[bool, typer.Option("--quiet", help="say nothing if there is nothing to learn")] = False,
) -> None:
    """Learn what people say from the word lists; without it the next start does it, and takes a minute."""
    from rich.progress import track

    from catalog.lessons import fits, languages, learned
    from catalog.needs import packaged_taxonomy

    taxonomy, mark = packaged_taxonomy(), token_hex(8)
    new = [language for language in languages() if not fits(language)]
    for language in track(new, description="learning what people say", transient=True):
        learned(language, taxonomy, mark=mark)
    without = [language for language in new if not fits(language)]
    if new or not quiet:
        typer.echo(f"{len(languages())} languages are learned, {len(new)} of them now.")
    if without:
        typer.echo("They cannot be kept here: the folder of the program cannot be written to.", err=True)
        raise typer.Exit(1)
