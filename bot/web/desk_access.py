"""Who may open which page of the desk: each says what it needs, and what says nothing is for no one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.limits import Limits
from bot.team_entry import SignedIn
from bot.web.addresses import address_of
from bot.web.cookies import Jar
from bot.web.desks import (
    AppointmentDesk,
    CatalogueDesk,
    CheckDesk,
    GapDesk,
    QuestionDesk,
    ReachDesk,
    SheetDesk,
    TeamDesk,
    TeamEntry,
)
from bot.web.form_tokens import FormTokens
from bot.web.incidents import incident
from bot.web.pages import Pages
from bot.web.security import comes_from_us
from bot.web.site import WebSettings, WebTown
from casework.team import allows

EVERYONE = "everyone"
"""Declared by the few pages that are there to sign in."""

FIELDS, MANY_FIELDS = 20, 500
"""How many a form may have: nearly every form, and the one of an entry with its texts and boxes."""

LONGEST_KEPT = 4000
_NOT_WRITTEN = frozenset({"token", "version", "stamp", "id", "do"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDoor:
    """What every page of the desk needs."""

    team: TeamDesk
    entry: TeamEntry
    appointments: AppointmentDesk
    reach: ReachDesk
    catalogue: CatalogueDesk
    sheet: SheetDesk
    checks: CheckDesk
    questions: QuestionDesk
    gaps: GapDesk
    towns: tuple[WebTown, ...]
    settings: WebSettings
    pages: Pages
    tokens: FormTokens
    limits: Limits
    jar: Jar

    def answer(self, visit: "Visit", template: str, status: int = 200, **values: object) -> HTMLResponse:
        token = self.tokens.issue(self.jar.value(visit.request))
        common = {
            "token": token,
            "member": visit.member,
            "allows": allows,
            "several_towns": len(self.towns) > 1,
        }
        return self.pages.answer(template, status=status, **common, **values)

    def refuse(self, visit: "Visit", sentence: str, status: int = 403) -> HTMLResponse:
        """A page that says why, with whatever the guide had written still on it."""
        return self.answer(visit, "desk/refused.html", status, sentence=sentence, kept=_kept(visit.form))


def _kept(form: FormData) -> str:
    """What somebody had written: a letter, or of a large form every field with its name."""
    if len(form) <= FIELDS:
        return str(form.get("text", ""))[:LONGEST_KEPT]
    said = [f"{name}: {text}" for name, text in form.multi_items() if text and name not in _NOT_WRITTEN]
    return "\n".join(said).encode("utf-8", "ignore").decode("utf-8")[: MANY_FIELDS * LONGEST_KEPT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request to the desk after it was let in; `form` is empty for a GET."""

    request: Request
    member: SignedIn | None
    form: FormData
    address: str

    @property
    def who(self) -> SignedIn:
        """Raises RuntimeError on a page that is open to everyone: a fault of that page."""
        if self.member is None:
            raise RuntimeError("this page is declared for everyone and has no member")
        return self.member

    def field(self, name: str) -> str:
        return str(self.form.get(name, "")).replace("\r\n", "\n").strip()

    def path(self, name: str, longest: int = 100) -> str:
        return str(self.request.path_params[name])[:longest]


Handle = Callable[[Visit], Awaitable[Response]]


class Guarded:
    """A page's endpoint behind its declaration."""

    def __init__(
        self, door: DeskDoor, action: str | None, handle: Handle, *, most_fields: int = FIELDS
    ) -> None:
        self.door = door
        self.action = action
        self.handle = handle
        self.most_fields = most_fields
        self.__name__ = handle.__name__

    async def answer(self, request: Request) -> Response:
        visit = await self._visit(request)
        try:
            visit = replace(visit, member=await self._member(request))
            refusal = self._refusal(visit)
            return refusal if refusal is not None else await self.handle(visit)
        except Exception as error:  # noqa: BLE001 - a bug becomes an apology here, and the text stays in the page
            number = incident(self.__name__, error)
            return self.door.refuse(
                visit, f"Das hat gerade nicht geklappt. Bitte gleich noch einmal. Nummer: {number}", 503
            )

    async def _visit(self, request: Request) -> Visit:
        form = FormData()
        if request.method == "POST":
            form = await request.form(max_files=0, max_fields=self.most_fields)
        address = address_of(request, self.door.settings.proxies)
        return Visit(request=request, member=None, form=form, address=address)

    async def _member(self, request: Request) -> SignedIn | None:
        session = self.door.jar.value(request)
        return await self.door.entry.member(session) if session else None

    def _refusal(self, visit: Visit) -> Response | None:
        if self.action != EVERYONE:
            if visit.member is None and visit.request.method == "GET" and self.action is not None:
                return RedirectResponse("/desk/anmelden", status_code=303)
            if not self._may(visit):
                return self.door.refuse(visit, "Dafür haben Sie hier keinen Zugang.")
        if visit.request.method == "POST" and not self._is_ours(visit):
            return self.door.refuse(
                visit, "Die Seite war zu alt. Bitte gehen Sie zurück und versuchen Sie es noch einmal."
            )
        return None

    def _may(self, visit: Visit) -> bool:
        return visit.member is not None and self.action is not None and allows(visit.member, self.action)

    def _is_ours(self, visit: Visit) -> bool:
        if not comes_from_us(visit.request, self.door.settings):
            return False
        return self.door.tokens.holds(visit.field("token"), self.door.jar.value(visit.request))
