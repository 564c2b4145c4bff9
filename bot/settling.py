"""Notes what has been sent: whatever there is rides in one transaction, and the next waits for it."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog

from bot.doors import PUSHED
from bot.house import House
from bot.team_notes import unreachable
from bot.telling import tell_member
from storage.errors import NotSaved, StorageError
from storage.outbox import Outgoing
from storage.store import Store

log = structlog.get_logger()

Mark = Callable[[Store], object]

AGAIN_AFTER = 1.0
"""Seconds until what could not be noted is tried again."""


class Marks:
    """Keeps the order within a town."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._waiting: dict[str, list[Mark]] = {}
        self._task: asyncio.Task[None] | None = None

    def sent(self, town: str, row: Outgoing, reference: str | None, *, letter: bool) -> None:
        """The whole row has gone; with a letter in it, the person has that before their eyes."""
        self.add(town, partial(_sent, row=row, reference=reference, letter=letter, now=self._house.clock()))

    def add(self, town: str, mark: Mark) -> None:
        self._waiting.setdefault(town, []).append(mark)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._note())

    async def flush(self) -> None:
        """Returns when everything is noted, or once it has failed."""
        if self._task is not None and not self._task.done():
            await self._task
        await self._note_once()

    async def _note(self) -> None:
        while self._waiting:
            if not await self._note_once():
                await asyncio.sleep(AGAIN_AFTER)

    async def _note_once(self) -> bool:
        """False if something was not saved and waits again."""
        waiting, self._waiting = self._waiting, {}
        return all([await self._note_all(town, marks) for town, marks in waiting.items()])

    async def _note_all(self, town: str, marks: list[Mark]) -> bool:
        try:
            await self._house.in_town(town, partial(_all, marks=marks))
        except NotSaved as error:
            log.warning("not noted yet", town=town, error=type(error).__name__, count=len(marks))
            self._waiting[town] = [*marks, *self._waiting.get(town, [])]
            return False
        except StorageError as error:
            if len(marks) == 1:  # it is about someone who has been erased meanwhile
                log.warning("nothing to note", town=town, error=type(error).__name__)
                return True
            return all([await self._note_all(town, [mark]) for mark in marks])
        return True


def unreachable_there(house: House, channel: str, address: str, now: datetime, store: Store) -> None:
    """Nothing can be sent there until they are heard of: what waits has failed, and a guide hears it."""
    store.outbox.give_up(channel, address, now)
    if channel not in PUSHED:
        store.member_addresses.mark_unreachable(channel, address, now)
        return
    store.accounts.mark_unreachable(channel, address, now)
    account = store.accounts.find(channel, address)
    case = store.cases.of_account(account.id) if account is not None else None
    if case is not None and case.owner is not None:
        tell_member(house, store, case.owner, unreachable(case), now, case=case)


def _all(store: Store, marks: list[Mark]) -> None:
    for mark in marks:
        mark(store)


def _sent(store: Store, row: Outgoing, reference: str | None, letter: bool, now: datetime) -> None:
    store.outbox.mark_sent(row.id, now, reference)
    if letter and row.account is not None:
        store.letters.mark_picked_up(row.account, now)
