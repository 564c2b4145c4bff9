"""Delivery as tests play it: a sender that keeps what it is given, and somebody who has things sent."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from bot.channels.base import Bubble
from bot.delivery import Delivery
from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.house import House
from bot.posts import Post
from bot.team_notes import Note
from storage.outbox import Outgoing
from storage.store import Store
from tests.doors import TOWN, Clock

T = TypeVar("T")


@dataclass(slots=True)
class Postbox:
    """A body is a post, a note, or messages with | between them; one with "broken" in it cannot be read."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    """Address and text, in order."""
    faults: dict[str, list[Exception]] = field(default_factory=lambda: defaultdict(list))
    """What happens to a text instead, once each."""
    shut: dict[str, asyncio.Event] = field(default_factory=dict)
    """Addresses at which sending takes until this is set."""
    trying: list[str] = field(default_factory=list)
    """Every text that was tried."""

    def messages(self, body: str) -> Sequence[Bubble]:
        if "broken" in body:
            raise ValueError(body)
        if '"parts":' in body:
            parts = Post.unpacked(body).parts
            return [Bubble(text=part.letter or "reply", letter=bool(part.letter)) for part in parts]
        if body.startswith("{"):
            return [Bubble(text=Note.unpacked(body).text)]
        return [Bubble(text=text) for text in body.split("|")]

    async def send(self, address: str, message: Bubble, edits: str | None) -> str | None:
        self.trying.append(message.text)
        if address in self.shut:
            await self.shut[address].wait()
        if self.faults[message.text]:
            raise self.faults[message.text].pop(0)
        self.sent.append((address, message.text))
        return edits or str(len(self.sent))

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.sent]


class Office:
    """A house that sends to newcomers and guides; to be used within one loop."""

    def __init__(self, house: House, clock: Clock) -> None:
        self.house, self.clock = house, clock
        self.box, self.team = Postbox(), Postbox()
        self.delivery = self.opened()
        self._running: asyncio.Task[None] | None = None

    def opened(self) -> Delivery:
        """Another one, as after a start."""
        return Delivery(self.house, {(TOWN, TELEGRAM): self.box, (TOWN, TEAM_TELEGRAM): self.team})

    async def add(self, address: str, body: str, *, lease: bool = True) -> Outgoing:
        """A row for the person there, whose account is made if there is none."""
        now = self.clock()

        def added(store: Store) -> Outgoing:
            known = store.accounts.find(TELEGRAM, address)
            account = known or store.accounts.create(TELEGRAM, address, now, keep_address=True)
            return store.outbox.add(account.id, TELEGRAM, address, body, now, lease=lease)

        return await self.in_town(added)

    async def posts(self, address: str, *bodies: str) -> None:
        """Adds rows and hands them over, one after the other."""
        for body in bodies:
            self.delivery.hand_over(TOWN, [await self.add(address, body)])

    async def in_town(self, work: Callable[[Store], T]) -> T:
        return await self.house.in_town(TOWN, work)

    async def runs(self) -> None:
        """From now on the outbox is looked into."""
        self.runs_on()
        await self.passes(0)

    def runs_on(self) -> None:
        """As `runs`, and nothing is waited for."""
        self._running = asyncio.create_task(self.delivery.run())

    async def passes(self, seconds: float) -> None:
        """So much later, when everything that is due has been tried."""
        self.clock.now += timedelta(seconds=seconds)
        await self.looks()
        await self.delivery.noted()

    async def looks(self) -> None:
        """The outbox has been looked into; nobody waits for what is being sent."""
        self.house.post.set()
        await until(lambda: not self.house.post.is_set())
        await self.in_town(lambda _: None)  # stands behind the look into the outbox

    async def waiting(self) -> int:
        """How many rows wait, due or not."""
        far = self.clock.now.replace(year=self.clock.now.year + 1)
        return await self.in_town(lambda store: store.outbox.waiting_since(far))

    async def closes(self) -> None:
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
        await self.delivery.stop(1)


async def until(true: Callable[[], object]) -> None:
    """Returns as soon as it is true; a test that waits in vain fails."""
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.001)


def plays(house: House, clock: Clock, scene: Callable[[Office], Coroutine[None, None, None]]) -> Office:
    """What happens in the scene, in a loop of its own; the office as it was left."""

    async def played() -> Office:
        office = Office(house, clock)
        try:
            await scene(office)
        finally:
            await office.closes()
        return office

    return asyncio.run(played())
