"""The team page: who works for the town, inviting and revoking within what the own role may appoint."""

from starlette.responses import Response

from bot.team_entry import NEED_PASSWORD
from bot.web.desk_access import DeskDoor, Visit
from bot.web.qr import qr_picture
from casework.team import ROLE_LABELS, Member, Role, may_appoint

NO_WAY = "Erinnert wird sie an ihre Einsätze nicht: Ihre Stadt nutzt dafür gerade weder Telegram noch E-Mail."


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
        return await self._invited(visit, token, Role(wanted), ROLE_LABELS[Role(wanted)])

    async def renew(self, visit: Visit) -> Response:
        other = await self._other(visit)
        if other is None:
            return self.door.refuse(visit, "Diesen Zugang dürfen Sie nicht erneuern.")
        token = await self.door.entry.renew(visit.who, other.id)
        return await self._invited(visit, token, other.role, other.name, renewed=True)

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

    async def _invited(
        self, visit: Visit, token: str, role: Role, invited: str, *, renewed: bool = False
    ) -> Response:
        """Both ways in, shown once: whichever is used first, the other is good no more."""
        site = (self.door.settings.public_url or str(visit.request.base_url)).rstrip("/")
        link, telegram = f"{site}/desk/einladung/{token}", self.door.reach.telegram_link(token)
        ways = await self.door.reach.ways(visit.who)
        by_web, by_bot = _ways(
            role,
            renewed=renewed,
            linked=bool(self.door.settings.public_url),
            reminds=bool(ways.bot) or ways.mails,
        )
        return await self._page(
            visit,
            invited=invited,
            link=link,
            by_web=by_web,
            telegram=telegram,
            by_bot=by_bot,
            picture=qr_picture(telegram) if telegram else "",
        )

    async def _page(self, visit: Visit, status: int = 200, **found: object) -> Response:
        values = {"link": "", "telegram": "", "notice": "", **found}
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


def _ways(role: Role, *, renewed: bool, linked: bool, reminds: bool) -> tuple[str, str]:
    """What the link in the browser and the one in Telegram do for whoever gets them.

    `linked`: the bot knows the address of the pages, and gives new colleagues a link to choose a password.
    `reminds`: the town has a way to reach people outside the desk.
    """
    tap = f"tippt auf „Starten“ und dann auf „{'Verbinden' if renewed else 'Ich mache mit'}“"
    if role not in NEED_PASSWORD:
        name = "" if renewed else "Dort trägt die Person ihren Namen ein. "
        choice = "Dann wählt sie, wie sie an ihre Einsätze erinnert wird." if reminds else NO_WAY
        web = f"{name}{choice} Fälle sieht sie nicht."
        return web, f"Die Person {tap}. Danach erinnert sie der Bot an ihre Einsätze."
    if renewed:
        return "Dort wählt die Person ein neues Passwort.", f"Die Person {tap}. Ihr Passwort bleibt."
    desk = (
        "Für den Arbeitsplatz bekommt sie dort einen Link"
        if linked
        else "Für den Arbeitsplatz erneuern Sie dann hier ihren Zugang"
    )
    return "Dort wählt die Person Namen und Passwort für den Arbeitsplatz.", f"Die Person {tap}. {desk}."
