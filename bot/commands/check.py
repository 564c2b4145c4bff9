"""`kurze-wege check`: reads every file that people write and tells all problems at once; changes nothing."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="folders of municipalities, questionnaires or locales; all of the project's own if none"
        ),
    ] = None,
    data: Annotated[
        bool, typer.Option("--data", help="check the database files of the settings instead")
    ] = False,
) -> None:
    """Check questionnaires, texts and catalogue files. Exit code 1 if anything has to be mended."""
    problems = _database() if data else list(_all(files or []))
    for problem in problems:
        typer.echo(problem)
    if problems:
        typer.echo(f"{len(problems)} problem(s) to mend.", err=True)
        raise typer.Exit(1)
    typer.echo("All files can be used.")


def _all(places: list[Path]) -> Iterator[str]:
    from bot.wiring import LOCALES, MUNICIPALITIES, QUESTIONNAIRES

    if not places:
        towns = sorted(path.parent for path in MUNICIPALITIES.glob("*/municipality.toml"))
        places = [QUESTIONNAIRES, LOCALES, *towns]
    for place in places:
        yield from _place(place)


def _place(place: Path) -> Iterator[str]:
    if (place / "municipality.toml").exists():
        yield from _told(partial(_municipality, place))
    elif list(place.glob("*/LC_MESSAGES/messages.po")):
        yield from _told(partial(_locales, place))
    elif place.suffix == ".toml":
        yield from _told(partial(_questionnaire, place))
    elif list(place.glob("*.toml")):
        for file in sorted(place.glob("*.toml")):
            yield from _told(partial(_questionnaire, file))
    else:
        yield f"{place}: nothing to check here. Name a folder of a town, of questionnaires or of locales."


def _told(read: Callable[[], list[str]]) -> Iterator[str]:
    from bot.commands.faults import told

    try:
        yield from read()
    except told() as fault:
        yield str(fault)


def _municipality(place: Path) -> list[str]:
    from catalog.municipality import load_municipality

    load_municipality(place)
    return []


def _questionnaire(file: Path) -> list[str]:
    from bot.town_script import vocabulary
    from bot.wiring import LOCALES
    from dialogs.actions import ACTIONS
    from dialogs.questionnaire_file import load_questionnaire, text_problems
    from dialogs.wording import SOURCE, load_wording

    questionnaire = load_questionnaire(file, vocabulary(frozenset(ACTIONS)))
    wording = load_wording(LOCALES)
    lacking = text_problems(questionnaire, lambda key: wording.has(key, SOURCE), f"locales/{SOURCE}")
    return [f"{file.name}: {problem}" for problem in lacking]


def _database() -> list[str]:
    from bot.settings import read_settings
    from storage.database import Database

    settings = read_settings()
    database = Database.open(settings.database_url, settings.data_dir)
    try:
        return list(database.check())
    finally:
        database.close()


def _locales(place: Path) -> list[str]:
    from dialogs.wording import load_wording
    from dialogs.wording_check import problems_of

    return list(problems_of(load_wording(place)))
