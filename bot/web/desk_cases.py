"""The guide's pages: the queue, a case, and what can be done with it."""

from starlette.responses import RedirectResponse, Response

from bot.case_views import Done
from bot.web.desk_access import DeskDoor, Visit

DONE = {
    "notiert": "Gut. Der Fall bleibt für die anderen in der Liste.",
    "zurueckgegeben": "Der Fall ist wieder in der offenen Liste.",
    "abgeschlossen": "Der Fall ist abgeschlossen. Der Bot führt das Gespräch weiter.",
}
CONFLICT = 409
GONE = "Diesen Fall gibt es hier nicht mehr. Vielleicht hat die Person alles gelöscht."
CLOSED = (
    "Das Gespräch mit dem Integrationsguide ist zu Ende. Jetzt antwortet wieder das Programm. "
    "Sie können jederzeit wieder nach einem Menschen fragen."
)
"""What the person reads after closing, here in German."""
LONGEST_LETTER, LONGEST_NUMBER = 2000, 9


class CasePages:
    """Handlers; which role each needs stands in the table of `desk`."""

    def __init__(self, door: DeskDoor) -> None:
        self.door = door

    async def board(self, visit: Visit) -> Response:
        board = await self.door.team.queue(visit.who)
        done = DONE.get(visit.request.query_params.get("fertig", ""), "")
        return self.door.answer(visit, "desk/board.html", board=board, done=done)

    async def board_part(self, visit: Visit) -> Response:
        """The lists alone, for the page that renews itself."""
        board = await self.door.team.queue(visit.who)
        return self.door.answer(visit, "desk/board_part.html", board=board)

    async def numbered(self, visit: Visit) -> Response:
        """The case whose number a guide has in mind, open or closed."""
        number = visit.request.query_params.get("nummer", "").strip().removeprefix("#")[: LONGEST_NUMBER + 1]
        if not (number.isascii() and number.isdecimal()) or len(number) > LONGEST_NUMBER:
            return self.door.refuse(visit, "Bitte geben Sie die Nummer des Falls als Zahl ein.", 422)
        case = await self.door.team.numbered(visit.who, int(number))
        if case is None:
            return self.door.refuse(visit, f"Einen Fall {int(number)} gibt es hier nicht.", 404)
        return RedirectResponse(f"/desk/fall/{case}", status_code=303)

    async def case(self, visit: Visit) -> Response:
        return await self._case(visit)

    async def case_news(self, visit: Visit) -> Response:
        """Whether something unread waits in an own case; opening the case itself would count as reading."""
        board = await self.door.team.queue(visit.who)
        unread = any(line.unread for line in board.mine if line.id == visit.path("case"))
        if not unread:
            return Response(status_code=204)
        return self.door.answer(visit, "desk/case_news.html", case=visit.path("case"))

    async def take(self, visit: Visit) -> Response:
        done = await self.door.team.take(visit.who, visit.path("case"))
        return await self._after(visit, done, f"/desk/fall/{visit.path('case')}")

    async def not_now(self, visit: Visit) -> Response:
        done = await self.door.team.not_now(visit.who, visit.path("case"))
        return await self._after(visit, done, "/desk?fertig=notiert")

    async def give_back(self, visit: Visit) -> Response:
        done = await self.door.team.give_back(visit.who, visit.path("case"))
        return await self._after(visit, done, "/desk?fertig=zurueckgegeben")

    async def close(self, visit: Visit) -> Response:
        done = await self.door.team.close(visit.who, visit.path("case"), visit.field("outcome"))
        return await self._after(visit, done, "/desk?fertig=abgeschlossen")

    async def write(self, visit: Visit) -> Response:
        text, number = visit.field("text"), visit.field("id")
        if not text or not number:
            return await self._case(visit, 422, "Bitte schreiben Sie etwas.")
        if len(text) > LONGEST_LETTER:
            return await self._case(
                visit, 422, f"Bitte höchstens {LONGEST_LETTER} Zeichen; es sind {len(text)}."
            )
        done = await self.door.team.write(visit.who, visit.path("case"), text, number)
        return await self._after(visit, done, f"/desk/fall/{visit.path('case')}#schreiben")

    async def _after(self, visit: Visit, done: Done, target: str) -> Response:
        if done.ok:
            return RedirectResponse(target, status_code=303)
        return await self._case(visit, CONFLICT, done.sentence)

    async def _case(self, visit: Visit, status: int = 200, notice: str = "") -> Response:
        """The case page; a refused text stays in its field."""
        view = await self.door.team.view(visit.who, visit.path("case"))
        if view is None:
            return self.door.refuse(visit, notice or GONE, 404)
        if status == CONFLICT and view.owner_name and not view.may_write:
            notice = f"{notice} Der Fall ist jetzt bei \u2068{view.owner_name}\u2069."
        kept, number = visit.field("text"), visit.field("id")
        plan = await self.door.appointments.of_case(visit.who, visit.path("case"))
        values = {
            "plan": plan,
            "view": view,
            "notice": notice,
            "kept": kept,
            "number": number,
            "closed": CLOSED,
        }
        return self.door.answer(visit, "desk/case.html", status, **values)
