"""Waiting for the lock, and ending without it; with a lock that does as it is told."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.settings import Settings
from bot.standby import alone, kept, wait_for
from storage import LockLost, ServingLock, StorageError
from storage.standby import LOCK_FILE

ROOT = Path(__file__).parents[2]
WILL_NOT_STOP = Path(__file__).with_name("will_not_stop.py")
SOON = 0.01


def sleeps(lock: "FakeLock") -> None:
    """Serves without looking at anything, while the lock is taken away."""
    with kept(lock, SOON):
        lock.taken_away.set()
        time.sleep(30)


def stops_when_asked(lock: "FakeLock") -> None:
    """Serves as the web server does: an interruption is a wish to stop, and it returns as usual."""
    stop = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        with kept(lock, SOON):
            lock.taken_away.set()
            while not stop.is_set():
                time.sleep(SOON)
    finally:
        signal.signal(signal.SIGINT, before)


@dataclass
class FakeLock(ServingLock):
    """Answers each try from a list, and is held until it is taken away."""

    tries: Iterable[bool | StorageError] = (True,)
    taken_away: threading.Event = field(default_factory=threading.Event)
    released: int = 0
    _answers: Iterator[bool | StorageError] = field(init=False)

    def __post_init__(self) -> None:
        self._answers = iter(self.tries)

    def acquire(self) -> bool:
        answer = next(self._answers)
        if isinstance(answer, StorageError):
            raise answer
        return answer

    def held(self) -> bool:
        return not self.taken_away.is_set()

    def release(self) -> None:
        self.released += 1


def test_a_lock_that_stays_is_released_at_the_end() -> None:
    """Once, and nobody is interrupted."""
    lock = FakeLock()
    with kept(lock, SOON):
        time.sleep(5 * SOON)
        assert lock.released == 0
    assert lock.released == 1


@pytest.mark.parametrize("serve", [sleeps, stops_when_asked])
def test_who_loses_the_lock_is_interrupted_and_told(serve: Callable[[FakeLock], None]) -> None:
    """Whatever it is doing and however it stops; the log says so when it happens."""
    began = time.monotonic()
    with capture_logs() as logs, pytest.raises(LockLost, match="Start it again"):
        serve(FakeLock())
    assert time.monotonic() - began < 10
    assert [entry["event"] for entry in logs] == ["the serving lock is lost; stopping"]


def test_a_wish_to_stop_is_no_loss() -> None:
    """Ctrl-C while the lock is held stays what it is."""
    lock = FakeLock()
    with pytest.raises(KeyboardInterrupt), kept(lock, SOON):
        raise KeyboardInterrupt
    assert lock.released == 1


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_who_is_asked_to_stop_before_it_serves_ends_as_asked(tmp_path: Path, asked: signal.Signals) -> None:
    """With exit code 0, and the next one can have the lock at once."""
    settings = Settings(data_dir=tmp_path)
    with pytest.raises(SystemExit) as end:
        alone(settings, waiting=pytest.fail, serve=lambda: signal.raise_signal(asked))
    assert end.value.code == 0
    next_one = ServingLock.of(None, tmp_path)
    assert next_one.acquire()
    next_one.release()


def test_a_fault_of_what_serves_comes_out_and_lets_the_next_one_in() -> None:
    """Such as a port that is taken."""
    lock = FakeLock()
    with pytest.raises(StorageError, match="full"), kept(lock, SOON):
        raise StorageError("the disk is full")
    assert lock.released == 1


def test_a_database_that_is_away_is_waited_for_and_said_once_each_time() -> None:
    """A restart of the server must not end the process that waits for it."""
    away = StorageError("could not be reached")
    lock = FakeLock(tries=(False, away, away, False, away, True))
    with capture_logs() as logs:
        wait_for(lock, every=0)
    assert [entry["reason"] for entry in logs] == ["could not be reached"] * 2


def test_at_the_first_try_a_database_that_is_away_ends_the_start(tmp_path: Path) -> None:
    """As ever: whoever starts it learns what to do, and nothing is served."""
    settings = Settings(database_url="postgresql://nobody@127.0.0.1:1/nowhere", data_dir=tmp_path)
    with pytest.raises(StorageError, match="could not be reached"):
        alone(settings, waiting=pytest.fail, serve=pytest.fail)


def test_who_does_not_stop_after_the_loss_is_ended_within_ten_seconds(tmp_path: Path) -> None:
    """Nobody may serve beside the next one for long, whatever hangs."""
    process = subprocess.Popen(
        [sys.executable, WILL_NOT_STOP, str(tmp_path)], cwd=ROOT, text=True, stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "serving\n"
        began = time.monotonic()
        (tmp_path / LOCK_FILE).unlink()
        told, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 1
    assert "not stopped in time" in told
    assert time.monotonic() - began < 10
