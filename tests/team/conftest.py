"""The town's house as in the tests of the desks, Telegram on loopback, and two guides on the phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.house import House
from casework.team import Role
from tests.bot.conftest import clock, house
from tests.bot.people import Newcomer
from tests.doors import Clock
from tests.team.running import TOKEN, Phones, Running, running_team_bot
from tests.team.stage import connected, open_to_the_team
from tests.telegram.bot_api import BotApi
from tests.telegram.calls import faults_of
from tests.telegram.conftest import bot_api, bot_api_process
from tests.telegram.phones import Person

__all__ = ["bot_api", "bot_api_process", "clock", "house"]


@pytest.fixture
def team(house: House) -> House:
    """The town shows content in its team's bot."""
    return open_to_the_team(house, content=True)


@pytest.fixture
def running(team: House, bot_api: BotApi) -> Iterator[Running]:
    """The bot; whatever a test makes it do, all it asked of Telegram is valid, and every tap was answered."""
    with running_team_bot(team, bot_api) as running:
        yield running
        assert not running.done.done()
    calls = [*bot_api.calls(TOKEN), *bot_api.calls(TOKEN, "getUpdates")]
    # an ordered refusal comes before the call was read
    assert faults_of(call for call in calls if call.status in (None, 200, 400)) == []
    assert [tap for tap in bot_api.taps(TOKEN) if not tap["answers"]] == []


@pytest.fixture
def phones(running: Running, bot_api: BotApi) -> Phones:
    return Phones(running, bot_api)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guides:
    """Two who are connected; each has pressed Start."""

    anna: Person
    bea: Person
    ids: tuple[str, str]


@pytest.fixture
def guides(team: House, phones: Phones, bot_api: BotApi) -> Guides:
    anna = bot_api.person(TOKEN, id=6001, name="Anna", language="de")
    bea = bot_api.person(TOKEN, id=6002, name="Bea", language="de")
    ids = (connected(team, "Anna", Role.GUIDE, anna.id), connected(team, "Bea", Role.DEPUTY, bea.id))
    anna.say("/start")
    bea.say("/start")
    phones.settle()
    return Guides(anna=anna, bea=bea, ids=ids)


@pytest.fixture
def nour(team: House) -> Newcomer:
    """Somebody in the web chat."""
    return Newcomer(team)


def asks(nour: Newcomer, phones: Phones) -> None:
    """They ask for a person, and the guides have heard it."""
    nour.consents()
    nour.asks_for_a_person()
    phones.settle()


def settle_while_time_passes(phones: Phones, clock: Clock) -> None:
    """As `settle`, with a clock that moves on: what is to be tried again later is tried."""

    def pass_on() -> None:
        clock.now += timedelta(seconds=1)

    phones.settle(pass_on)
