"""The fictional town's real house on a database of its own, on a Monday morning that does not pass."""

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.house import House
from storage.database import Database
from storage.keys import Keys
from storage.writer import Writer
from tests.bot.people import Newcomer, Worker, joined
from tests.doors import KEY, TOWN, Clock, make_house

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[House, Path]:
    """A house that was built once: each test gets a copy of its files, the texts are shared."""
    folder = tmp_path_factory.mktemp("built")
    house = make_house(folder, Clock(NOW))
    house.writer.close()
    return house, folder


@pytest.fixture
def house(tmp_path: Path, clock: Clock, built: tuple[House, Path]) -> Iterator[House]:
    first, folder = built
    data = tmp_path / "data"
    shutil.copytree(folder, data)
    writer = Writer(Database.in_folder(data), Keys.from_town_key(KEY))
    ids = itertools.count(1)
    yield replace(
        first,
        towns={TOWN: replace(first.towns[TOWN])},
        writer=writer,
        clock=clock,
        new_id=lambda: f"r{next(ids)}",
    )
    writer.close()


@pytest.fixture
def newcomer(house: House) -> Newcomer:
    return Newcomer(house)


@pytest.fixture
def guide(house: House) -> Worker:
    return joined(house)
