"""The catalogue as a spreadsheet: its page, downloads, what a file would change, and the button for it."""

from pathlib import PurePath
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from bot.catalogue_sheet_views import SheetLook, SheetWish, Upload
from bot.web.desk_access import DeskDoor, Visit
from bot.web.desk_catalogue import CONFLICT, PAGE, number, plain
from bot.web.desk_catalogue_form import UNPROCESSABLE
from bot.web.desk_upload import sent_file
from catalog.normalise import clean

SHEET = f"{PAGE}/tabelle"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOWNLOADS = {
    "angebote.xlsx": (XLSX, False),
    "angebote.csv": ("text/csv; charset=utf-8", False),
    "vorlage.xlsx": (XLSX, True),
    "vorlage.csv": ("text/csv; charset=utf-8", True),
}
"""By name: the kind of file, and whether it is the template."""

NO_FILE = "Bitte wählen Sie zuerst eine Datei."
LONGEST_NAME = 80
TAKE = "take"
"""What the button says that takes a file in; any other lets it go."""


class SheetPages:
    """Handlers; which role each needs stands in the table of `desk`."""

    def __init__(self, door: DeskDoor) -> None:
        self.door = door

    async def show(self, visit: Visit) -> Response:
        return await self._page(visit, done=_done(visit))

    async def download(self, visit: Visit) -> Response:
        name = PurePath(visit.request.url.path).name
        kind, template = DOWNLOADS[name]
        content = await self.door.sheet.file(visit.who, name.rpartition(".")[2], template=template)
        stem, _, ending = name.rpartition(".")
        called = f"{stem}-{visit.who.town}.{ending}"
        return Response(
            content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{called}"'}
        )

    async def look(self, visit: Visit) -> Response:
        sent = await sent_file(visit, "file")
        if sent is None:
            return await self._page(visit, UNPROCESSABLE, notice=NO_FILE)
        upload = Upload(name=_name(sent[0]), raw=sent[1], complete=visit.field("complete") == "yes")
        look = await self.door.sheet.look(visit.who, upload)
        return self._look(visit, look, UNPROCESSABLE if look.unfit else 200)

    async def take(self, visit: Visit) -> Response:
        wish = SheetWish(
            key=visit.field("key")[:64],
            why=plain(visit.field("why")),
            withdraw=visit.field("withdraw") == "yes",
            lose=visit.field("lose") == "yes",
        )
        if visit.field("do") != TAKE:
            await self.door.sheet.drop(visit.who, wish.key)
            return RedirectResponse(SHEET, status_code=303)
        done = await self.door.sheet.take(visit.who, wish)
        if isinstance(done, SheetLook):
            return self._look(visit, done, CONFLICT)
        if done.sentence:
            return await self._page(visit, CONFLICT, notice=done.sentence)
        counts = {"neu": done.new, "anders": done.changed, "weg": done.withdrawn}
        return RedirectResponse(f"{SHEET}?{urlencode({'fertig': 1, **counts})}", status_code=303)

    async def _page(self, visit: Visit, status: int = 200, *, notice: str = "", done: str = "") -> Response:
        page = await self.door.sheet.page(visit.who)
        values = {"page": page, "notice": notice, "done": done, "downloads": tuple(DOWNLOADS)}
        return self.door.answer(visit, "desk/catalogue_sheet.html", status, **values)

    def _look(self, visit: Visit, look: SheetLook, status: int) -> Response:
        return self.door.answer(visit, "desk/catalogue_sheet_look.html", status, look=look)


def _name(typed: str) -> str:
    """What a browser calls the file, without folders; its ending stays."""
    path = PurePath(clean(plain(typed)).replace("\\", "/"))
    return f"{path.stem[:LONGEST_NAME]}{path.suffix[:10]}".strip(". ") or "Tabelle"


def _done(visit: Visit) -> str:
    """What the address says after the redirect: figures, nothing that somebody could write into a link."""
    asked = visit.request.query_params
    if not asked.get("fertig"):
        return ""
    new, changed, gone = (number(asked.get(name, "")) for name in ("neu", "anders", "weg"))
    return f"Übernommen: {new} neu, {changed} geändert, {gone} zurückgezogen. So sehen es ab jetzt alle."
