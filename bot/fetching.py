"""The loop that fetches a bot's updates and acknowledges them only once they are saved.

The libraries' own loops acknowledge before anything is handled: what is under way is lost with the process.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from bot.channels.base import DeliveryError
from storage.errors import NotSaved

log = structlog.get_logger()

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds after a failure, doubled each time."""

CONFLICT = "conflict"
"""Reason of a DeliveryError: somebody else reads this bot's messages."""


NO_TOKEN = frozenset(("TelegramUnauthorizedError", "TelegramNotFound", "InvalidToken"))
"""Reasons of a DeliveryError: what the libraries call it when a token is refused."""


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
    source: Source, name: str, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Fetches until it is cancelled. `name` is what the log calls the bot."""
    offset, failures = None, 0
    while True:
        try:
            fetched = await source.fetch(offset)
        except DeliveryError as error:
            tell(name, error, failures)
            await sleep(pause(failures, error.retry_after))
            failures += 1
            continue
        if await _all_taken(source, name, fetched):
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


def tell(name: str, error: DeliveryError, failures: int) -> None:
    """Says in the log who has to act; `failures` came just before this one."""
    if error.reason == CONFLICT:
        remedy = "end the other program that uses this bot's token, or give it a token of its own"
        log.error("another program fetches this bot's messages", bot=name, remedy=remedy)
    elif error.reason in NO_TOKEN:
        remedy = "copy the token anew from @BotFather into the settings, and start again"
        log.error("the messenger does not take this bot's token", bot=name, remedy=remedy)
    elif failures == 0:
        log.warning("no connection to the messenger, trying again", bot=name, reason=error.reason)


def pause(failures: int, retry_after: float | None) -> float:
    """Seconds until the next try: what the other side says, else longer with each failure before this one."""
    doubled = FIRST_PAUSE * 2.0 ** min(failures, 10)  # after a day without a network the number is too large
    return retry_after if retry_after is not None else min(doubled, LONGEST_PAUSE)
