"""Fixtures for page tests: both fake desks, the application, a client that keeps cookies."""

import tomllib
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.web.app import web_app
from bot.web.site import WebSettings, WebTown
from tests.web.fake_newcomer_desk import FakeNewcomerDesk
from tests.web.fake_team_desk import FakeTeamDesk
from tests.web.fake_texts import FakeTexts
