"""The writer thread: whatever waits shares one commit, each job in its own savepoint; it knows no table."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from storage.database import Database
from storage.errors import NotSaved, StorageError, WriterStopped
from storage.key_check import check_key
from storage.keys import Keys
from storage.store import Store

T = TypeVar("T")

BATCH = 128  # beyond this a commit's cost is spread thinly enough, and the first in the batch waits no longer

REMEMBERED = 10_000  # erased accounts; what is still on its way about one is a matter of seconds

# in plain words: `begin_nested` makes and compiles both statements anew, which takes as long as reading a row
_SAVEPOINT, _RELEASE, _BACK = "SAVEPOINT job", "RELEASE SAVEPOINT job", "ROLLBACK TO SAVEPOINT job"

_STOPPED = "The storage has been closed: nothing was saved."


@dataclass(frozen=True, slots=True)
class _Job:
    town: str
    work: Callable[[Store], Any]
    future: "Future[Any]"


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of a job; both are worth nothing before the commit."""

    value: Any
    error: BaseException | None = None
    erased: tuple[str, ...] = ()


class Writer:
    """Takes jobs from any thread and does them one after the other in its own.

    A result is handed over only after the commit: who holds one may tell the world. A job that raises leaves
    nothing behind and disturbs no other. A job must neither keep its Store nor wait for anything else.
    """

    def __init__(self, database: Database, keys: Keys) -> None:
        """Raises WrongKey if the data were written under another town key."""
        check_key(database, keys)
        self._database = database
        self._keys = keys
        self._waiting: SimpleQueue[_Job | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._given_up = threading.Event()
        self._erased: dict[tuple[str, str], None] = {}
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def submit(self, town: str, work: Callable[[Store], T]) -> "Future[T]":
        """Have `work` done in the next commit. The future raises what `work` raised, or NotSaved.

        Cancelling the future withdraws the job only until it has begun.
        """
        future: Future[T] = Future()
        with self._gate:
            if self._closed:
                future.set_exception(WriterStopped(_STOPPED))
            else:
                self._waiting.put(_Job(town, work, future))
        return future

    def run(self, town: str, work: Callable[[Store], T]) -> T:
        """As `submit`, and wait for it. Not to be called within a job."""
        return self.submit(town, work).result()

    def has_erased(self, town: str, account: str) -> bool:
        """Whether the erasure of this account is committed; any thread may ask, the database is not.

        True of the last ten thousand that this process has erased, from before anybody hears the result.
        """
        return (town, account) in self._erased

    def close(self, seconds: float = 10.0) -> None:
        """Finish what waits; after `seconds` the rest is refused. No job is taken any more."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join(seconds)
        if self._thread.is_alive():
            self._given_up.set()

    def _work(self) -> None:
        stopping = False
        while not stopping:
            batch, stopping = self._next_batch()
            batch = [job for job in batch if job.future.set_running_or_notify_cancel()]
            if self._given_up.is_set():
                _fail(batch, WriterStopped(_STOPPED))
            elif batch:
                self._do(batch)

    def _next_batch(self) -> tuple[list[_Job], bool]:
        job, batch = self._waiting.get(), []
        while job is not None:
            batch.append(job)
            if len(batch) == BATCH:
                return batch, False
            try:
                job = self._waiting.get_nowait()
            except Empty:
                return batch, False
        return batch, True

    def _do(self, batch: list[_Job]) -> None:
        settled: list[_Done] = []
        try:
            with self._database.begin() as connection:
                settled.extend(self._in_savepoint(connection, job) for job in batch)
        except BaseException as error:  # noqa: BLE001 - the thread must outlive whatever went wrong with a batch
            _fail(batch, self._told(error))
            return
        self._remember(
            (job.town, account) for job, done in zip(batch, settled, strict=True) for account in done.erased
        )
        for job, done in zip(batch, settled, strict=True):
            if done.error is None:
                job.future.set_result(done.value)
            else:
                job.future.set_exception(done.error)

    def _remember(self, erased: Iterable[tuple[str, str]]) -> None:
        for gone in erased:
            self._erased[gone] = None
            if len(self._erased) > REMEMBERED:
                del self._erased[next(iter(self._erased))]

    def _in_savepoint(self, connection: Connection, job: _Job) -> _Done:
        connection.exec_driver_sql(_SAVEPOINT)
        store = Store(connection, job.town, self._keys)
        try:
            value = job.work(store)
            connection.exec_driver_sql(_RELEASE)
        except BaseException as error:  # noqa: BLE001 - whatever a job raises belongs to the one who gave it
            # raises in turn if the database gave up the whole transaction (a full disk, a lost connection)
            connection.exec_driver_sql(_BACK)
            connection.exec_driver_sql(_RELEASE)
            return _Done(None, self._told(error) if isinstance(error, DBAPIError) else error)
        return _Done(value, erased=store.erased)

    def _told(self, error: BaseException) -> StorageError:
        """NotSaved; for a value that the database never takes an error that is not worth a second try."""
        never = isinstance(error, DataError | IntegrityError)
        told = (StorageError if never else NotSaved)(self._database.explain(error))
        if isinstance(error, DBAPIError):
            # not as its cause: a driver quotes the values it did not like, and causes are printed into logs
            told.add_note(f"while executing: {error.statement}")
        else:
            told.__cause__ = error
        return told


def _fail(batch: list[_Job], reason: Exception) -> None:
    for job in batch:
        job.future.set_exception(reason)
