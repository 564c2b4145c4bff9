"""Everything a running installation has, built once: clock, randomness, texts, towns and the writer."""

import asyncio
import hmac
import secrets
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from bot.returns import Returns
from bot.shown_offers import shown_offers
from bot.town_script import TownScript
from catalog.municipality import Municipality
from catalog.offer import Offer
from storage.store import Store
from storage.writer import Writer

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Town:
    """A town and its script as of the catalogue's `version`; both are swapped together."""

    municipality: Municipality
    version: int
    script: TownScript

    @property
    def id(self) -> str:
        """The town's code, as in addresses and in the database."""
        return self.municipality.id


@dataclass(frozen=True, slots=True)
class _Begun(Generic[T]):
    """What stands in the queue. It may be left alone, as by a task that ends before it has run."""

    submitted: "asyncio.Future[tuple[T, bool]]"
    post: asyncio.Event

    def __await__(self) -> Generator[Any, None, T]:
        value, has_post = yield from self.submitted.__await__()
        if has_post:
            self.post.set()
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the desks need. `secret` signs what goes through browsers; it follows from the town's key."""

    towns: Mapping[str, Town]
    writer: Writer
    secret: bytes
    clock: Callable[[], datetime]
    new_id: Callable[[], str] = field(default=lambda: secrets.token_urlsafe(6))
    script_of: Callable[[Municipality, Sequence[Offer]], TownScript]
    public_url: str = ""
    """Where the pages are reached from outside, `https://` and a name; empty if they are not."""
    channels: frozenset[tuple[str, str]] = frozenset()
    """Town and channel of every way by which something can be sent."""
    bots: dict[tuple[str, str], str] = field(default_factory=dict)
    """Names of the bots that are connected, as they stand in links, by town and channel."""
    post: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when something was left in the outbox."""
    returns: list[Returns] = field(default_factory=list)
    """Of the event loop that is running, if there is one."""
    riders: list[Callable[[], None]] = field(default_factory=list)
    """Called when something is to be saved anyway: what is not urgent shares its commit."""

    async def in_town(self, town: str, work: Callable[[Store], T]) -> T:
        """`work` in the town's next transaction; its result comes after the commit."""
        for ride in self.riders:
            ride()
        return await self.begun(town, work)

    def begun(self, town: str, work: Callable[[Store], T]) -> Awaitable[T]:
        """As `in_town`, but it stands in the queue at once, and nothing rides along."""

        def noted(store: Store) -> tuple[T, bool]:
            return work(store), store.has_post

        return _Begun(self._returns.awaited(self.writer.submit(town, noted)), self.post)

    @property
    def _returns(self) -> Returns:
        loop = asyncio.get_running_loop()
        if not self.returns or self.returns[-1].loop is not loop:
            self.returns[:] = [Returns(loop)]
        return self.returns[-1]

    def web_address(self, town: str) -> str:
        """The town's web chat as people reach it, without a slash at the end; empty if they cannot."""
        if not self.public_url:
            return ""
        return self.public_url.rstrip("/") + (f"/{town}" if len(self.towns) > 1 else "")

    def bot(self, town: str, channel: str) -> str:
        """The name of the town's bot as it stands in links; empty until it is connected."""
        return self.bots.get((town, channel), "")

    def signed(self, purpose: str, text: str) -> str:
        """A token that follows from `text` and that nobody outside can make: 43 characters."""
        # hmac.digest would let the writer's thread in, which then commits the first of many messages alone
        return hmac.new(self.secret, f"{purpose}:{text}".encode(), "sha256").hexdigest()[:43]

    async def refresh(self, town: Town) -> None:
        """Swap in a script of the newest catalogue; it is built outside transactions."""
        version, offers = await self.in_town(town.id, lambda s: (s.catalogue.version(), shown_offers(s)))
        if version != town.version:
            town.script = await asyncio.to_thread(self.script_of, town.municipality, offers)
            town.version = version
