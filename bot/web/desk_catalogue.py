"""The catalogue's pages: list, entry, history, the list to hand out, and the buttons on them."""

from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.responses import RedirectResponse, Response

from bot.case_views import Done
from bot.catalogue_views import STATES, Sent, Wanted
from bot.web.desk_access import DeskDoor, Visit

PAGE = "/desk/katalog"
CONFLICT, NOT_FOUND = 409, 404
GONE = "Diesen Eintrag gibt es in Ihrer Stadt nicht."
DONE = {
    "gespeichert": "Gespeichert. So sehen es ab jetzt alle.",
    "entwurf": "Der Entwurf ist gespeichert. Bis jemand ihn freigibt, bleibt alles, wie es ist.",
    "gleich": "Es hat sich nichts geändert.",
    "freigegeben": "Freigegeben. So sehen es ab jetzt alle.",
    "verworfen": "Der Entwurf ist verworfen.",
    "zurueckgezogen": "Der Eintrag ist zurückgezogen. Unter „Fassungen“ können Sie ihn zurückholen.",
    "wiederhergestellt": "Diese Fassung gilt wieder.",
}
AT_ONCE = 100
"""Entries on a page; beyond that a search is quicker than scrolling."""

LONGEST, LONGEST_NUMBER = 200, 9


class CataloguePages:
    """Handlers; which role each needs stands in the table of `desk`."""

    def __init__(self, door: DeskDoor) -> None:
        self.door = door

    async def listed(self, visit: Visit) -> Response:
        asked = visit.request.query_params
        wanted = _wanted(asked)
        found = await self.door.catalogue.listed(visit.who, wanted)
        values = {
            "listing": found,
            "shown": found.lines if asked.get("alle") else found.lines[:AT_ONCE],
            "wanted": wanted,
            "states": STATES,
            "query": _query(wanted),
            "done": _done(visit),
        }
        return self.door.answer(visit, "desk/catalogue_list.html", 200, **values)

    async def handout(self, visit: Visit) -> Response:
        asked = visit.request.query_params
        wanted = _wanted(asked)
        sheet = await self.door.catalogue.handout(visit.who, wanted, asked.get("sprache", "")[:20])
        return self.door.answer(visit, "desk/catalogue_print.html", sheet=sheet, wanted=wanted)

    async def entry(self, visit: Visit) -> Response:
        return await self._entry(visit, done=_done(visit))

    async def history(self, visit: Visit) -> Response:
        return await self._history(visit)

    async def approve(self, visit: Visit) -> Response:
        done = await self.door.catalogue.approve(visit.who, visit.path("entry"), _sent(visit))
        return await self._after(visit, done, "freigegeben")

    async def discard(self, visit: Visit) -> Response:
        entry = visit.path("entry")
        done = await self.door.catalogue.discard(visit.who, entry, _sent(visit))
        if done.ok and await self.door.catalogue.entry(visit.who, entry, "") is None:
            return RedirectResponse(f"{PAGE}?fertig=verworfen", status_code=303)
        return await self._after(visit, done, "verworfen")

    async def withdraw(self, visit: Visit) -> Response:
        done = await self.door.catalogue.withdraw(visit.who, visit.path("entry"), _sent(visit))
        return await self._after(visit, done, "zurueckgezogen")

    async def restore(self, visit: Visit) -> Response:
        """The version that the page showed as the newest goes along: what is newer is not overwritten."""
        former = number(visit.field("former"))
        done = await self.door.catalogue.restore(visit.who, visit.path("entry"), former, _sent(visit))
        if done.ok:
            return _back(visit, "wiederhergestellt")
        return await self._history(visit, CONFLICT, done.sentence)

    async def _after(self, visit: Visit, done: Done, what: str) -> Response:
        return _back(visit, what) if done.ok else await self._entry(visit, CONFLICT, notice=done.sentence)

    async def _entry(self, visit: Visit, status: int = 200, *, notice: str = "", done: str = "") -> Response:
        language = visit.request.query_params.get("sprache", "")[:20]
        view = await self.door.catalogue.entry(visit.who, visit.path("entry"), language)
        if view is None:
            return self.door.refuse(visit, GONE, NOT_FOUND)
        values = {"view": view, "notice": notice, "done": done, "kept": _sent(visit).why}
        return self.door.answer(visit, "desk/catalogue_entry.html", status, **values)

    async def _history(self, visit: Visit, status: int = 200, notice: str = "") -> Response:
        view = await self.door.catalogue.history(visit.who, visit.path("entry"))
        if view is None:
            return self.door.refuse(visit, GONE, NOT_FOUND)
        return self.door.answer(visit, "desk/catalogue_history.html", status, view=view, notice=notice)


def number(typed: str) -> int:
    """A version as a form carries it; 0 for anything else."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 0


def plain(value: str) -> str:
    """As it was typed, but for what no page can be written with: half of a character."""
    return value.encode("utf-8", "ignore").decode("utf-8").replace("\r\n", "\n")


def _sent(visit: Visit) -> Sent:
    """What a button of an entry's page carries: which state it was shown with, and why."""
    return Sent(
        version=number(visit.field("version")), stamp=visit.field("stamp")[:64], why=visit.field("why")
    )


def _wanted(asked: QueryParams) -> Wanted:
    return Wanted(
        text=asked.get("suche", "")[:LONGEST].strip(),
        need=asked.get("thema", "")[:LONGEST],
        kind=asked.get("art", "")[:LONGEST],
        state=asked.get("stand", "")[:LONGEST],
    )


def _query(wanted: Wanted) -> str:
    """The same search as part of an address."""
    said = {"suche": wanted.text, "thema": wanted.need, "art": wanted.kind, "stand": wanted.state}
    return urlencode({name: value for name, value in said.items() if value})


def _done(visit: Visit) -> str:
    return DONE.get(visit.request.query_params.get("fertig", ""), "")


def _back(visit: Visit, what: str) -> Response:
    return RedirectResponse(f"{PAGE}/eintrag/{visit.path('entry')}?fertig={what}", status_code=303)
