"""Sends what is in the outbox, in order for each address, and notes what has gone; it knows no messenger."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog
from aiolimiter import AsyncLimiter

from bot.channels.base import Bubble, DeliveryError, Sender
from bot.house import House
from bot.settling import Marks, given_up, unreachable_there
from storage.errors import StorageError
from storage.outbox import LEASED_FOR, Outgoing
from storage.store import Store

log = structlog.get_logger()

T = TypeVar("T")

LOOK_EVERY = timedelta(seconds=2)
"""How often the outbox is looked into for what nobody has in hand; it is also told when something comes."""

NEXT_AFTER = 0.1
"""Seconds from noting a message until the next for the same address is looked for."""

AGAIN_AFTER, AGAIN_AT_MOST = timedelta(seconds=2), timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=7)

UNSURE = (timedelta(minutes=1), timedelta(minutes=10), timedelta(minutes=100))
"""Pauses after answers that leave open whether a message was sent; after one more it is given up, since each
time it may have come again. Long enough for a network whose own page stands in front of everything."""

EACH_SECOND = 25
"""Messages that go one way in a second; Telegram takes about 30 of a bot."""

AT_ONCE = 50
"""Rows leased in one look; more come with the next one."""

Lane = tuple[str, str, str]
"""Town, channel, address."""


class Delivery:
    """What was just saved is handed over and sent at once; what is left over is looked for.

    One message to each person may come twice if the process ends between sending and noting: messengers
    know no sending that can be repeated safely. So nothing more is sent to someone before what was sent to
    them last is noted; only a change of a message can be repeated without harm.

    Nothing about an account is given to a sender once its erasure is committed. What a sender has been given
    before that may still arrive: messengers cannot be asked to forget it.
    """

    def __init__(
        self, house: House, senders: Mapping[tuple[str, str], Sender], *, each_second: float | None = None
    ) -> None:
        """`senders` by town and channel; they may still come. `each_second`: messages by each at most."""
        self._house = house
        self._senders = senders
        self._lanes: dict[Lane, deque[Outgoing]] = {}
        self._held: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._marks = Marks(house)
        self._unnoted: dict[Lane, asyncio.Future[None]] = {}
        self._comes_again: dict[Lane, int] = {}
        self._unsure: dict[int, int] = {}
        self._silent: set[tuple[str, str]] = set()
        self._each_second = each_second or EACH_SECOND
        self._limits: dict[tuple[str, str], AsyncLimiter] = {}
        self._behind = False
        self._stopping = False

    def hand_over(self, town: str, rows: Iterable[Outgoing]) -> None:
        """Sends rows that are in the caller's hands; what is not leased is looked for later."""
        for row in rows:
            if not row.leased or row.id in self._held or (town, row.channel) not in self._senders:
                continue
            if row.id > self._comes_again.get((town, row.channel, row.address), row.id):
                # it was taken in hand before it could be seen that something older has failed
                self._marks.add(town, partial(_release, rows=[row.id]))
            else:
                self._queue(town, row)

    async def run(self) -> None:
        """Looks into the outbox until it is cancelled; senders may join meanwhile.

        To be begun before anything is handed over: as long as a process that has ended still seems to have
        something in hand, what is new for the same address would go before it.
        """
        for town in self._house.towns:
            await self._within(town, lambda store: store.outbox.release_all())  # whoever held it has ended
        while True:
            self._house.post.clear()
            for town in sorted({town for town, _ in self._senders}):
                await self.look(town)
            with suppress(TimeoutError):
                # not wait_for: before Python 3.12 that forgets a cancellation which comes along with the post
                async with asyncio.timeout(LOOK_EVERY.total_seconds()):
                    await self._house.post.wait()

    async def look(self, town: str) -> None:
        """Sends what is due and in nobody's hands; of each address the oldest."""
        now = self._house.clock()
        channels = [channel for where, channel in self._senders if where == town]
        rows = await self._within(town, lambda store: store.outbox.lease(now, AT_ONCE, channels)) or ()
        for row in rows:  # nothing older waits for the same address
            self._comes_again.pop((town, row.channel, row.address), None)
        self.hand_over(town, rows)
        self._behind |= bool(self._lanes)  # behind what is being sent there may be more
        if len(rows) == AT_ONCE:
            self._house.post.set()

    async def idle(self) -> None:
        """Returns when nothing that was handed over is still being sent."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def noted(self) -> None:
        """Returns when nothing that was handed over is still being sent or noted."""
        await self.idle()
        await self._marks.flush()

    async def stop(self, seconds: float) -> None:
        """Ends what is being sent within that time and notes it; the rest stays in the outbox."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await self._marks.flush()

    async def _within(self, town: str, work: Callable[[Store], T]) -> T | None:
        try:
            return await self._house.in_town(town, work)
        except StorageError as error:
            log.warning("outbox cannot be read", town=town, error=type(error).__name__)
            return None

    def _queue(self, town: str, row: Outgoing) -> None:
        lane = (town, row.channel, row.address)
        self._held.add(row.id)
        waiting = self._lanes.get(lane)
        if waiting is not None:
            waiting.append(row)
            return
        self._lanes[lane] = deque([row])
        task = asyncio.create_task(self._work_off(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, lane: Lane) -> None:
        rows, sender = self._lanes[lane], self._senders[lane[:2]]
        try:
            while rows and not self._stopping and await self._deliver(lane, sender, rows[0]):
                rows.popleft()
        finally:
            left = [row.id for row in rows]
            del self._lanes[lane]
            self._held.difference_update(left)
            if len(left) > 1 and not self._stopping:  # what is to be done with the first is noted already
                self._marks.add(lane[0], partial(_release, rows=left[1:]))

    async def _deliver(self, lane: Lane, sender: Sender, row: Outgoing) -> bool:
        """False if what comes after it for this address must wait."""
        try:
            await self._send_all(lane[0], sender, row)
        except _Erased:
            self._held.discard(row.id)
            self._unsure.pop(row.id, None)
        except DeliveryError as error:
            return self._failed(lane, row, error)
        except Exception as error:  # noqa: BLE001 - what cannot be shown must not hold up what comes after it
            log.error("message cannot be shown", town=lane[0], channel=lane[1], error=type(error).__name__)
            return self._failed(lane, row, DeliveryError("bug", permanent=True))
        return True

    def _limit(self, town: str, channel: str) -> AsyncLimiter:
        if (town, channel) not in self._limits:
            self._limits[town, channel] = AsyncLimiter(self._each_second, 1)
        return self._limits[town, channel]

    async def _sent(self, town: str, sender: Sender, row: Outgoing, message: Bubble) -> str | None:
        await self._limit(town, row.channel).acquire()
        if row.account is not None and self._house.writer.has_erased(town, row.account):
            raise _Erased
        try:
            return await sender.send(row.address, message, row.edits)
        except DeliveryError as error:
            if not error.done:
                raise
            log.warning("sent, but its answer cannot be read", town=town, channel=row.channel)
            return None
        except Exception as error:  # noqa: BLE001 - whatever a library raises, the message is tried again
            raise DeliveryError(type(error).__name__) from None

    async def _send_all(self, town: str, sender: Sender, row: Outgoing) -> None:
        lane = (town, row.channel, row.address)
        messages, reference, refused = sender.messages(row.body), None, None
        for place, message in enumerate(messages[row.parts_sent :], start=row.parts_sent + 1):
            if lane in self._unnoted:
                self._marks.note()
                await self._unnoted[lane]
            changed = message.replaces or row.edits
            if not message.text:
                continue
            try:
                reference = await self._sent(town, sender, row, message)
                self._silent.discard(lane[:2])
            except DeliveryError as error:
                if error.unreachable or not error.permanent:
                    raise
                refused = error  # what the row says after it is not lost with it
            if place < len(messages) and (changed is None or reference != changed):
                until = self._house.clock() + LEASED_FOR
                part = self._marks.add(town, partial(_part_sent, row=row.id, parts=place, until=until))
                self._note(lane, part)
        if refused is not None:
            raise refused
        letter = any(message.letter for message in messages)
        noted = self._marks.sent(town, row, reference, letter=letter)
        self._note(lane, noted)
        self._hold(row, noted)

    def _note(self, lane: Lane, noted: "asyncio.Future[None]") -> None:
        """Nothing more is sent there until this is noted."""
        self._unnoted[lane] = noted
        noted.add_done_callback(
            lambda done: self._unnoted.pop(lane) if self._unnoted.get(lane) is done else None
        )

    def _hold(self, row: Outgoing, noted: "asyncio.Future[None]") -> None:
        """Until this is noted the row may still be found in the outbox; it is not to be sent again."""
        noted.add_done_callback(lambda _: self._settled(row))

    def _settled(self, row: Outgoing) -> None:
        self._held.discard(row.id)
        self._unsure.pop(row.id, None)
        if self._behind:
            self._behind = False
            asyncio.get_running_loop().call_later(NEXT_AFTER, self._house.post.set)

    def _failed(self, lane: Lane, row: Outgoing, error: DeliveryError) -> bool:
        town, channel, address = lane
        now = self._house.clock()
        unsure = self._unsure.get(row.id, 0) + error.unsure
        over = error.permanent or now - row.made_at > GIVE_UP_AFTER or unsure > len(UNSURE)
        if over or lane[:2] not in self._silent:
            log.warning("not sent", town=town, channel=channel, reason=error.reason, attempts=row.attempts)
        if error.moved_to is not None:
            self._comes_again[lane] = row.id
            self._marks.add(town, partial(_moved, channel=channel, old=address, new=error.moved_to, now=now))
            return False
        if error.unreachable:
            self._unsure.pop(row.id, None)
            self._marks.add(town, partial(unreachable_there, self._house, channel, address, now))
            return False
        if over:
            self._hold(row, self._marks.add(town, partial(given_up, self._house, row, now)))
            return True
        if error.unsure:
            self._unsure[row.id] = unsure
        self._silent.add(lane[:2])
        self._comes_again[lane] = row.id
        again = now + (UNSURE[unsure - 1] if error.unsure else _pause(row.attempts, error.retry_after))
        self._marks.add(town, partial(_again, row=row.id, now=now, at=again))
        return False


class _Erased(Exception):
    """Nobody is there any more whom the row is about, and the row itself is gone from the outbox."""


def _pause(attempts: int, retry_after: float | None) -> timedelta:
    if retry_after is not None:
        return timedelta(seconds=retry_after)
    return min(AGAIN_AFTER * (1 << min(attempts, 20)), AGAIN_AT_MOST)


def _release(store: Store, rows: Sequence[int]) -> None:
    store.outbox.release(rows)


def _part_sent(store: Store, row: int, parts: int, until: datetime) -> None:
    store.outbox.mark_part(row, parts, until)


def _again(store: Store, row: int, now: datetime, at: datetime) -> None:
    store.outbox.mark_failed(row, now, retry_at=at)


def _moved(store: Store, channel: str, old: str, new: str, now: datetime) -> None:
    store.outbox.readdress(channel, old, new)
    if not store.accounts.move_address(channel, old, new):
        store.member_addresses.move(channel, old, new, now)
