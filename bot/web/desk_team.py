"""The team page: who works for the town, inviting and revoking within what the own role may appoint."""

from starlette.responses import Response

from bot.web.desk_access import DeskDoor, Visit
from bot.web.qr import qr_picture
from casework.team import ROLE_LABELS, Member, Role, may_appoint


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
        return await self._invited(visit, token, ROLE_LABELS[Role(wanted)])

    async def renew(self, visit: Visit) -> Response:
        other = await self._other(visit)
        if other is None:
            return self.door.refuse(visit, "Diesen Zugang dürfen Sie nicht erneuern.")
        token = await self.door.entry.renew(visit.who, other.id)
        return await self._invited(visit, token, other.name)

    async def revoke(self, visit: Visit) -> Response:
        other = await self._other(visit)
        if other is None:
            return self.door.refuse(visit, "Diesen Zugang dürfen Sie nicht sperren.")
        done = await self.door.entry.revoke(visit.who, other.id)
        return await self._page(visit, 200 if done.ok else 409, notice=done.sentence)

    async def _other(self, visit: Visit) -> Member | None:
        """The member that the address names, if it is someone else whom the visitor may appoint."""
        members = {other.id: other for other in await self.door.entry.team(visit.who)}
        other = members.get(visit.path("member"))
        known = other is not None and other.id != visit.who.id
        return other if other is not None and known and may_appoint(visit.who.role, other.role) else None

    async def _invited(self, visit: Visit, token: str, invited: str) -> Response:
        """Both ways in, shown once: whichever is used first, the other is good no more."""
        site = (self.door.settings.public_url or str(visit.request.base_url)).rstrip("/")
        link, telegram = f"{site}/desk/einladung/{token}", self.door.reach.telegram_link(token)
        picture = qr_picture(telegram) if telegram else ""
        return await self._page(visit, invited=invited, link=link, telegram=telegram, picture=picture)

    async def _page(self, visit: Visit, status: int = 200, **found: object) -> Response:
        values = {"link": "", "telegram": "", "picture": "", "invited": "", "notice": "", **found}
        people = await self.door.entry.team(visit.who)
        roles = [(role, ROLE_LABELS[role]) for role in Role if may_appoint(visit.who.role, role)]
        others = {other.id for other in people if may_appoint(visit.who.role, other.role)} - {visit.who.id}
        reached = await self.door.reach.reached(visit.who)
        shown = {
            "people": people,
            "roles": roles,
            "labels": ROLE_LABELS,
            "can_appoint": others,
            "reached": reached,
        }
        return self.door.answer(visit, "desk/team.html", status, **shown, **values)
