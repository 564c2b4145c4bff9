"""Fixtures for every test: what the machine may lack, a fresh PostgreSQL database, the browser."""

import os
import secrets
import shutil
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.lacking import in_ci, require

if TYPE_CHECKING:  # most tests need no house, and it takes a while to load
    from bot.house import House

MARKED_BY_FIXTURE = {"postgres_url": "postgres", "chromium_path": "browser", "bot_api_process": "node"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        for fixture, mark in MARKED_BY_FIXTURE.items():
            if fixture in fixtures:
                item.add_marker(mark)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _forbid_skip_in_ci(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _forbid_skip_in_ci(report)
    return report


def _forbid_skip_in_ci(report: pytest.TestReport | pytest.CollectReport) -> None:
    if in_ci() and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped with CI=true. {reason}"


@pytest.fixture(scope="module")
def postgres_url() -> Iterator[str]:
    """Yield the URL of an empty database of this module's own, dropped afterwards."""
    server = require(
        os.environ.get("KURZE_WEGE_TEST_POSTGRES"),
        "a PostgreSQL server",
        "set KURZE_WEGE_TEST_POSTGRES=postgresql+psycopg://user@host:port/postgres, or run .ci/run",
    )
    psycopg = pytest.importorskip("psycopg")
    name = f"kurze_wege_{secrets.token_hex(6)}"
    plain = server.replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> "tuple[House, Path]":
    """The fictional town's house, built once and closed: each test has a copy of its files."""
    from tests.doors import make_house

    folder = tmp_path_factory.mktemp("built")
    house = make_house(folder, lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    house.writer.close()
    return house, folder


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    candidates = (os.environ.get("KURZE_WEGE_TEST_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in candidates if name and (path := shutil.which(name))), None)
    return Path(require(found, "chromium", "sudo apt install chromium, or set KURZE_WEGE_TEST_CHROMIUM"))
