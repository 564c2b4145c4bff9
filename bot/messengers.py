"""Every bot of the installation while it runs: connected, followed, introduced, and closed in time."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Thread
from typing import Protocol

import structlog

from bot.channels.base import DeliveryError, Sender
from bot.delivery import Delivery
from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.fetching import Source, follow, pause
from bot.house import House
from bot.limits import Limits
from bot.lines import Line, News, logged
from bot.memory import models_built_when_used, settle_memory
from bot.newcomer_desk import NewcomerDesk
from bot.newcomer_door import NewcomerDoor
from bot.team_door import TeamDoor
from bot.team_talk import TeamTalk

log = structlog.get_logger()

Where = tuple[str, str]
"""Town and channel."""

STOP_WITHIN = 3.0
"""Seconds for what is being sent."""


class Connection(Sender, Source, Protocol):
    """A bot of either kind."""

    async def receive(self, raw: bytes) -> None: ...
    async def name(self) -> str: ...
    async def use_webhook(self, url: str, secret: str) -> None: ...
    async def use_fetching(self) -> None: ...
    async def close(self) -> None: ...


@dataclass(slots=True, kw_only=True)
class Bot:
    """A bot with what is said about it to Telegram."""

    connection: Connection
    introduce: Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Messengers:
    """Bots by town and channel; nothing is connected before `run`. `other`: more ways out, such as mail."""

    house: House
    tokens: Mapping[Where, str]
    api: str
    webhook: bool
    tell: Callable[[News], None] = logged
    """Told of each bot when it can be reached, and when it no longer can."""
    other: Mapping[Where, Sender] = field(default_factory=dict)
    _bots: dict[Where, Bot] = field(default_factory=dict)

    async def run(self) -> None:
        """Until it is cancelled. What is being sent then ends first."""
        if not (self.tokens or self.other):
            settle_memory()
            await asyncio.Event().wait()
        senders: dict[Where, Sender] = dict(self.other)
        delivery = Delivery(self.house, senders)
        limits = Limits()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(delivery.run())
                # the libraries take seconds to load; nobody waits for more of them than they need
                for where in sorted(self.tokens, key=lambda where: where[1] != TELEGRAM):
                    make = partial(self._make, where, delivery, limits)
                    bot = self._bots[where] = await asyncio.to_thread(make)
                    senders[where] = bot.connection
                    group.create_task(self._serve(where, bot))
                settle_memory()
        finally:
            await self._close(delivery)

    async def bring(self, where: Where, secret: str, raw: bytes) -> bool:
        """An update that Telegram brings; False if it is not from there.

        Raises:
            StorageError: it is not saved; Telegram will bring it again.
        """
        bot = self._bots.get(where) if self.webhook else None
        if bot is None or not hmac.compare_digest(secret.encode(), self._secret(where).encode()):
            return False
        await bot.connection.receive(raw)
        return True

    def _make(self, where: Where, delivery: Delivery, limits: Limits) -> Bot:
        (town, channel), token = where, self.tokens[where]
        if channel == TELEGRAM:
            _load({TELEGRAM})
            from bot.channels.newcomer_telegram import NewcomerTelegram  # noqa: PLC0415 - heavy

            door = NewcomerDoor(self.house, town, NewcomerDesk(self.house), delivery, limits)
            newcomers = NewcomerTelegram(token, self.api, door)
            return Bot(connection=newcomers, introduce=lambda: newcomers.introduce(door.introductions()))
        from bot.channels.team_telegram import TeamTelegram  # noqa: PLC0415 - heavy

        team = TeamTelegram(
            token, self.api, TeamDoor(self.house, town, TeamTalk(self.house), delivery, limits)
        )
        return Bot(connection=team, introduce=team.introduce)

    async def _serve(self, where: Where, bot: Bot) -> None:
        town, channel = where
        line = Line(town=town, channel=channel, tell=self.tell, several=len(self.house.towns) > 1)
        line.name = self.house.bots[where] = await _until(bot.connection.name, line.failed)
        if self.webhook:
            url = f"{self.house.public_url.rstrip('/')}/telegram/{'/'.join(where)}"
            secret = self._secret(where)
            await _until(lambda: bot.connection.use_webhook(url, secret), line.failed)
            line.works()
            await _introduced(bot, line)
            return
        await _until(bot.connection.use_fetching, line.failed)
        line.works()
        async with asyncio.TaskGroup() as group:
            group.create_task(follow(bot.connection, line))
            group.create_task(_introduced(bot, line))

    async def _close(self, delivery: Delivery) -> None:
        await delivery.stop(STOP_WITHIN)
        for bot in self._bots.values():
            with suppress(OSError):
                await bot.connection.close()

    def _secret(self, where: Where) -> str:
        return self.house.signed("webhook", " ".join(where))


def load_aside(channels: Collection[str]) -> None:
    """Begins to load their libraries: seconds that a process has while it waits, not when it takes over."""
    Thread(target=_load, args=(channels,), name="libraries", daemon=True).start()


def _load(channels: Collection[str]) -> None:
    if TELEGRAM in channels:
        with models_built_when_used():
            import bot.channels.newcomer_telegram  # noqa: PLC0415 - heavy
    if TEAM_TELEGRAM in channels:
        import bot.channels.team_telegram  # noqa: F401, PLC0415 - heavy


async def _introduced(bot: Bot, line: Line) -> None:
    """Fetching says how the line stands; this may wait for hours (429) while people are answered."""
    told: set[str] = set()

    def failed(error: DeliveryError) -> None:
        if error.reason not in told:
            told.add(error.reason)
            log.info("introduction waits", bot=line.bot, reason=error.reason)

    await _until(bot.introduce, failed)


async def _until(call: Callable[[], Awaitable[object]], failed: Callable[[DeliveryError], None]) -> str:
    """What the call gives, as soon as it can be made."""
    failures = 0
    while True:
        try:
            return str(await call())
        except DeliveryError as error:
            failed(error)
            await asyncio.sleep(pause(failures, error.retry_after))
            failures += 1
