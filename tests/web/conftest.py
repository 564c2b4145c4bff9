"""Fixtures for page tests: both fake desks, the application, a client that keeps cookies."""

from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot.web.app import web_app
from bot.web.site import WebSettings, WebTown
from tests.web.browser import Browser
from tests.web.fake_newcomer_desk import FakeNewcomerDesk
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.fake_texts import FakeTexts

SETTINGS = WebSettings(secret=b"only for tests, never elsewhere")


@pytest.fixture
def newcomers() -> FakeNewcomerDesk:
    return FakeNewcomerDesk()


@pytest.fixture
def team() -> FakeTeamDesk:
    return FakeTeamDesk()


@pytest.fixture
def town(tmp_path: Path) -> WebTown:
    (tmp_path / "imprint.de.md").write_text("# Impressum\n\n<b>Erlenfels</b>", encoding="utf-8")
    return WebTown(id="erlenfels", name="Erlenfels", pages=tmp_path)


@pytest.fixture
def app(newcomers: FakeNewcomerDesk, team: FakeTeamDesk, town: WebTown) -> Starlette:
    return web_app(newcomers, team, FakeTexts(), [town], SETTINGS)


@pytest.fixture
def client(app: Starlette) -> Browser:
    return Browser(app, **{"accept-language": "de"})
