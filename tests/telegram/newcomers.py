"""The newcomers' bot beside a test: the real channel, desk and delivery in a thread of their own."""

import asyncio
import socket
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress

import uvicorn

from bot.channels.base import Sender
from bot.doors import TELEGRAM
from bot.house import House
from bot.messengers import Messengers
from tests.doors import TOWN, make_app
from tests.telegram.bot_api import BotApi
from tests.telegram.control import eventually
from tests.telegram.plain_bot import TOKEN

HERE = (TOWN, TELEGRAM)


@contextmanager
def bot_beside(
    house: House, api: BotApi, *, others: dict[tuple[str, str], Sender] | None = None
) -> Iterator[None]:
    """The bot fetches what people say; ended in time afterwards."""
    bots = Messengers(house, {HERE: TOKEN}, api.address, webhook=False, other=others or {})
    with _in_a_thread(bots.run):
        eventually(lambda: api.calls(TOKEN, "getUpdates"))
        yield


@contextmanager
def bot_behind_pages(house: Callable[[str], House], api: BotApi) -> Iterator[House]:
    """The house made for this address serves its pages, and Telegram brings what people say."""
    listening = socket.create_server(("127.0.0.1", 0))
    made = house(f"http://127.0.0.1:{listening.getsockname()[1]}")
    bots = Messengers(made, {HERE: TOKEN}, api.address, webhook=True)
    config = uvicorn.Config(make_app(made, bots), access_log=False, log_config=None)

    async def serve() -> None:
        server = uvicorn.Server(config)
        running = asyncio.create_task(bots.run())
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            await running
        finally:
            server.should_exit = True
            await serving

    with listening, _in_a_thread(serve):
        eventually(lambda: api.calls(TOKEN, "setWebhook"))
        yield made


@contextmanager
def _in_a_thread(work: Callable[[], Coroutine[None, None, None]]) -> Iterator[None]:
    """What goes wrong in the thread fails the test; it is cancelled in the end."""
    begun: Future[Callable[[], object]] = Future()

    async def run() -> None:
        loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work())
        begun.set_result(lambda: loop.call_soon_threadsafe(task.cancel))
        with suppress(asyncio.CancelledError):
            await task

    with ThreadPoolExecutor(1, "bot") as threads:
        running = threads.submit(asyncio.run, run())
        try:
            yield
        finally:
            begun.result()()
            running.result(timeout=10)
