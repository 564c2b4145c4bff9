"""Fixtures for page tests: both fake desks, the application, a client that keeps cookies."""

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
def town() -> WebTown:
    pages = {("imprint", "de"): "# Impressum\n\n<b>Erlenfels</b>"}
    return WebTown(id="erlenfels", name="Erlenfels", pages=pages, bot=lambda: "erlenfels_hilft_bot")


@pytest.fixture
def app(newcomers: FakeNewcomerDesk, team: FakeTeamDesk, town: WebTown) -> Starlette:
    return web_app(newcomers, team.desks, FakeTexts(), [town], SETTINGS)


@pytest.fixture
def client(app: Starlette) -> Browser:
    return Browser(app, **{"accept-language": "de"})
