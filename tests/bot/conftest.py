"""The fictional town's real house on a database of its own, on a Monday morning that does not pass."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.house import House
from tests.bot.people import Newcomer, Worker, joined
from tests.doors import Clock, copy_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def house(tmp_path: Path, clock: Clock, built: tuple[House, Path]) -> Iterator[House]:
    house = copy_of(built, tmp_path / "data", clock)
    yield house
    house.writer.close()


@pytest.fixture
def newcomer(house: House) -> Newcomer:
    return Newcomer(house)


@pytest.fixture
def guide(house: House) -> Worker:
    return joined(house)
