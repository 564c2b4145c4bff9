"""Pages of what is missing in the town, what became of it, and which offers are alike."""

from starlette.responses import RedirectResponse, Response

from bot.web.desk_access import DeskDoor, Visit
from casework.gap_steps import LONGEST_NOTE

PAGE = "/desk/luecken"


class GapPages:
    """Handlers; which role each needs stands in the table of `desk`."""

    def __init__(self, door: DeskDoor) -> None:
        self.door = door

    async def show(self, visit: Visit) -> Response:
        query = visit.request.query_params
        done = "Ihre Entscheidung ist eingetragen." if query.get("fertig") == "ja" else ""
        return await self._page(visit, need=query.get("bedarf", "")[:100], done=done)

    async def note(self, visit: Visit) -> Response:
        need, decision = visit.field("need")[:100], visit.field("decision")[:40]
        note, number = visit.field("note")[:4000], visit.field("id")[:100]
        if not number:
            return self.door.refuse(visit, "Die Seite war zu alt. Bitte öffnen Sie sie noch einmal.", 422)
        done = await self.door.gaps.note(visit.who, need, decision, note, number)
        if done.ok:
            return RedirectResponse(f"{PAGE}?fertig=ja", status_code=303)
        return await self._page(
            visit, 422, notice=done.sentence, need=need, decision=decision, note=note, number=number
        )

    async def overlaps(self, visit: Visit) -> Response:
        return self.door.answer(visit, "desk/overlaps.html", groups=await self.door.gaps.overlaps(visit.who))

    async def _page(self, visit: Visit, status: int = 200, **found: str) -> Response:
        values = {"need": "", "decision": "", "note": "", "number": "", "notice": "", "done": "", **found}
        board = await self.door.gaps.board(visit.who)
        return self.door.answer(visit, "desk/gaps.html", status, board=board, longest=LONGEST_NOTE, **values)
