"""One suite for both databases: every test that takes `database`, `writer` or `run` is run on each."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest
from sqlalchemy import text

from storage import Database, Store, Writer
from storage.tables import metadata
from tests.storage.builders import KEYS, TOWN

T = TypeVar("T")


class Run(Protocol):
    def __call__(self, work: Callable[[Store], T], *, town: str = TOWN) -> T: ...


@pytest.fixture(scope="module")
def postgres_database(postgres_url: str) -> Iterator[Database]:
    database = Database.open(postgres_url, Path("unused"))
    yield database
    database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        opened = Database.open(None, tmp_path / "data")
        yield opened
        opened.close()
        return
    opened = request.getfixturevalue("postgres_database")
    with opened.begin() as connection:
        # for a few rows far quicker than TRUNCATE
        connection.execute(text("; ".join(f"DELETE FROM {table}" for table in metadata.sorted_tables)))
    yield opened


@pytest.fixture
def place(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> str:
    """Where another process finds the same database: a folder or a URL."""
    if (tmp_path / "data").exists():
        return str(tmp_path / "data")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    made = Writer(database, KEYS)
    yield made
    made.close()


@pytest.fixture
def run(writer: Writer) -> Run:
    def in_town(work: Callable[[Store], Any], *, town: str = TOWN) -> Any:
        return writer.run(town, work)

    return in_town
