"""Fixtures of the conversation's tests: the script of the fictional town, built once."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime

import pytest

from bot.town_script import TownScript
from bot.wiring import load_questionnaires
from dialogs.questionnaire import Questionnaire
from tests.dialogs.talk import NOON, Talk
from tests.doors import Clock, make_house


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShortScript(TownScript):
    """The script as it is, but short where a failing example is printed."""

    def __repr__(self) -> str:
        return "script"


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TownScript]:
    house = make_house(tmp_path_factory.mktemp("house"), Clock(datetime(2026, 11, 23, tzinfo=UTC)))
    whole = house.towns["erlenfels"].script
    yield ShortScript(**{field.name: getattr(whole, field.name) for field in fields(whole) if field.init})
    house.writer.close()


@pytest.fixture(scope="session")
def questionnaires() -> dict[str, Questionnaire]:
    return load_questionnaires()


@pytest.fixture
def talk(script: TownScript) -> Talk:
    """A conversation in German that has not begun."""
    return Talk(script, now=NOON)
