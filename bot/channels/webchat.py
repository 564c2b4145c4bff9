"""The web chat: a newcomer's conversation as pages of one form each; it holds no conversation itself."""

import secrets
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.limits import CRIES, FIRST_VISITS, PAGES_PER_ADDRESS, PER_ADDRESS, PER_VISITOR
from bot.newcomer_views import Received
from bot.web.chat_door import DOOR, ChatDoor, Draft, Notice, digest
from bot.web.incidents import incident
from bot.web.security import comes_from_us
from dialogs.messages import CHOICE_ID_BYTES, Message

LONGEST_TEXT = 2000
LONGEST_ID = 48
EMERGENCY = "/emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One form as it was sent; nothing of it is believed yet."""

    id: str
    token: str
    text: str
    choice: str

    @classmethod
    def read(cls, form: FormData) -> "Said":
        # Browsers send every line break as two characters: counted once, as the field's own limit does.
        text = _field(form, "text").replace("\r\n", "\n")
        sent = _field(form, "id")
        return cls(
            id=sent if 8 <= len(sent) <= LONGEST_ID else secrets.token_urlsafe(16),
            token=_field(form, "token")[:200],
            text=text,
            choice=_field(form, "choice"),
        )

    @property
    def draft(self) -> Draft:
        """The same id again: if the first try did arrive, the second counts for nothing."""
        return Draft(id=self.id.removesuffix("-c").removesuffix("-t"), text=self.text)

    @property
    def message(self) -> Message:
        if self.choice:
            return Message(id=self.id, choice=self.choice)
        return Message(id=self.id, text=self.text)


def _field(form: FormData, name: str) -> str:
    # a form may claim any encoding; lone surrogates could neither be signed nor kept
    return str(form.get(name, "")).encode("utf-8", "ignore").decode()


class WebChat:
    """The routes of one town's chat."""

    def __init__(self, door: ChatDoor) -> None:
        self.door = door

    def routes(self) -> list[Route]:
        return [
            Route("/", self.show, methods=["GET"]),
            Route("/say", self.back, methods=["GET"]),
            Route("/say", self.say, methods=["POST"]),
            Route("/news", self.news, methods=["GET"]),
            Route("/leave", self.leave, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        if not self._may_read(request):
            return self.door.without_desk(request, Draft(), Notice(status=429, key="web.too_fast"))
        return await self.door.chat(request)

    async def back(self, _: Request) -> Response:
        """Whoever reloads the answer to a form lands on the conversation."""
        return self._home()

    async def news(self, request: Request) -> Response:
        """The changing part of the page; 204 if the visitor sees it already."""
        if not self._may_read(request):
            return Response(status_code=429)
        try:
            view = await self.door.look(request)
        except Exception as error:  # noqa: BLE001 - a bug becomes silence here, the page asks again later
            return Response(status_code=503, headers={"X-Incident": incident("news", error)})
        if request.query_params.get("seen") == digest(view):
            return Response(status_code=204)
        return HTMLResponse(self.door.fragment(request, view))

    async def say(self, request: Request) -> Response:
        said = Said.read(await request.form(max_files=0, max_fields=10))
        refused = self._refusal(request, said)
        if refused:
            return await self.door.chat(request, said.draft, refused)
        if not said.choice and not said.text.strip():
            return self._home()
        received = await self._receive(request, said.message)
        if isinstance(received, Notice):
            return self.door.without_desk(request, said.draft, received)
        if not received.kept:
            return await self._erased(request, received, said.draft)
        response = self._home("#main")  # the focus goes to what is new
        self.door.cookies.remember(response, received.address)
        return response

    async def leave(self, request: Request) -> Response:
        """The quick exit. It asks for no form token: it must work from any page, however old."""
        response = RedirectResponse(self.door.settings.exit_url, status_code=303)
        if comes_from_us(request, self.door.settings):
            self.door.cookies.leave(response, self.door.cookies.visitor(request))
        return response

    async def _erased(self, request: Request, received: Received, draft: Draft) -> Response:
        """The goodbye is in this one answer: there is no one left to look it up for.

        It says that everything is gone, so what a quick exit has put away goes first.
        """
        door = self.door
        try:
            for address in door.cookies.visitor(request).set_aside:
                await door.desk.forget(door.town.id, DOOR, address)
        except Exception as error:  # noqa: BLE001 - the cookies stay, and the same form again tries again
            trouble = Notice(status=503, key="web.trouble", incident=incident("forget", error))
            return door.without_desk(request, draft, trouble)
        response = self.door.farewell(request, received.view)
        self.door.cookies.forget(response)
        return response

    async def _receive(self, request: Request, message: Message) -> Received | Notice:
        door = self.door
        address = door.cookies.visitor(request).address
        try:
            return await door.desk.receive(door.town.id, DOOR, address, message, door.language(request))
        except Exception as error:  # noqa: BLE001 - a bug becomes an apology here, and the text stays in the page
            return Notice(status=503, key="web.trouble", incident=incident("say", error))

    def _refusal(self, request: Request, said: Said) -> Notice | None:
        if not self._is_ours(request, said):
            return Notice(status=403, key="web.page_was_old")
        if len(said.text) > LONGEST_TEXT:
            return Notice(status=422, key="web.too_long")
        if len(said.choice.encode()) > CHOICE_ID_BYTES:
            return Notice(status=422, key="web.page_was_old")
        if not self._may_speak(request, said):
            return Notice(status=429, key="web.too_fast")
        return None

    def _is_ours(self, request: Request, said: Said) -> bool:
        door = self.door
        return comes_from_us(request, door.settings) and door.tokens.holds(
            said.token, door.cookies.bound(request)
        )

    def _may_read(self, request: Request) -> bool:
        return self.door.limits.allows(f"page {self.door.address(request)}", PAGES_PER_ADDRESS)

    def _may_speak(self, request: Request, said: Said) -> bool:
        """A call for help counts against the address only, never against the person who taps it twice."""
        limits, address = self.door.limits, self.door.address(request)
        known = self.door.cookies.visitor(request).address
        if not limits.allows(f"say {address}", PER_ADDRESS):
            return False
        if said.choice == EMERGENCY:
            return True
        in_time = (
            limits.allows(f"first {address}", FIRST_VISITS)
            if known is None
            else limits.allows(f"visitor {known}", PER_VISITOR)
        )
        return in_time or self._cries(request, said.text, known or address)

    def _cries(self, request: Request, text: str, who: str) -> bool:
        """Whoever was too fast can still cry for help, in words as well."""
        door = self.door
        looked_at = bool(text) and door.limits.allows(f"cry {who}", CRIES)
        return looked_at and door.desk.is_cry(door.town.id, text, door.language(request))

    def _home(self, part: str = "") -> RedirectResponse:
        return RedirectResponse(f"{self.door.base}/{part}", status_code=303)
