"""What the pages of one town's web chat have in common: who comes, in which language, how a page is put together."""

import hashlib
import secrets
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.web.cookies import VisitorCookies
from bot.web.desks import NewcomerDesk
from bot.web.form_tokens import FormTokens
from bot.web.languages import preferred
from bot.web.limits import Limits, address_of
from bot.web.pages import Pages
from bot.web.site import Texts, WebSettings, WebTown
from bot.web.town_texts import TownText

if TYPE_CHECKING:
    from bot.newcomer_desk import View

DOOR = "webchat"
log = structlog.get_logger()


def incident(where: str, error: Exception) -> str:
    """Log a fault without a word of what was said; the id is what the visitor can tell us."""
    number = secrets.token_hex(4)
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f"{last[0].name}:{last[0].lineno}" if last else ""
    log.error("web_fault", incident=number, page=where, error=type(error).__name__, place=place)
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the visitor was about to say, kept in the page when it could not be taken."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence above the page: why something was not taken."""

    status: int = 200
    key: str = ""
    incident: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatDoor:
    """One town's door. `base` is empty or `/<town>`."""

    town: WebTown
    base: str
    desk: NewcomerDesk
    texts: Texts
    settings: WebSettings
    pages: Pages
    tokens: FormTokens
    limits: Limits
    cookies: VisitorCookies
    town_texts: dict[tuple[str, str], TownText]

    def language(self, request: Request) -> str:
        """What the link says, else what the device prefers."""
        offered = [code for code, _, _ in self.desk.languages()]
        asked = request.query_params.get("lang", "")
        return asked if asked in offered else preferred(request.headers.get("accept-language", ""), offered)

    def address(self, request: Request) -> str:
        return address_of(request, self.settings.proxies)

    async def look(self, request: Request) -> "View":
        visitor = self.cookies.visitor(request)
        return await run_in_threadpool(
            self.desk.look, self.town.id, DOOR, visitor.address, self.language(request)
        )

    def answer(
        self, request: Request, template: str, language: str, status: int = 200, **more: object
    ) -> HTMLResponse:
        """A page of this door in `language`."""
        return self.pages.answer(template, status=status, **self._common(request, language), **more)

    async def chat(
        self, request: Request, draft: Draft | None = None, notice: Notice | None = None
    ) -> HTMLResponse:
        """The conversation as it stands; if even that fails, a page that keeps the text and names the emergency numbers."""
        draft, notice = draft or Draft(), notice or Notice()
        try:
            view = await self.look(request)
        except Exception as error:  # noqa: BLE001 - a bug becomes an apology here
            notice = Notice(status=503, key="web.trouble", incident=incident("look", error))
            return self._page(request, None, draft, notice)
        return self._page(request, view, draft, notice)

    def fragment(self, request: Request, view: "View") -> str:
        """The part of the page that changes while someone waits."""
        common = self._common(request, view.language)
        return self.pages.html("chat/talk.html", view=view, draft=Draft(), digest=digest(view), **common)

    def without_desk(self, request: Request, draft: Draft, notice: Notice) -> HTMLResponse:
        return self._page(request, None, draft, notice)

    def _page(self, request: Request, view: "View | None", draft: Draft, notice: Notice) -> HTMLResponse:
        language = view.language if view else self.language(request)
        shown = digest(view) if view else ""
        return self.answer(
            request,
            "chat/page.html",
            language,
            notice.status,
            view=view,
            draft=draft,
            notice=notice,
            digest=shown,
        )

    def _common(self, request: Request, language: str) -> dict[str, object]:
        return {
            "language": language,
            "direction": self.texts.direction(language),
            "t": text_in(self.texts, language),
            "town": self.town,
            "base": self.base,
            "languages": self.desk.languages(),
            "device": self.language(request),
            "token": self.tokens.issue(self.cookies.bound(request)),
            "visitor": self.cookies.visitor(request),
        }


def text_in(texts: Texts, language: str) -> Callable[..., str]:
    """Texts of one language for a template: `t("key", n=3)`."""

    def text(key: str, **args: str | int) -> str:
        return texts.text(key, language, args)

    return text


def digest(view: "View") -> str:
    """Changes exactly when there is something new to see."""
    return hashlib.sha256(repr(view).encode()).hexdigest()[:16]
