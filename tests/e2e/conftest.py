"""A product that is not running yet, and people who come to it; whatever a test leaves running is ended."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.bots import Bots
from tests.e2e.people import Guide, Newcomer
from tests.e2e.product import Product
from tests.telegram.bot_api import BotApi, running_bot_api


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    made = Product(folder=tmp_path / "demo")
    yield made
    made.away()


@pytest.fixture
def newcomer(product: Product) -> Iterator[Callable[[], Newcomer]]:
    """Makes newcomers, each with cookies of their own."""
    made: list[Newcomer] = []

    def make() -> Newcomer:
        made.append(Newcomer(product.address))
        return made[-1]

    yield make
    for each in made:
        each.away()


@pytest.fixture
def guide(product: Product) -> Iterator[Callable[[str, str], Guide]]:
    """Makes guides who come in by an invitation under a name."""
    made: list[Guide] = []

    def make(invitation: str, name: str) -> Guide:
        made.append(Guide(product.address))
        made[-1].enter(invitation, name)
        return made[-1]

    yield make
    for each in made:
        each.away()


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
def bots(bot_api: BotApi, tmp_path: Path) -> Iterator[Bots]:
    """Both bots, not running yet."""
    made = Bots(folder=tmp_path / "bots", telegram=bot_api.address)
    yield made
    made.away()
