"""Updates are acknowledged once they are saved, and fetched again until they are."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram.types import Update
from structlog.testing import capture_logs

from bot.channels.base import DeliveryError
from bot.fetching import Fetched, follow
from bot.house import House
from bot.lines import Line, News, Trouble
from storage.errors import NotSaved
from tests.bot.postbox import until
from tests.doors import Clock
from tests.telegram_door import ME, TelegramDoor, written


@dataclass(slots=True)
class Messenger:
    """Keeps updates until they are acknowledged; each is told as (number, chat)."""

    waiting: list[Fetched] = field(default_factory=list)
    refusals: list[DeliveryError | None] = field(default_factory=list)
    """What the next fetches fail with; None: that one works."""
    fails: dict[int, list[Exception]] = field(default_factory=dict)
    """What taking an update fails with, once each."""
    slow: dict[str, asyncio.Event] = field(default_factory=dict)
    """Chats whose updates take until this is set."""
    offsets: list[int | None] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    heard: list[News] = field(default_factory=list)
    """What was said of the line."""
    quiet: int = 0
    """How many fetches came back empty."""

    def says(self, number: int, chat: str = "nour", update: Any = None) -> None:
        self.waiting.append(Fetched(id=number, chat=chat, update=number if update is None else update))

    async def fetch(self, offset: int | None) -> Sequence[Fetched]:
        self.offsets.append(offset)
        await asyncio.sleep(0)
        refusal = self.refusals.pop(0) if self.refusals else None
        if refusal is not None:
            raise refusal
        if offset is not None:
            self.waiting = [each for each in self.waiting if each.id >= offset]
        if not self.waiting:
            self.quiet += 1
        return list(self.waiting)

    async def take(self, update: Any) -> None:
        chat = next(each.chat for each in self.waiting if each.update is update)
        if chat in self.slow:
            await self.slow[chat].wait()
        if self.fails.get(update):
            raise self.fails[update].pop(0)
        self.taken.append(update)

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)


async def followed(messenger: Messenger, enough: Callable[[], object]) -> None:
    """The loop runs until that is true."""
    line = Line(town="erlenfels", channel="telegram", tell=messenger.heard.append)
    following = asyncio.create_task(follow(messenger, line, messenger.pause))
    waiting = asyncio.create_task(until(enough))
    await asyncio.wait((following, waiting), return_when=asyncio.FIRST_COMPLETED)
    for task in (following, waiting):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def follows(messenger: Messenger, enough: Callable[[], object] | None = None) -> None:
    """The loop runs until that is true, or until there is nothing new."""
    asyncio.run(followed(messenger, enough or (lambda: messenger.quiet)))


@pytest.fixture
def bots() -> Messenger:
    return Messenger()


def test_what_is_saved_is_acknowledged_by_the_next_fetch(bots: Messenger) -> None:
    """And not before: while it is handled it would come again."""
    bots.says(7)
    bots.says(8)
    follows(bots)
    assert bots.taken == [7, 8]
    assert bots.offsets[:2] == [None, 9]


def test_nothing_is_acknowledged_while_it_is_handled(bots: Messenger) -> None:
    async def scene() -> None:
        bots.slow["nour"] = gate = asyncio.Event()
        bots.says(7)
        following = asyncio.create_task(followed(bots, lambda: bots.quiet))
        await until(lambda: bots.offsets)
        await asyncio.sleep(0.02)
        assert bots.offsets == [None]
        gate.set()
        await following

    asyncio.run(scene())
    assert bots.offsets[:2] == [None, 8]


def test_what_was_not_saved_comes_again(bots: Messenger) -> None:
    """What came after it in the same chat has waited; other chats have not."""
    for number, chat in ((7, "nour"), (8, "nour"), (9, "omar")):
        bots.says(number, chat)
    bots.fails[7] = [NotSaved("The disk is full."), NotSaved("The disk is full.")]
    follows(bots)
    assert [number for number in bots.taken if number != 9] == [7, 8]
    assert bots.taken[0] == 9
    assert bots.offsets[:4] == [None, None, None, 10]
    assert bots.pauses == [1, 2]


def test_within_a_chat_order_is_kept_and_nobody_waits_for_another(bots: Messenger) -> None:
    async def scene() -> None:
        bots.slow["nour"] = gate = asyncio.Event()
        for number, chat in ((7, "nour"), (8, "omar"), (9, "nour"), (10, "omar")):
            bots.says(number, chat)
        following = asyncio.create_task(followed(bots, lambda: bots.quiet))
        await until(lambda: len(bots.taken) == 2)
        gate.set()
        await following

    asyncio.run(scene())
    assert bots.taken == [8, 10, 7, 9]


def test_after_silence_numbers_may_begin_again_anywhere(bots: Messenger) -> None:
    """An offset of the old count would swallow what comes then."""
    bots.says(900)
    follows(bots)
    bots.says(41)
    bots.quiet = 0
    follows(bots)
    assert bots.taken == [900, 41]
    assert 901 in bots.offsets
    assert bots.offsets[bots.offsets.index(901) + 1] is None


def test_an_acknowledgement_that_failed_is_repeated(bots: Messenger) -> None:
    bots.says(7)
    bots.refusals = [None, DeliveryError("network")]
    follows(bots)
    assert bots.taken == [7]
    assert bots.offsets[:3] == [None, 8, 8]


def test_without_a_connection_the_pauses_double_up_to_a_minute_and_begin_anew(bots: Messenger) -> None:
    bots.refusals = [DeliveryError("network") for _ in range(8)]
    follows(bots)
    bots.refusals, bots.quiet = [DeliveryError("network")], 0
    follows(bots)
    assert bots.pauses == [1, 2, 4, 8, 16, 32, 60, 60, 1]


def test_how_the_fetches_went_is_said_when_it_changes_not_with_every_try(bots: Messenger) -> None:
    bots.refusals = [None, *(DeliveryError("network") for _ in range(8))]
    follows(bots, lambda: bots.quiet > 2)
    assert [news.trouble for news in bots.heard] == [None, Trouble.AWAY, None]


def test_after_one_good_fetch_pauses_begin_anew_within_the_same_run(bots: Messenger) -> None:
    """A short fault now and then is no long outage."""
    bots.refusals = [DeliveryError("network"), None, DeliveryError("network"), None]
    bots.says(7)
    follows(bots)
    assert bots.pauses == [1, 1]


def test_after_an_outage_of_days_it_goes_on(bots: Messenger) -> None:
    """Pauses stay a minute, however often it has failed."""
    bots.refusals = [DeliveryError("network") for _ in range(3000)]
    bots.says(7)
    follows(bots)
    assert bots.taken == [7]
    assert sum(bots.pauses) > 2 * 86_400


def test_whoever_is_told_to_wait_waits_as_long_as_that(bots: Messenger) -> None:
    bots.refusals = [DeliveryError("too many messages", retry_after=23)]
    follows(bots)
    assert bots.pauses == [23]


def test_a_bug_in_reading_one_update_holds_up_nobody(bots: Messenger) -> None:
    """It is told and given up: it would fail again with each fetch, for ever."""
    bots.says(7)
    bots.says(8, chat="other")
    bots.fails[7] = [KeyError("x")]
    with capture_logs() as logs:
        follows(bots)
    assert bots.taken == [8]
    assert [line["errors"] for line in logs if line["event"] == "updates given up"] == [["KeyError"]]


class Hasty(Messenger):
    """Hands updates to a real bot, and cannot save one of them at first."""

    def __init__(self, door: TelegramDoor) -> None:
        super().__init__()
        self._door = door

    async def take(self, update: Update) -> None:
        if self.fails.get(update.update_id):
            raise self.fails[update.update_id].pop(0)
        await self._door.bot.take(update)


def test_of_a_batch_that_comes_again_nothing_is_applied_twice(house: House, clock: Clock) -> None:
    """What one has saved is answered at once and only once."""
    with TelegramDoor(house, "en") as door:
        source = Hasty(door)
        updates = [Update.model_validate(written("/start", clock.now, each)) for each in (ME, ME + 1)]
        for person, update in enumerate(updates, start=ME):
            source.says(update.update_id, str(person), update=update)
        source.fails[updates[1].update_id] = [NotSaved("The disk is full.")]
        door.run(followed(source, lambda: source.quiet))
        answered = {person: len(chat.messages) for person, chat in door.session.chats.items()}
    assert answered == {ME: 2, ME + 1: 2}  # the notice and the first screen
