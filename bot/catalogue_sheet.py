"""The catalogue as a spreadsheet: out, looked at, and taken in just as it was looked at; it knows no page."""

import asyncio
import datetime as dt
from dataclasses import dataclass, replace

from bot.case_steps import FORBIDDEN, Refused
from bot.catalogue_sheet_looks import Before, look_of, read_upload, stamp_of
from bot.catalogue_sheet_shelf import MINUTES, Shelf, Stamp, Waiting
from bot.catalogue_sheet_views import SheetLook, SheetPage, SheetTaken, SheetWish, Upload
from bot.catalogue_steps import NO_WHY
from bot.files.spreadsheet_out import as_csv, as_xlsx
from bot.house import House
from bot.taking_in import Ready, Taken, taken
from bot.team_entry import SignedIn
from casework.days import local_day
from casework.team import allows
from catalog.normalise import clean
from storage.catalogue import Change
from storage.store import Store

FORMS = {"xlsx": as_xlsx, "csv": as_csv}
LONGEST_WHY = 300  # so that the name of the file fits behind
LONG_WHY = f"Das ist zu lang: höchstens {LONGEST_WHY} Zeichen."
GONE = (
    f"Diese Tabelle wartet nicht mehr: Sie wird höchstens {MINUTES} Minuten aufgehoben. Haben Sie sie schon "
    "übernommen, ist alles getan. Sonst laden Sie sie bitte noch einmal hoch."
)
MOVED = (
    "Der Katalog hat sich inzwischen geändert. Es ist nichts übernommen. "
    "So sähe es jetzt aus: Sehen Sie es noch einmal an."
)
UNSURE_OF_COLUMNS = (
    "Es ist nichts übernommen. Kreuzen Sie an, dass wegfallen soll, was in den fehlenden Spalten stand."
)
UNSURE = "Es ist nichts übernommen. Kreuzen Sie an, dass die genannten Einträge zurückgezogen werden sollen."


class _Again(Exception):
    """Nothing is taken in, and the page is shown once more; the text says why."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that was read, and what it was read against."""

    before: Before
    read: Ready | SheetLook


class SheetDesk:
    """What comes in is a version by the guide, as every change at the desk."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._shelf = Shelf()
        # a large workbook takes seconds and a lot of memory while it is read
        self._one_at_a_time = asyncio.Semaphore(1)

    async def page(self, member: SignedIn) -> SheetPage:
        town = self._house.towns[member.town].municipality
        own = await self._house.in_town(member.town, lambda store: store.catalogue.own_offers())
        return SheetPage(
            town=town.id,
            own=len(own),
            may_write=allows(member, "catalogue.write"),
            fictional=town.fictional,
        )

    async def file(self, member: SignedIn, form: str, *, template: bool) -> bytes:
        """The town's own entries, or for a template a row that shows how to fill it in. `form`: in FORMS."""
        offers = await self._house.in_town(member.town, lambda store: store.catalogue.own_offers())
        async with self._one_at_a_time:
            return await asyncio.to_thread(FORMS[form], () if template else offers, template=template)

    async def look(self, member: SignedIn, upload: Upload) -> SheetLook:
        """What the file would change; nothing is written, and for a while the file waits for a yes."""
        found = await self._read(member, upload)
        if isinstance(found.read, SheetLook):
            return found.read
        look = await self._look(member, upload, found.before, found.read)
        if not look.changes:
            return look
        waiting = Waiting(
            town=member.town,
            member=member.id,
            upload=upload,
            stamp=found.before.stamp,
            until=self._house.clock() + dt.timedelta(minutes=MINUTES),
            loses=bool(look.lost),
        )
        key = self._house.new_id()
        self._shelf.put(key, waiting)
        return replace(look, key=key)

    async def take(self, member: SignedIn, wish: SheetWish) -> SheetLook | SheetTaken:
        """Takes in exactly what was looked at; else the file once more, and why nothing was taken in."""
        waiting = self._shelf.get(wish.key, member.town, member.id, self._house.clock())
        if waiting is None:
            return SheetTaken(sentence=GONE)
        self._shelf.drop(wish.key)  # at once: a second tap must not be told that somebody else was here
        try:
            done = await self._taken(member, wish, waiting)
        except _Again as again:
            look = await self.look(member, waiting.upload)
            return replace(look, notice=str(again), why=wish.why)
        except Refused as refused:
            return SheetTaken(sentence=str(refused))
        await self._house.refresh(self._house.towns[member.town])
        return SheetTaken(new=len(done.new), changed=len(done.changed), withdrawn=len(done.withdrawn))

    async def drop(self, member: SignedIn, key: str) -> None:
        """The file is not to be taken in; nothing if it waits no longer."""
        if self._shelf.get(key, member.town, member.id, self._house.clock()) is not None:
            self._shelf.drop(key)

    async def _read(self, member: SignedIn, upload: Upload) -> _Found:
        town = self._house.towns[member.town]
        entries = await self._house.in_town(member.town, lambda store: store.catalogue.entries())
        before = Before(
            town=town.municipality,
            taxonomy=town.script.taxonomy,
            today=local_day(self._house.clock()),
            entries=entries,
        )
        async with self._one_at_a_time:
            return _Found(before, await asyncio.to_thread(read_upload, upload, before))

    async def _look(self, member: SignedIn, upload: Upload, before: Before, found: Ready) -> SheetLook:
        def seen(store: Store) -> tuple[tuple[str, ...], set[str]]:
            drafts = {draft.offer.id for draft in store.offer_drafts.all()}
            return store.catalogue.different(found.offers, complete=found.complete), drafts

        written, drafts = await self._house.in_town(member.town, seen)
        return await asyncio.to_thread(look_of, upload, before, found, written, drafts)

    async def _taken(self, member: SignedIn, wish: SheetWish, waiting: Waiting) -> Taken:
        """Raises _Again and Refused."""
        change = self._change(member, wish, waiting.upload.name)
        if waiting.loses and not wish.lose:
            raise _Again(UNSURE_OF_COLUMNS)
        found = await self._read(member, waiting.upload)
        if isinstance(found.read, SheetLook):  # it could be taken before, so something has changed around it
            raise _Again(MOVED)
        read = found.read
        return await self._house.in_town(
            member.town, lambda store: _write(store, member, wish, read, waiting.stamp, change)
        )

    def _change(self, member: SignedIn, wish: SheetWish, file: str) -> Change:
        """Raises _Again if the guide does not say why, or at too great a length."""
        why = " ".join(clean(wish.why).split())
        if not why or len(why) > LONGEST_WHY:
            raise _Again(LONG_WHY if why else NO_WHY)
        return Change(by=member.id, why=f"{why} (aus {file[:80]})", at=self._house.clock())


def _write(
    store: Store, member: SignedIn, wish: SheetWish, read: Ready, stamp: Stamp, change: Change
) -> Taken:
    """What it raises takes back all that it has written."""
    if not allows(member, "catalogue.write"):
        raise Refused(FORBIDDEN)
    if stamp_of(store.catalogue.entries()) != stamp:
        raise _Again(MOVED)
    done = taken(read, store.catalogue.put_offers(read.offers, change, complete=read.complete))
    if done.withdrawn and not wish.withdraw:
        raise _Again(UNSURE)
    return done
