"""Renders templates to answers; knows neither desks nor routes."""

import secrets
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.web.assets import Assets
from bot.web.linking import linked, paragraphs
from bot.web.site import WebSettings

TEMPLATES = Path(__file__).parent / "templates"
HERE = ZoneInfo("Europe/Berlin")


def clock_time(at: datetime) -> str:
    return at.astimezone(HERE).strftime("%d.%m. %H:%M")


class Pages:
    """Templates with escaping on and the address of every static file at hand."""

    def __init__(self, settings: WebSettings, assets: Assets) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(linked=linked, paragraphs=paragraphs, clock_time=clock_time)
        self._environment.globals.update(
            asset=assets.url, settings=settings, new_id=lambda: secrets.token_urlsafe(16)
        )

    def html(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(**values)

    def answer(self, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        return HTMLResponse(self.html(template, **values), status_code=status)
