"""The loop that fetches a bot's updates and acknowledges them only once they are saved.

The libraries' own loops acknowledge before anything is handled: what is under way is lost with the process.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from bot.channels.base import DeliveryError
from bot.lines import Line
from storage.errors import NotSaved

log = structlog.get_logger()

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds after a failure, doubled each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One update as the messenger gave it. What comes from one `chat` is handled in order."""

    id: int
    chat: str
    update: Any


class Source(Protocol):
    """A bot whose updates can be fetched."""

    async def fetch(self, offset: int | None) -> Sequence[Fetched]:
        """Waits for updates and gives them in order; those before `offset` are acknowledged.

        Raises:
            DeliveryError: nothing could be fetched.
        """

    async def take(self, update: Any) -> None:
        """Returns when the update is saved, or can never be.

        Raises:
            NotSaved: the same update may come again.
        """


async def follow(
    source: Source, line: Line, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Fetches until it is cancelled. `line` hears how each fetch went."""
    offset, failures = None, 0
    while True:
        try:
            fetched = await source.fetch(offset)
        except DeliveryError as error:
            line.failed(error)
            await sleep(pause(failures, error.retry_after))
            failures += 1
            continue
        line.works()
        if await _all_taken(source, line.bot, fetched):
            failures = 0
            # Without news no offset: after a quiet week the messenger may begin again at any other number.
            offset = max(each.id for each in fetched) + 1 if fetched else None
        else:
            await sleep(pause(failures, None))
            failures += 1


async def _all_taken(source: Source, name: str, fetched: Sequence[Fetched]) -> bool:
    chats: dict[str, list[Fetched]] = {}
    for each in fetched:
        chats.setdefault(each.chat, []).append(each)
    # all are waited for: what one has saved is to be sent, even if another could not be
    results = await asyncio.gather(
        *(_in_order(source, own) for own in chats.values()), return_exceptions=True
    )
    errors = [result for result in results if result is not None]
    unsaved = {type(error).__name__ for error in errors if isinstance(error, NotSaved)}
    bugs = {type(error).__name__ for error in errors} - unsaved
    if bugs:  # it would fail again with each fetch, and hold up everybody else
        log.error("updates given up", bot=name, errors=sorted(bugs))
    if unsaved:
        log.error("updates not saved, they will be fetched again", bot=name, errors=sorted(unsaved))
    return not unsaved


async def _in_order(source: Source, fetched: Sequence[Fetched]) -> None:
    for each in fetched:
        await source.take(each.update)


def pause(failures: int, retry_after: float | None) -> float:
    """Seconds until the next try: what the other side says, else longer with each failure before this one."""
    doubled = FIRST_PAUSE * 2.0 ** min(failures, 10)  # after a day without a network the number is too large
    return retry_after if retry_after is not None else min(doubled, LONGEST_PAUSE)
