"""Brings what the writer has done back to the event loop: many results by one waking; it knows no store.

Each waking lets go of the interpreter lock: one for each result would hold up the writer's next batch.
"""

import asyncio
from collections import deque
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")


class Returns:
    """One for each event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._settled: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._woken = False

    def awaited(self, submitted: "Future[T]") -> "asyncio.Future[T]":
        """What can be awaited in the loop for it; to cancel it withdraws the job if it has not begun."""
        waiting: asyncio.Future[T] = self.loop.create_future()
        waiting.add_done_callback(lambda done: submitted.cancel() if done.cancelled() else None)
        submitted.add_done_callback(lambda done: self._bring(waiting, done))
        return waiting

    def _bring(self, waiting: "asyncio.Future[Any]", done: "Future[Any]") -> None:
        self._settled.append((waiting, done))
        if not self._woken and not self.loop.is_closed():
            self._woken = True
            self.loop.call_soon_threadsafe(self._hand_over)

    def _hand_over(self) -> None:
        self._woken = False  # first: what is settled from now on wakes the loop again
        while self._settled:
            waiting, done = self._settled.popleft()
            if waiting.done() or done.cancelled():
                continue
            error = done.exception()
            if error is None:
                waiting.set_result(done.result())
            else:
                waiting.set_exception(error)
