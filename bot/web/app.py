"""Puts the web chat and the guide desk together into one ASGI application."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.channels.webchat import WebChat
from bot.languages import preferred
from bot.limits import Limits
from bot.web.assets import Assets
from bot.web.chat_door import ChatDoor, text_in
from bot.web.cookies import Jar, VisitorCookies
from bot.web.desk import desk_routes
from bot.web.desk_access import DeskDoor
from bot.web.desks import GuideDesks, NewcomerDesk
from bot.web.faults import Faults
from bot.web.form_tokens import FormTokens
from bot.web.newcomer_pages import NewcomerPages
from bot.web.pages import Pages
from bot.web.security import SecurityHeaders
from bot.web.site import Texts, WebSettings, WebTown
from bot.web.town_texts import rendered
from bot.web.webhooks import Bots, webhook_route

LARGEST_FORM = 64 * 1024
Endpoint = Callable[[Request], Awaitable[Response]]


class Parts:
    """What chat and desk share while they are put together."""

    def __init__(self, settings: WebSettings, texts: Texts) -> None:
        self.settings = settings
        self.texts = texts
        self.assets = Assets()
        self.pages = Pages(settings, self.assets)
        self.tokens = FormTokens(settings.secret)
        self.limits = Limits()


def web_app(
    newcomers: NewcomerDesk,
    guides: GuideDesks,
    texts: Texts,
    towns: Sequence[WebTown],
    settings: WebSettings,
    bots: Bots | None = None,
) -> Starlette:
    """The whole web door. A single town lives at `/`, several at `/<town>/` with a list at `/`.

    Run it with the access log off: resume codes and invitations are part of addresses.
    """
    parts = Parts(settings, texts)
    routes: list[BaseRoute] = [
        Route("/static/{name}", parts.assets.serve, methods=["GET"]),
        *([webhook_route(bots)] if bots is not None else []),
        *desk_routes(_desk(parts, guides, towns)),
        *_town_routes(parts, newcomers, towns),
    ]
    return Starlette(
        routes=routes,
        middleware=_around(settings),
        exception_handlers={HTTPException: _not_found},
        max_body_size=LARGEST_FORM,
    )


def _desk(parts: Parts, guides: GuideDesks, towns: Sequence[WebTown]) -> DeskDoor:
    return DeskDoor(
        team=guides.team,
        entry=guides.entry,
        appointments=guides.appointments,
        reach=guides.reach,
        catalogue=guides.catalogue,
        sheet=guides.sheet,
        checks=guides.checks,
        questions=guides.questions,
        gaps=guides.gaps,
        towns=tuple(towns),
        settings=parts.settings,
        pages=parts.pages,
        tokens=parts.tokens,
        limits=parts.limits,
        jar=Jar(name="kw-desk", secure=parts.settings.secure),
    )


def _around(settings: WebSettings) -> list[Middleware]:
    return [
        Middleware(Faults),
        Middleware(SecurityHeaders, settings=settings),
        Middleware(GZipMiddleware, minimum_size=800),
    ]


def _town_routes(parts: Parts, newcomers: NewcomerDesk, towns: Sequence[WebTown]) -> list[BaseRoute]:
    if len(towns) == 1:
        return [*_chat(parts, newcomers, towns[0], "")]
    mounts = [Mount(f"/{town.id}", routes=_chat(parts, newcomers, town, f"/{town.id}")) for town in towns]
    return [Route("/", _town_list(parts, newcomers, towns), methods=["GET"]), *mounts]


def _chat(parts: Parts, newcomers: NewcomerDesk, town: WebTown, base: str) -> list[Route]:
    door = ChatDoor(
        town=town,
        base=base,
        desk=newcomers,
        texts=parts.texts,
        settings=parts.settings,
        pages=parts.pages,
        tokens=parts.tokens,
        limits=parts.limits,
        cookies=VisitorCookies(town.id, parts.settings),
        town_texts=rendered(town.pages),
    )
    return [*WebChat(door).routes(), *NewcomerPages(door).routes()]


def _town_list(parts: Parts, newcomers: NewcomerDesk, towns: Sequence[WebTown]) -> Endpoint:
    async def town_list(request: Request) -> Response:
        offered = [code for code, _, _ in newcomers.languages()]
        language = preferred(request.headers.get("accept-language", ""), offered)
        return parts.pages.answer(
            "chat/towns.html",
            language=language,
            direction=parts.texts.direction(language),
            t=text_in(parts.texts, language),
            towns=towns,
        )

    return town_list


async def _not_found(request: Request, error: Exception) -> Response:
    """A wrong address leads to the start; nobody is helped by a bare number."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404 and request.method == "GET" and not request.url.path.startswith("/static/"):
        return RedirectResponse("/desk" if request.url.path.startswith("/desk/") else "/", status_code=303)
    return Response(status_code=status)
