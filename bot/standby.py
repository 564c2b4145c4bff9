"""Lets one process per installation serve, and another wait until it may; what is served, others decide."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import structlog

from bot.settings import Settings
from storage.errors import LockLost, StorageError
from storage.standby import ServingLock

log = structlog.get_logger()

TRY_EVERY = 0.5
"""Seconds between two tries of a process that waits."""
BEAT_EVERY = 1.0
"""Seconds between two looks of the process that serves at whether the lock is still its own."""
LAST_RESORT = 5.0
"""Seconds for a process that lost the lock to stop by itself. With the beat, and the three to four seconds
until a network that swallows everything is noticed, it is gone within ten."""

_LOST = (
    "This process no longer held the lock on its data and has stopped, so that no two serve at once: the"
    " database server ended the session, or serving.lock was removed. Start it again; systemd does so itself."
)


def alone(settings: Settings, *, waiting: Callable[[], None], serve: Callable[[], None]) -> None:
    """Calls `serve` once no other process serves the same data; before that nothing of the data is touched.

    `waiting` is called once if another does serve them. Asked to stop while it waits, or before `serve`
    listens for that itself, the process ends there and then with exit code 0. For the main thread only.

    Raises:
        LockLost: the lock got lost while `serve` ran; it was interrupted as by Ctrl-C.
        StorageError: the lock cannot be asked for.
    """
    lock = ServingLock.of(settings.database_url, settings.data_dir)
    with _ended_when_asked():
        if not lock.acquire():
            waiting()
            wait_for(lock)
            log.info("taking over")
        with kept(lock):
            serve()


def wait_for(lock: ServingLock, every: float = TRY_EVERY) -> None:
    """Returns when the lock is held. A database that is away is waited for as well."""
    away = False
    while True:
        time.sleep(every)
        try:
            if lock.acquire():
                return
            away = False
        except StorageError as error:
            if not away:
                log.warning("the lock cannot be asked for; trying again", reason=str(error))
            away = True


@contextmanager
def kept(lock: ServingLock, beat: float = BEAT_EVERY) -> Iterator[None]:
    """Within, the lock is looked at regularly; without it the process interrupts itself. Released at the end.

    Raises:
        LockLost: at the end, if it got lost.
    """
    lost, over = threading.Event(), threading.Event()
    seen = (lost, over, beat, threading.get_ident())
    watch = threading.Thread(target=_watch, args=(lock, *seen), name="serving lock", daemon=True)
    watch.start()
    try:
        try:
            yield
        finally:
            over.set()
            watch.join(beat)
            if not watch.is_alive():  # else it still asks, and the lock goes with the process
                lock.release()
    except (KeyboardInterrupt, SystemExit):
        if not lost.is_set():
            raise
    if lost.is_set():
        raise LockLost(_LOST)


def _watch(
    lock: ServingLock, lost: threading.Event, over: threading.Event, beat: float, serving: int
) -> None:
    while lock.held():
        if over.wait(beat):
            return
    if over.is_set():
        return
    lost.set()
    log.error("the serving lock is lost; stopping")
    # whoever serves knows how to stop when interrupted, in whatever state, and need not know why
    signal.pthread_kill(serving, signal.SIGINT)
    if not over.wait(LAST_RESORT):
        log.error("not stopped in time; ending at once")
        os._exit(1)  # as a kill would: nothing that was confirmed is lost


@contextmanager
def _ended_when_asked() -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(0)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
