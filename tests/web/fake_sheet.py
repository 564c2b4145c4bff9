"""The fake desk's spreadsheet: one file that would change things, one that is wrong."""

from dataclasses import replace

from bot.catalogue_changes import Difference
from bot.catalogue_sheet_views import (
    SheetEntry,
    SheetLook,
    SheetPage,
    SheetProblem,
    SheetTaken,
    SheetWish,
    Upload,
)
from bot.team_entry import SignedIn
from casework.team import allows

NAME = "Sprachcafé am Haselbach"
CAFE = SheetEntry(
    id="cafe",
    name=NAME,
    organization="Freundeskreis",
    differences=(Difference(label="Telefon", before="+49 69 90009101", after="+49 69 90009102"),),
)
OLD = SheetEntry(id="alt", name="Alter Treff", organization="Verein mit einem sehr langen Namen e. V.")
PROBLEMS = (
    SheetProblem(place="Zeile 1, Spalte „Telefonn“", text="Diese Überschrift kennen wir nicht."),
    SheetProblem(place="Zeile 3, Spalte „Art“", text="„<b>Angebott“ gibt es hier nicht."),
)
KEY = "k1"


class FakeSheet:
    """`moved`: somebody else has changed the catalogue meanwhile. Files called bad are bad."""

    def __init__(self, done: list[tuple[str, ...]]) -> None:
        self._done = done
        self.moved = False
        self.uploads: list[Upload] = []

    async def page(self, member: SignedIn) -> SheetPage:
        may_write = allows(member, "catalogue.write")
        return SheetPage(town=member.town, own=34, may_write=may_write, fictional=False)

    async def file(self, member: SignedIn, form: str, *, template: bool) -> bytes:
        return f"{member.town} {form} {template}".encode()

    async def look(self, member: SignedIn, upload: Upload) -> SheetLook:
        self.uploads.append(upload)
        look = SheetLook(file=upload.name, complete=upload.complete)
        if member.town != "erlenfels":
            return look
        if upload.name.startswith("bad"):
            return replace(look, problems=PROBLEMS, unfit=300)
        gone = (OLD,) if upload.complete else ()
        absent = () if upload.complete else (OLD,)
        remarks = ("Zeile 2 hatte keine Kennung und bekommt diese: naehtreff.",)
        new = SheetEntry(id="naehtreff", name="Nähtreff", organization="Verein")
        return replace(
            look, key=KEY, new=(new,), changed=(CAFE,), withdrawn=gone, absent=absent, same=3, remarks=remarks
        )

    async def take(self, member: SignedIn, wish: SheetWish) -> SheetLook | SheetTaken:
        if member.town != "erlenfels" or wish.key != KEY:
            return SheetTaken(sentence="Diese Tabelle wartet nicht mehr.")
        if self.moved:
            look = await self.look(member, self.uploads[-1])
            return replace(look, notice="Der Katalog hat sich inzwischen geändert.", why=wish.why)
        self._done.append(("sheet", member.id, wish.why, str(wish.withdraw)))
        return SheetTaken(new=1, changed=1, withdrawn=int(wish.withdraw))

    async def drop(self, member: SignedIn, key: str) -> None:
        if member.town == "erlenfels" and key == KEY:
            self._done.append(("drop", member.id))
