"""The team's real bot, fetching from the Bot API server of the tests, and the phones of those it talks to."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from bot.doors import TEAM_TELEGRAM
from bot.house import House
from bot.messengers import Messengers
from tests.bot.people import stored
from tests.doors import TOWN
from tests.telegram.bot_api import BotApi
from tests.telegram.control import eventually
from tests.telegram.phones import Person, Shown

TOKEN = "220:team"
FAR = timedelta(days=365)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Running:
    """Bots in an event loop of their own, in a thread of its own."""

    house: House
    bots: Messengers
    loop: asyncio.AbstractEventLoop
    done: "Future[None]"
    """Done only if they have failed."""

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    def wake(self) -> None:
        """What a test has put into the outbox from outside is looked for now, and not some time later."""
        self.loop.call_soon_threadsafe(self.house.post.set)


async def _end_all() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def running_team_bot(house: House, api: BotApi, *, webhook: bool = False) -> Iterator[Running]:
    """The bot as `run` runs it: connected, following, delivering."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    bots = Messengers(house, {(TOWN, TEAM_TELEGRAM): TOKEN}, api.address, webhook)
    done = asyncio.run_coroutine_threadsafe(bots.run(), loop)
    try:
        begins = "setWebhook" if webhook else "getUpdates"
        eventually(lambda: api.calls(TOKEN, begins) or done.done())
        yield Running(house, bots, loop, done)
        assert not done.done(), done.exception()
    finally:
        asyncio.run_coroutine_threadsafe(_end_all(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@dataclass(slots=True)
class Phones:
    """Chats through the real channel."""

    running: Running
    api: BotApi
    people: dict[int, Person] = field(default_factory=dict)

    def say(self, chat: int, name: str, text: str, answers: int | None = None) -> None:
        self._person(chat, name).say(text, reply_to=answers)

    def tap(self, chat: int, name: str, message: int, data: str) -> None:
        self._person(chat, name).tap_data(message, data, unseen=True)

    def sees(self, chat: int) -> Sequence[Shown]:
        return self._person(chat, "").sees()

    def settle(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Everything fetched is acknowledged, every tap answered, and nothing waits to be sent.

        `meanwhile` is done each time it is not so yet: a test's clock may move on.
        """

        def look() -> bool:
            if self._is_settled():
                return True
            meanwhile()
            self.running.wake()
            return False

        self.running.wake()
        eventually(look)

    def _is_settled(self) -> bool:
        house = self.running.house
        late = house.clock() + FAR
        return (
            not self.api.unconfirmed(TOKEN)
            and all(tap["answers"] for tap in self.api.taps(TOKEN))
            and stored(house, lambda store: store.outbox.waiting_since(late)) == 0
        )

    def _person(self, chat: int, name: str) -> Person:
        known = self.people.get(chat)
        if known is None or (name and known.first_name != name):
            known = self.people[chat] = self.api.person(TOKEN, id=chat, name=name, language="de")
        return known
