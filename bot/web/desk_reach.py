"""The page on which a member says how they are reached, and the one that a link in a mail leads to."""

from starlette.responses import RedirectResponse, Response

from bot.limits import MAILS_PER_MEMBER
from bot.web.desk_access import DeskDoor, Visit
from bot.web.qr import qr_picture

PAGE = "/desk/erreichbar"
DONE = {
    "telegram": "Dieser Chat ist getrennt. Auf Telegram bekommen Sie nichts mehr.",
    "mail": "Ihre E-Mail-Adresse ist gelöscht.",
}
NO_BOT = "Der Bot Ihrer Stadt ist gerade nicht verbunden. Bitte versuchen Sie es später noch einmal."
TOO_OFTEN = "Das waren viele E-Mails in kurzer Zeit. Bitte warten Sie eine Stunde."
SPENT = "Dieser Link gilt nicht mehr. Tragen Sie Ihre E-Mail-Adresse am Arbeitsplatz noch einmal ein."
LONGEST_TOKEN, LONGEST_ADDRESS = 600, 254


class ReachPages:
    """Handlers; which role each needs stands in the table of `desk`."""

    def __init__(self, door: DeskDoor) -> None:
        self.door = door

    async def show(self, visit: Visit) -> Response:
        return await self._page(visit, done=DONE.get(visit.request.query_params.get("fertig", ""), ""))

    async def connect(self, visit: Visit) -> Response:
        """Makes a new link, hence by a button only; it is shown once."""
        link = await self.door.reach.connect(visit.who)
        if not link:
            return await self._page(visit, 409, notice=NO_BOT)
        return await self._page(visit, link=link, picture=qr_picture(link))

    async def disconnect(self, visit: Visit) -> Response:
        await self.door.reach.disconnect(visit.who)
        return RedirectResponse(f"{PAGE}?fertig=telegram", status_code=303)

    async def ask_mail(self, visit: Visit) -> Response:
        typed = visit.field("mail")[: LONGEST_ADDRESS + 1]
        if not self.door.limits.allows(f"mails of {visit.who.id}", MAILS_PER_MEMBER):
            return await self._page(visit, 429, notice=TOO_OFTEN, typed=typed)
        done = await self.door.reach.ask_mail(visit.who, typed)
        if not done.ok:
            return await self._page(visit, 422, notice=done.sentence, typed=typed)
        return await self._page(visit, done=f"{done.sentence} Öffnen Sie den Link darin.")

    async def drop_mail(self, visit: Visit) -> Response:
        await self.door.reach.drop_mail(visit.who)
        return RedirectResponse(f"{PAGE}?fertig=mail", status_code=303)

    async def confirm_page(self, visit: Visit) -> Response:
        """Spends nothing: mail programs open links to look whether they are harmless."""
        found = await self.door.reach.offered(visit.path("token", LONGEST_TOKEN))
        if found is None:
            return self.door.refuse(visit, SPENT, 404)
        return self.door.answer(visit, "desk/mail_confirm.html", offered=found, path=visit.request.url.path)

    async def confirm(self, visit: Visit) -> Response:
        done = await self.door.reach.confirm(visit.path("token", LONGEST_TOKEN))
        if not done.ok:
            return self.door.refuse(visit, done.sentence)
        return self.door.answer(visit, "desk/mail_confirmed.html", sentence=done.sentence)

    async def _page(self, visit: Visit, status: int = 200, **found: object) -> Response:
        values = {"link": "", "picture": "", "notice": "", "done": "", "typed": "", **found}
        ways = await self.door.reach.ways(visit.who)
        return self.door.answer(visit, "desk/reach.html", status, ways=ways, **values)
