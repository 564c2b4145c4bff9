"""The catalogue as guides keep it: find, look, change, approve, restore; it knows no page."""

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.case_steps import FORBIDDEN, Refused, Repeated
from bot.case_views import Done
from bot.catalogue_entry import Seen, entry_view, history_view
from bot.catalogue_form import settled
from bot.catalogue_forms import form_again, form_in_conflict, form_of, form_previewed
from bot.catalogue_lists import handout, items_in, listing
from bot.catalogue_steps import Current, Moved, Step, Unfit, blank, current
from bot.catalogue_views import EntryView, Form, Handout, HistoryView, Listing, Saved, Sent, Wanted
from bot.house import House, Town
from bot.team_entry import SignedIn
from casework.days import local_day
from casework.team import allows
from dialogs.wording import SOURCE
from storage.store import Store

T = TypeVar("T")


class CatalogueDesk:
    """Every step is a version with who, when and why; what is not the town's own is only read."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def listed(self, member: SignedIn, wanted: Wanted) -> Listing:
        town, now = self._house.towns[member.town], self._house.clock()
        items = await self._house.in_town(member.town, items_in)
        return await asyncio.to_thread(
            listing,
            items,
            wanted,
            town.script,
            now,
            may_write=allows(member, "catalogue.write"),
            fictional=town.municipality.fictional,
        )

    async def handout(self, member: SignedIn, wanted: Wanted, language: str) -> Handout:
        """What newcomers are shown, to take home; in German if the town does not offer the language."""
        town, now = self._house.towns[member.town], self._house.clock()
        items = await self._house.in_town(member.town, items_in)
        known = language if language in town.script.languages else SOURCE
        return await asyncio.to_thread(
            handout, items, wanted, known, town.script, town.municipality.name, now
        )

    async def entry(self, member: SignedIn, entry_id: str, language: str) -> EntryView | None:
        """None for an entry that the town does not show and has not made."""
        return await self._read(member, lambda seen: entry_view(seen, entry_id, language))

    async def history(self, member: SignedIn, entry_id: str) -> HistoryView | None:
        """None as for `entry`."""
        return await self._read(member, lambda seen: history_view(seen, entry_id))

    async def form(self, member: SignedIn, entry_id: str) -> Form | Done:
        """The form for an entry, or for a new one if `entry_id` is empty; else why there is none."""
        return await self._form(member, entry_id, form_of)

    async def look(self, member: SignedIn, entry_id: str, sent: Sent) -> Form | Done:
        """What was typed, with what is wrong, or else as newcomers would see it; nothing is kept."""
        return await self._form(
            member, entry_id, lambda seen, found: form_previewed(seen, found, _settled(seen, found, sent))
        )

    async def _form(
        self, member: SignedIn, entry_id: str, make: Callable[[Seen, Current | None], Form]
    ) -> Form | Done:
        def made(seen: Seen) -> Form:
            if not seen.may_write():
                raise Refused(FORBIDDEN)
            return make(seen, _found(seen, entry_id))

        try:
            return await self._read(member, made)
        except Refused as refused:
            return Done(ok=False, sentence=str(refused))

    async def save(self, member: SignedIn, entry_id: str, sent: Sent, *, as_draft: bool) -> Saved:
        """A new entry if `entry_id` is empty, else a new version; or a draft of it. Nothing typed is lost."""

        def save(seen: Seen, step: Step) -> Saved:
            found = _found(seen, entry_id)
            meant = _settled(seen, found, sent)
            try:
                if found is None:
                    return Saved(entry=step.add(seen.store, meant, as_draft=as_draft))
                changed = step.change(seen.store, entry_id, meant, as_draft=as_draft)
            except Unfit as unfit:
                return Saved(form=form_again(seen, found, meant, unfit.problems))
            except Moved as moved:
                return Saved(form=form_in_conflict(seen, moved, meant))
            return Saved(entry=entry_id, same=not changed)

        try:
            return await self._write(member, save)
        except Repeated:
            return Saved()
        except Refused as refused:
            return Saved(sentence=str(refused))

    async def approve(self, member: SignedIn, entry_id: str, sent: Sent) -> Done:
        """The draft becomes what newcomers see."""
        return await self._do(member, "Freigegeben.", lambda store, step: step.approve(store, entry_id, sent))

    async def discard(self, member: SignedIn, entry_id: str, sent: Sent) -> Done:
        return await self._do(
            member, "Der Entwurf ist verworfen.", lambda store, step: step.discard(store, entry_id, sent)
        )

    async def withdraw(self, member: SignedIn, entry_id: str, sent: Sent) -> Done:
        """Newcomers see the entry no more; it can be restored."""
        return await self._do(
            member, "Der Eintrag ist zurückgezogen.", lambda store, step: step.withdraw(store, entry_id, sent)
        )

    async def restore(self, member: SignedIn, entry_id: str, version: int, sent: Sent) -> Done:
        """A former version as a new one."""
        return await self._do(
            member,
            f"Fassung {version} gilt wieder.",
            lambda store, step: step.restore(store, entry_id, version, sent),
        )

    async def _do(self, member: SignedIn, sentence: str, work: Callable[[Store, Step], None]) -> Done:
        def done(seen: Seen, step: Step) -> Done:
            work(seen.store, step)
            return Done(ok=True, sentence=sentence)

        try:
            return await self._write(member, done)
        except Refused as refused:
            return Done(ok=False, sentence=str(refused))

    async def _read(self, member: SignedIn, work: Callable[[Seen], T]) -> T:
        town, now = self._house.towns[member.town], self._house.clock()
        return await self._house.in_town(member.town, lambda store: work(_seen(store, member, town, now)))

    async def _write(self, member: SignedIn, work: Callable[[Seen, Step], T]) -> T:
        """Newcomers see it at once. Raises Refused for who may not."""
        town, now = self._house.towns[member.town], self._house.clock()

        def step(store: Store) -> T:
            if not allows(member, "catalogue.write"):
                raise Refused(FORBIDDEN)
            how = Step(member=member, now=now, today=local_day(now), taxonomy=town.script.taxonomy)
            return work(_seen(store, member, town, now), how)

        done = await self._house.in_town(member.town, step)
        await self._house.refresh(town)
        return done


def _found(seen: Seen, entry_id: str) -> Current | None:
    """None for a new entry. Raises Refused for what is not the town's own."""
    return current(seen.store, entry_id) if entry_id else None


def _settled(seen: Seen, found: Current | None, sent: Sent) -> Sent:
    base = blank(seen.today) if found is None else found.newest.offer
    return replace(sent, typed=settled(sent.typed, base))


def _seen(store: Store, member: SignedIn, town: Town, now: dt.datetime) -> Seen:
    names = {each.id: each.name for each in store.team.members()}
    return Seen(store=store, member=member, town=town, now=now, names=names)
