"""A guide with a table as tests play it."""

import asyncio

from bot.catalogue_sheet import SheetDesk
from bot.catalogue_sheet_views import SheetLook, SheetTaken, SheetWish, Upload
from storage.catalogue import OfferVersion
from tests.bot.files.offers import HEADS, row
from tests.bot.keeper import OFFICE
from tests.bot.people import Worker, stored

WHY = "Jahresabfrage bei allen Trägern"
_LINES = ";".join([*HEADS, "Geprüft am"]), ";".join(row(Kennung=OFFICE, Name="Anders"))
CHANGED = Upload(name="x.csv", raw="\n".join(_LINES).encode())
"""In which one entry has another name."""


class Sheet:
    """A guide with a table; the desk is the same for all of them."""

    def __init__(self, worker: Worker, desk: SheetDesk | None = None) -> None:
        self.worker = worker
        self.desk = desk or SheetDesk(worker.house)

    def out(self, form: str = "xlsx", *, template: bool = False) -> bytes:
        return asyncio.run(self.desk.file(self.worker.signed_in, form, template=template))

    def look(self, raw: bytes, name: str = "angebote.csv", *, complete: bool = False) -> SheetLook:
        upload = Upload(name=name, raw=raw, complete=complete)
        return asyncio.run(self.desk.look(self.worker.signed_in, upload))

    def take(
        self, key: str, why: str = WHY, *, withdraw: bool = False, lose: bool = True
    ) -> SheetLook | SheetTaken:
        """`lose`: the tables of most tests have few columns."""
        wish = SheetWish(key=key, why=why, withdraw=withdraw, lose=lose)
        return asyncio.run(self.desk.take(self.worker.signed_in, wish))

    def entries(self) -> tuple[OfferVersion, ...]:
        return stored(self.worker.house, lambda store: store.catalogue.entries())
