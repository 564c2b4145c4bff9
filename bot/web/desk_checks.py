"""Pages that keep entries fresh: what is due, what is known of one, visits, and where a mail's link leads."""

from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from bot.check_steps import LONGEST_FOUND, VisitWish
from bot.offer_checks import EntryChecks
from bot.offer_letters import QUESTION
from bot.offer_lines import RESULTS
from bot.offer_questions import SPENT
from bot.web.desk_access import DeskDoor, Visit

PAGE = "/desk/pruefen"
LONGEST_TOKEN = 300
LATE = 409
NOT_HERE = "Diesen Eintrag gibt es hier nicht mehr."


def part(found: EntryChecks, wish: VisitWish | None = None, number: str = "") -> dict[str, object]:
    """What `desk/checks_of_offer.html` wants, on whichever page it stands."""
    return {
        "found": found,
        "wish": wish or VisitWish(day=found.today),
        "number": number,
        "results": [(str(code), label) for code, label in RESULTS.items()],
        "longest": LONGEST_FOUND,
    }


class CheckPages:
    """Handlers; which role each needs stands in the table of `desk`."""

    def __init__(self, door: DeskDoor) -> None:
        self.door = door

    async def show(self, visit: Visit) -> Response:
        return await self._board(visit)

    async def entry(self, visit: Visit) -> Response:
        return await self._entry(visit)

    async def note(self, visit: Visit) -> Response:
        done = await self.door.checks.note(visit.who, visit.path("offer"), visit.field("result"))
        if not done.ok:
            return self.door.refuse(visit, done.sentence, LATE)
        return await self._board(visit, done=done.sentence)

    async def visited(self, visit: Visit) -> Response:
        offer, number = visit.path("offer"), visit.field("id")[:100]
        wish = VisitWish(
            day=visit.field("day"), result=visit.field("result"), found=visit.field("found")[:4000]
        )
        if not number:
            return self.door.refuse(visit, "Die Seite war zu alt. Bitte öffnen Sie sie noch einmal.", 422)
        done = await self.door.checks.visit(visit.who, offer, wish, number)
        if done.ok:
            return RedirectResponse(f"{PAGE}/{quote(offer)}?fertig=besuch", status_code=303)
        return await self._entry(visit, 422, notice=done.sentence, wish=wish, number=number)

    async def settle(self, visit: Visit) -> Response:
        done = await self.door.checks.settle(visit.who, visit.path("offer"), visit.field("quarter")[:10])
        return await self._board(visit, 200 if done.ok else LATE, done=done.sentence)

    async def question_page(self, visit: Visit) -> Response:
        """Answers nothing: mail programs open links to look whether they are harmless."""
        return await self._question(visit, picked=visit.request.query_params.get("antwort", ""))

    async def answer(self, visit: Visit) -> Response:
        picked, words = visit.field("result")[:20], visit.field("words")[:4000]
        done = await self.door.questions.answer(visit.path("token", LONGEST_TOKEN), picked, words)
        if done.ok:
            return self.door.answer(visit, "desk/offer_answered.html", sentence=done.sentence)
        return await self._question(visit, 422, notice=done.sentence, picked=picked, words=words)

    async def _question(
        self, visit: Visit, status: int = 200, *, picked: str, notice: str = "", words: str = ""
    ) -> Response:
        asked = await self.door.questions.asked(visit.path("token", LONGEST_TOKEN))
        if asked is None:
            return self.door.refuse(visit, SPENT, 404 if status == 200 else 403)
        values = {"picked": picked, "notice": notice, "words": words, "longest": LONGEST_FOUND}
        return self.door.answer(
            visit,
            "desk/offer_question.html",
            status,
            asked=asked,
            answers=[(str(code), label) for code, label in QUESTION.items()],
            path=visit.request.url.path,
            **values,
        )

    async def _board(self, visit: Visit, status: int = 200, *, done: str = "") -> Response:
        board = await self.door.checks.board(visit.who)
        return self.door.answer(visit, "desk/checks.html", status, board=board, done=done)

    async def _entry(
        self,
        visit: Visit,
        status: int = 200,
        *,
        notice: str = "",
        wish: VisitWish | None = None,
        number: str = "",
    ) -> Response:
        found = await self.door.checks.of_offer(visit.who, visit.path("offer"))
        if found is None:
            return self.door.refuse(visit, NOT_HERE, 404)
        finished = visit.request.query_params.get("fertig") == "besuch"
        return self.door.answer(
            visit,
            "desk/check.html",
            status,
            notice=notice,
            done="Der Besuch ist eingetragen." if finished and not notice else "",
            **part(found, wish, number),
        )
