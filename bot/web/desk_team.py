"""The team page: who works for the town, inviting and revoking within what the own role may appoint."""

from starlette.responses import RedirectResponse, Response

from bot.web.desk_access import DeskDoor, Visit
from casework.team import ROLE_LABELS, Role, may_appoint


class TeamPages:
    """Handlers; which role each needs stands in the table of `desk`."""

    def __init__(self, door: DeskDoor) -> None:
        self.door = door

    async def show(self, visit: Visit) -> Response:
        return await self._page(visit)

    async def invite(self, visit: Visit) -> Response:
        wanted = visit.field("role")
        if wanted not in set(Role) or not may_appoint(visit.who.role, Role(wanted)):
            return self.door.refuse(visit, "Für diese Rolle dürfen Sie nicht einladen.")
        token = await self.door.entry.invite(visit.who, Role(wanted))
        site = (self.door.settings.public_url or str(visit.request.base_url)).rstrip("/")
        return await self._page(
            visit, link=f"{site}/desk/einladung/{token}", invited=ROLE_LABELS[Role(wanted)]
        )

    async def revoke(self, visit: Visit) -> Response:
        members = {other.id: other for other in await self.door.entry.team(visit.who)}
        other = members.get(visit.path("member"))
        if other is None or other.id == visit.who.id or not may_appoint(visit.who.role, other.role):
            return self.door.refuse(visit, "Diesen Zugang dürfen Sie nicht sperren.")
        done = await self.door.entry.revoke(visit.who, other.id)
        if not done.ok:
            return await self._page(visit, 409, notice=done.sentence)
        return RedirectResponse("/desk/team", status_code=303)

    async def _page(self, visit: Visit, status: int = 200, **found: object) -> Response:
        values = {"link": "", "invited": "", "notice": "", **found}
        people = await self.door.entry.team(visit.who)
        roles = [(role, ROLE_LABELS[role]) for role in Role if may_appoint(visit.who.role, role)]
        can_revoke = {other.id for other in people if may_appoint(visit.who.role, other.role)} - {
            visit.who.id
        }
        shown = {"people": people, "roles": roles, "labels": ROLE_LABELS, "can_revoke": can_revoke}
        return self.door.answer(visit, "desk/team.html", status, **shown, **values)
