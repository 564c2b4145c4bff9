"""Notes what has been sent: what is not urgent rides along with the next turn's commit."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from bot.doors import PUSHED, TEAM_TELEGRAM
from bot.house import House
from bot.team_notes import Note, reachable_again, undelivered, unreachable
from bot.telling import send_on, tell_member
from casework.cases import Case
from storage.errors import NotSaved
from storage.letters import GUIDE
from storage.outbox import Outgoing
from storage.store import Store

log = structlog.get_logger()

Mark = Callable[[Store], object]

RIDES_AT_MOST = 0.25
"""Seconds that a mark waits for somebody else's commit."""

AGAIN_AFTER = 1.0
"""Seconds until what could not be noted is tried again."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    mark: Mark
    noted: "asyncio.Future[None]"


class Marks:
    """In order within a town, unless one has to be repeated. What is given back is done once it is saved."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._waiting: dict[str, list[_Waiting]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        house.riders.append(self.note)

    def sent(
        self, town: str, row: Outgoing, reference: str | None, *, letter: bool
    ) -> "asyncio.Future[None]":
        """The whole row has gone; with a letter in it, the person has that before their eyes."""
        now = self._house.clock()
        return self.add(
            town, partial(arrived, row=row, reference=reference, letter=letter, now=now), rides=True
        )

    def add(self, town: str, mark: Mark, *, rides: bool = False) -> "asyncio.Future[None]":
        """`rides`: it may wait a moment for another commit."""
        loop = asyncio.get_running_loop()
        waiting = _Waiting(mark, loop.create_future())
        self._waiting.setdefault(town, []).append(waiting)
        if not rides:
            self.note()
        elif self._timer is None:
            self._timer = loop.call_later(RIDES_AT_MOST, self.note)
        return waiting.noted

    def note(self) -> None:
        """Has what waits saved with whatever is being saved now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._waiting = self._waiting, {}
        for town, marks in waiting.items():
            task = asyncio.create_task(
                self._noted(town, marks, self._house.begun(town, partial(_all, marks=marks)))
            )
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def flush(self) -> None:
        """Returns when everything is noted, or has been tried in vain."""
        self.note()
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=AGAIN_AFTER / 2)

    async def _noted(self, town: str, marks: list[_Waiting], saved: Awaitable[None]) -> None:
        while not await self._is_saved(town, marks, saved):
            await asyncio.sleep(AGAIN_AFTER)
            saved = self._house.begun(town, partial(_all, marks=marks))
        for each in marks:
            if not each.noted.done():
                each.noted.set_result(None)

    async def _is_saved(self, town: str, marks: list[_Waiting], saved: Awaitable[None]) -> bool:
        try:
            await saved
        except NotSaved as error:
            log.warning("not noted yet", town=town, error=type(error).__name__, count=len(marks))
            return False
        except Exception as error:  # noqa: BLE001 - one that cannot be noted must not take the others along
            if len(marks) == 1:  # such as about someone who has been erased meanwhile
                log.warning("nothing to note", town=town, error=type(error).__name__)
            else:
                for each in marks:
                    await self._noted(town, [each], self._house.begun(town, partial(_all, marks=[each])))
        return True


def unreachable_there(house: House, channel: str, address: str, now: datetime, store: Store) -> None:
    """Nothing can be sent there until they are heard of: what waits has failed, and a guide hears it once.

    What waits for one of the team goes by their next way.
    """
    waiting = store.member_addresses.waiting(channel, address, now) if channel == TEAM_TELEGRAM else ()
    store.outbox.give_up(channel, address, now)
    if channel not in PUSHED:
        store.member_addresses.mark_unreachable(channel, address, now)
        way = store.member_addresses.at(channel, address) if waiting else None
        if way is not None:
            send_on(house, store, way.member, waiting, now)
        return
    account = store.accounts.find(channel, address)
    if account is None or account.unreachable:
        return
    store.accounts.mark_unreachable(channel, address, now)
    case = store.cases.of_account(account.id)
    if case is not None and case.owner is not None and _is_news(store, case, "away", now):
        tell_member(house, store, case.owner, unreachable(case), now, case=case)


def reachable_there(
    house: House, channel: str, address: str, account: str, now: datetime, store: Store
) -> None:
    """They are heard of again, and the guide of their case hears it; what they missed is sent elsewhere."""
    store.accounts.mark_unreachable(channel, address, None)
    case = store.cases.of_account(account)
    if case is not None and case.owner is not None and _is_news(store, case, "back", now):
        letters = store.letters.of_case(case.id)
        missed = any(letter.author == GUIDE and letter.picked_up_at is None for letter in letters)
        tell_member(house, store, case.owner, reachable_again(case, missed=missed), now, case=case)


def _is_news(store: Store, case: Case, what: str, now: datetime) -> bool:
    """Once in an hour: whoever blocks a bot and lets it in again and again does not ring at the guide's."""
    return store.updates.first_time("team.reach", f"{case.id}:{what}:{now:%Y%m%d%H}", now)


def given_up(house: House, row: Outgoing, now: datetime, store: Store) -> None:
    """The row can never be sent: the guide of the person's case hears that something did not arrive."""
    store.outbox.mark_failed(row.id, now, retry_at=None)
    case = store.cases.of_account(row.account) if row.account and row.channel in PUSHED else None
    if case is not None and case.owner is not None:
        tell_member(house, store, case.owner, undelivered(case), now, case=case)


def _all(store: Store, marks: list[_Waiting]) -> None:
    for each in marks:
        each.mark(store)


def arrived(store: Store, row: Outgoing, reference: str | None, letter: bool, now: datetime) -> None:
    """The row has been sent whole; `letter`: with words of the other side, which count as seen now."""
    store.outbox.mark_sent(row, now, reference)
    if letter and row.channel == TEAM_TELEGRAM:
        store.letters.mark_each_read(Note.unpacked(row.body).shows, now)
    elif letter and row.account is not None:
        store.letters.mark_picked_up(row.account, now, written_by=row.made_at)
