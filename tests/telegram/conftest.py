"""One Bot API server per test process, forgetful between tests."""

from collections.abc import Callable, Iterator

import pytest

from tests.telegram.bot_api import BotApi, running_bot_api
from tests.telegram.phones import Person
from tests.telegram.plain_bot import TOKEN, PlainBot


@pytest.fixture(scope="session")
def bot_api_process() -> Iterator[BotApi]:
    with running_bot_api() as api:
        yield api


@pytest.fixture
def bot_api(bot_api_process: BotApi) -> BotApi:
    """Telegram on loopback with nobody in it yet."""
    bot_api_process.forget()
    return bot_api_process


@pytest.fixture
def bots(bot_api: BotApi) -> Iterator[Callable[[str], PlainBot]]:
    """Makes bots, each for a token."""
    made: list[PlainBot] = []

    def make(token: str) -> PlainBot:
        made.append(PlainBot(bot_api, token))
        return made[-1]

    yield make
    for each in made:
        each.away()


@pytest.fixture
def bot(bots: Callable[[str], PlainBot]) -> PlainBot:
    return bots(TOKEN)


@pytest.fixture
def nour(bot_api: BotApi) -> Person:
    """Somebody who has pressed Start; the bot has not heard of it yet."""
    person = bot_api.person(TOKEN)
    person.say("/start")
    return person
