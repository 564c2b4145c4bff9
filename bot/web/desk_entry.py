"""Ways into the desk and out: invitation, password, signing out. Looking at a page spends nothing."""

import hashlib

from starlette.responses import RedirectResponse, Response

from bot.limits import SIGN_INS, SIGN_INS_PER_ADDRESS, SIGN_INS_PER_NAME
from bot.team_entry import NEED_PASSWORD, SHORTEST_PASSWORD
from bot.web.desk_access import DeskDoor, Visit
from casework.team import ROLE_LABELS, Member, Role, allows

WRONG = "Name oder Passwort stimmt nicht."
TOO_OFTEN = "Zu viele Versuche. Bitte warten Sie 15 Minuten."
SPENT = "Diese Einladung gilt nicht mehr. Bitte lassen Sie sich eine neue geben."
TAKEN = "Diesen Namen hat hier schon jemand. Bitte nehmen Sie einen anderen."
SHORT = f"Bitte nehmen Sie mindestens {SHORTEST_PASSWORD} Zeichen für das Passwort."


def home_of(member: Member) -> str:
    if allows(member, "queue.read"):
        return "/desk"
    return "/desk/team" if allows(member, "team.read") else "/desk/erreichbar"


class EntryPages:
    """Handlers that are open to everyone, and the way out."""

    def __init__(self, door: DeskDoor) -> None:
        self.door = door

    async def sign_in_page(self, visit: Visit) -> Response:
        if visit.member is not None:
            return RedirectResponse(home_of(visit.member), status_code=303)
        return self._sign_in_page(visit)

    async def sign_in(self, visit: Visit) -> Response:
        name, town = visit.field("name"), visit.field("town") or self.door.towns[0].id
        tried = hashlib.sha256(f"{town} {name.casefold()}".encode()).hexdigest()[:16]
        if not self._may_try(visit.address, tried):
            return self._sign_in_page(visit, TOO_OFTEN, 429)
        session = await self.door.entry.sign_in(town, name, str(visit.form.get("password", "")))
        return await self._enter(session) if session else self._sign_in_page(visit, WRONG, 403)

    def _may_try(self, address: str, tried: str) -> bool:
        limits = self.door.limits
        return (
            limits.allows(f"sign-ins at {address}", SIGN_INS_PER_ADDRESS)
            and limits.allows(f"sign-in {tried} at {address}", SIGN_INS)
            and limits.allows(f"sign-in {tried}", SIGN_INS_PER_NAME)
        )

    async def invitation_page(self, visit: Visit) -> Response:
        return await self._invitation_page(visit)

    async def invitation(self, visit: Visit) -> Response:
        password = str(visit.form.get("password", ""))
        if await self._too_short(visit, password):
            return await self._invitation_page(visit, SHORT, 422)
        if not self.door.limits.allows(f"invitation {visit.address}", SIGN_INS):
            return await self._invitation_page(visit, TOO_OFTEN, 429)
        session = await self.door.entry.enter(visit.path("token"), visit.field("name"), password or None)
        return await self._enter(session) if session else await self._invitation_page(visit, TAKEN, 403)

    async def sign_out(self, visit: Visit) -> Response:
        await self.door.entry.sign_out(self.door.jar.value(visit.request))
        response = RedirectResponse("/desk/anmelden", status_code=303)
        self.door.jar.end(response)
        return response

    async def _too_short(self, visit: Visit, password: str) -> bool:
        if password:
            return len(password) < SHORTEST_PASSWORD
        found = await self.door.entry.invitation(visit.path("token"))
        return found is not None and self._needs_password(found.role)

    def _needs_password(self, role: Role) -> bool:
        return role in NEED_PASSWORD and not self.door.settings.demo

    async def _enter(self, session: str) -> Response:
        member = await self.door.entry.member(session)
        response = RedirectResponse(home_of(member) if member else "/desk/anmelden", status_code=303)
        self.door.jar.put(response, session)
        return response

    def _sign_in_page(self, visit: Visit, notice: str = "", status: int = 200) -> Response:
        towns = [(town.id, town.name) for town in self.door.towns]
        name = visit.field("name")
        return self.door.answer(visit, "desk/sign_in.html", status, notice=notice, towns=towns, name=name)

    async def _invitation_page(self, visit: Visit, notice: str = "", status: int = 200) -> Response:
        found = await self.door.entry.invitation(visit.path("token"))
        if found is None:
            return self.door.refuse(visit, SPENT, 404 if visit.request.method == "GET" else 403)
        values = {
            "role": ROLE_LABELS[found.role],
            "notice": notice,
            "known": found.name if found.member is not None else "",
            "name": visit.field("name"),
            "needs_password": self._needs_password(found.role),
            "first_password": found.passwordless and found.role in NEED_PASSWORD,
            "volunteer": found.role is Role.VOLUNTEER,
            "demo": self.door.settings.demo,
        }
        return self.door.answer(visit, "desk/invitation.html", status, path=visit.request.url.path, **values)
