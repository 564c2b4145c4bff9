"""Making and cancelling appointments on the page of a case; a refused form comes back as it was filled in."""

from starlette.responses import RedirectResponse, Response

from bot.appointments import Wish
from bot.web.desk_access import DeskDoor, Visit

CONFLICT = 409


class AppointmentPages:
    """Handlers; which role each needs stands in the table of `desk`."""

    def __init__(self, door: DeskDoor) -> None:
        self.door = door

    async def make(self, visit: Visit) -> Response:
        wish = Wish(
            day=visit.field("day"),
            clock=visit.field("clock"),
            place=visit.field("place"),
            bring=visit.field("bring"),
            remind=visit.field("remind") == "yes",
        )
        case, number = visit.path("case"), visit.field("id")
        if not number:
            return self.door.refuse(
                visit, "Die Seite war zu alt. Bitte öffnen Sie den Fall noch einmal.", 422
            )
        done = await self.door.appointments.make(visit.who, case, wish, number)
        if done.ok:
            return RedirectResponse(f"/desk/fall/{case}#termine", status_code=303)
        plan = await self.door.appointments.of_case(visit.who, case)
        values = {"case": case, "wish": wish, "plan": plan, "number": number, "notice": done.sentence}
        return self.door.answer(visit, "desk/appointment_again.html", CONFLICT, **values)

    async def cancel(self, visit: Visit) -> Response:
        case = visit.path("case")
        done = await self.door.appointments.cancel(visit.who, case, visit.field("appointment")[:100])
        if done.ok:
            return RedirectResponse(f"/desk/fall/{case}#termine", status_code=303)
        return self.door.refuse(visit, done.sentence, CONFLICT)
