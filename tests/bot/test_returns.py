"""Results of the writer come back to the loop that waits for them."""

import asyncio
import gc
from concurrent.futures import Future
from threading import Thread

import pytest

from bot.house import House
from bot.returns import Returns
from tests.doors import TOWN


def settled_elsewhere(futures: list[Future[int]]) -> None:
    """As the writer does: in a thread of its own, one after the other."""

    def settle() -> None:
        for number, future in enumerate(futures):
            if future.set_running_or_notify_cancel():
                future.set_result(number)

    thread = Thread(target=settle)
    thread.start()
    thread.join()


def test_many_results_come_back_each_to_whoever_waits_for_it() -> None:
    async def wait() -> list[int]:
        returns, futures = Returns(asyncio.get_running_loop()), [Future[int]() for _ in range(100)]
        waiting = [returns.awaited(future) for future in futures]
        settled_elsewhere(futures)
        return await asyncio.gather(*waiting)

    assert asyncio.run(wait()) == list(range(100))


def test_an_error_comes_back_as_an_error() -> None:
    async def wait() -> int:
        future: Future[int] = Future()
        waiting = Returns(asyncio.get_running_loop()).awaited(future)
        future.set_exception(ValueError("no"))
        return await waiting

    with pytest.raises(ValueError, match="no"):
        asyncio.run(wait())


def test_whoever_no_longer_waits_withdraws_the_job() -> None:
    async def wait() -> bool:
        future: Future[int] = Future()
        waiting = Returns(asyncio.get_running_loop()).awaited(future)
        waiting.cancel()
        await asyncio.sleep(0)
        return future.cancelled()

    assert asyncio.run(wait())


def test_what_is_settled_while_results_are_handed_over_comes_back_too() -> None:
    """The loop is woken once for many, and again for what comes later."""

    async def wait() -> list[int]:
        returns, found = Returns(asyncio.get_running_loop()), []
        for _ in range(50):
            futures = [Future[int]() for _ in range(3)]
            waiting = [returns.awaited(future) for future in futures]
            settled_elsewhere(futures)
            found += await asyncio.gather(*waiting)
        return found

    assert asyncio.run(wait()) == [0, 1, 2] * 50


def test_a_loop_that_has_ended_holds_up_nobody() -> None:
    future: Future[int] = Future()

    async def leave() -> None:
        Returns(asyncio.get_running_loop()).awaited(future)

    asyncio.run(leave())
    future.set_result(1)


def test_what_stands_in_the_queue_is_done_also_if_nobody_waits_for_it(house: House) -> None:
    """As when a task is ended before it has run; a coroutine would complain that it was never awaited."""
    done: list[str] = []

    async def begin() -> None:
        house.begun(TOWN, lambda store: done.append(store.town))
        await house.in_town(TOWN, lambda _: None)

    asyncio.run(begin())
    gc.collect()
    assert done == [TOWN]
