"""A newcomer's other pages: the way back to a conversation, imprint, privacy, accessibility."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.web.chat_door import ChatDoor, Draft, Notice
from bot.web.incidents import incident
from bot.web.qr import qr_picture
from bot.web.security import comes_from_us
from bot.web.town_texts import GERMAN_PATHS, NAMES, pick
from storage.errors import StorageError

LONGEST_CODE = 100


class NewcomerPages:
    """The routes of one town beside its chat."""

    def __init__(self, door: ChatDoor) -> None:
        self.door = door

    def routes(self) -> list[Route]:
        return [
            Route("/weiter", self.ask, methods=["GET"]),
            Route("/weiter", self.issue, methods=["POST"]),
            Route("/weiter/{code}", self.arrive, methods=["GET"]),
            Route("/weiter/{code}", self.resume, methods=["POST"]),
            *(Route(f"/{name}", self.town_text, methods=["GET"], name=name) for name in NAMES),
            *(Route(f"/{path}", self.in_german, methods=["GET"], name=path) for path in GERMAN_PATHS),
        ]

    async def ask(self, request: Request) -> Response:
        return self._resume_page(request)

    async def issue(self, request: Request) -> Response:
        """Makes a new link, hence by a button only: an older link is void from now on."""
        visitor = self.door.cookies.visitor(request)
        if not await self._is_ours(request) or visitor.address is None or not visitor.kept:
            return self._resume_page(request, status=403)
        try:
            code = await self.door.desk.resume_code(self.door.town.id, visitor.address)
        except StorageError as error:
            return self._trouble(request, error)
        if not code:
            return self._resume_page(request, status=403)
        site = (self.door.settings.public_url or str(request.base_url)).rstrip("/")
        link = f"{site}{self.door.base}/weiter/{code}"
        bot = self.door.town.bot()
        telegram = f"https://t.me/{bot}?start={code}" if bot else ""
        return self._resume_page(request, link=link, picture=qr_picture(link), telegram=telegram)

    async def arrive(self, request: Request) -> Response:
        """Spends nothing: messengers open links for their previews."""
        code = request.path_params["code"][:LONGEST_CODE]
        return self.door.answer(
            request, "chat/arrive.html", self.door.language(request), code=code, failed=False
        )

    async def resume(self, request: Request) -> Response:
        code = request.path_params["code"][:LONGEST_CODE]
        address = None
        try:
            if await self._is_ours(request):
                address = await self.door.desk.resume(self.door.town.id, code, self.door.address(request))
        except StorageError as error:
            return self._trouble(request, error)
        if address is None:
            language = self.door.language(request)
            return self.door.answer(request, "chat/arrive.html", language, 403, code=code, failed=True)
        response = RedirectResponse(f"{self.door.base}/", status_code=303)
        self.door.cookies.remember(response, address)
        return response

    async def town_text(self, request: Request) -> Response:
        name = request.url.path.rpartition("/")[2]
        language = self.door.language(request)
        found = pick(self.door.town_texts, name, language)
        status = 200 if found else 404
        direction = self.door.texts.direction(found.language) if found else ""
        names = {code: own for code, own, _ in self.door.desk.languages()}
        found_name = names.get(found.language, found.language) if found else ""
        values = {"name": name, "found": found, "found_direction": direction, "found_name": found_name}
        return self.door.answer(request, "chat/town_text.html", language, status, **values)

    async def in_german(self, request: Request) -> Response:
        name = GERMAN_PATHS[request.url.path.rpartition("/")[2]]
        return RedirectResponse(f"{self.door.base}/{name}?lang=de", status_code=308)

    async def _is_ours(self, request: Request) -> bool:
        form = await request.form(max_files=0, max_fields=5)
        token = str(form.get("token", ""))[:200]
        ours = comes_from_us(request, self.door.settings)
        return ours and self.door.tokens.holds(token, self.door.cookies.bound(request))

    def _trouble(self, request: Request, error: StorageError) -> Response:
        """Nothing was saved and no code is spent: the same may be tried again."""
        notice = Notice(status=503, key="web.trouble", incident=incident("resume", error))
        return self.door.without_desk(request, Draft(), notice)

    def _resume_page(self, request: Request, status: int = 200, **found: object) -> Response:
        values = {"link": "", "picture": "", "telegram": "", **found}
        return self.door.answer(request, "chat/resume.html", self.door.language(request), status, **values)
