"""What the pages of one town's chat have in common: who comes, which language, how a page is made."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.languages import first_wanted, preferred
from bot.limits import Limits
from bot.newcomer_views import View
from bot.web.addresses import address_of
from bot.web.cookies import Visitor, VisitorCookies
from bot.web.desks import NewcomerDesk
from bot.web.form_tokens import FormTokens
from bot.web.incidents import incident
from bot.web.pages import Pages
from bot.web.site import Texts, WebSettings, WebTown
from bot.web.town_texts import TownText

DOOR = "webchat"
GERMAN, ENGLISH = "de", "en"


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

    async def look(self, request: Request) -> View:
        visitor = self.cookies.visitor(request)
        return await run_in_threadpool(
            self.desk.look, self.town.id, DOOR, visitor.address, self.language(request)
        )

    def answer(
        self, request: Request, template: str, language: str, status: int = 200, **more: object
    ) -> HTMLResponse:
        """A page of this door in `language`."""
        return self.pages.answer(template, status=status, **{**self._common(request, language), **more})

    async def chat(
        self, request: Request, draft: Draft | None = None, notice: Notice | None = None
    ) -> HTMLResponse:
        """The conversation as it stands; if even that fails, the text and the emergency numbers."""
        draft, notice = draft or Draft(), notice or Notice()
        try:
            view = await self.look(request)
        except Exception as error:  # noqa: BLE001 - a bug becomes an apology here
            notice = Notice(status=503, key="web.trouble", incident=incident("look", error))
            return self._page(request, None, draft, notice)
        return self._page(request, view, draft, notice)

    def fragment(self, request: Request, view: View) -> str:
        """The part of the page that changes while someone waits."""
        common = self._common(request, view.language)
        return self.pages.html("chat/talk.html", view=view, draft=Draft(), digest=digest(view), **common)

    def without_desk(self, request: Request, draft: Draft, notice: Notice) -> HTMLResponse:
        return self._page(request, None, draft, notice)

    def farewell(self, request: Request, view: View) -> HTMLResponse:
        """A page for someone whose cookie ends with this answer: what is tapped next begins anew."""
        nobody = Visitor(address=None)
        token = self.tokens.issue("")
        return self._page(request, view, Draft(), Notice(), visitor=nobody, token=token, gone=True)

    def _page(
        self, request: Request, view: View | None, draft: Draft, notice: Notice, **more: object
    ) -> HTMLResponse:
        language = view.language if view else self.language(request)
        values = {
            "view": view,
            "draft": draft,
            "notice": notice,
            "digest": digest(view) if view else "",
            "only_german": self._only_german(request),
            "direction_of": self.texts.direction,
            "gone": False,
            **more,
        }
        return self.answer(request, "chat/page.html", language, notice.status, **values)

    def _only_german(self, request: Request) -> tuple[tuple[str, str], ...]:
        """For whom only German is offered and who reads another language: one line in it and in English."""
        wanted = first_wanted(request.headers.get("accept-language", ""))
        offered = [code for code, _, _ in self.desk.languages()]
        if offered != [GERMAN] or wanted in {"", GERMAN} or self.cookies.visitor(request).address:
            return ()
        own, english = (self.texts.text("web.only_german", code) for code in (wanted, ENGLISH))
        return ((ENGLISH, english),) if own == english else ((wanted, own), (ENGLISH, english))

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


def digest(view: View) -> str:
    """Changes exactly when there is something new to see."""
    return hashlib.sha256(repr(view).encode()).hexdigest()[:16]
