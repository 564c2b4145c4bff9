"""The lock that one process per installation holds while it serves; it keeps nothing and knows no table."""

import fcntl
import os
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage import sqlite_files
from storage.database import Database, server_address

LOCK_FILE = "serving.lock"
SESSION = "kurze-wege-serving-lock"
"""What the lock's connection calls itself, for whoever looks at the server's list of sessions."""

_KEY = 5_204_117  # any number but that of the migrations; the server keeps the numbers of each database apart
_TRY = text("SELECT pg_try_advisory_lock(:key)").bindparams(key=_KEY)
_GIVE_BACK = text("SELECT pg_advisory_unlock(:key)").bindparams(key=_KEY)
_OURS = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
    " AND classid = 0 AND objid = :key AND objsubid = 1"
).bindparams(key=_KEY)
# A network that swallows everything must end the session on both sides long before TCP gives up by itself:
# here, so that no question hangs, and at the server, so that a machine that went dark holds up nobody.
_OUR_PATIENCE = {
    "connect_timeout": 3,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 2000,
}
_ITS_PATIENCE = text(
    "SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3;"
    " SET tcp_user_timeout = 5000"
)


class ServingLock(ABC):
    """Held by one process at a time, and free once that has ended, however; nothing is left to clear away."""

    @staticmethod
    def of(database_url: str | None, data_dir: Path) -> "ServingLock":
        """The lock on the database at the URL (PostgreSQL), or, without one, on the data folder.

        Raises:
            StorageError: the URL is none of PostgreSQL.
        """
        return _DatabaseLock(database_url) if database_url else _FolderLock(data_dir)

    @abstractmethod
    def acquire(self) -> bool:
        """Try once, without waiting; whether it is held now. Raises StorageError if nobody can tell."""

    @abstractmethod
    def held(self) -> bool:
        """Whether it is surely still ours; what cannot be asked counts as no. Never raises."""

    @abstractmethod
    def release(self) -> None:
        """Let others have it; nothing happens if it is not held. Never raises."""


class _FolderLock(ServingLock):
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / LOCK_FILE
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        if self._descriptor is None:
            with sqlite_files.usable(self._folder):
                self._descriptor = self._locked()
        if self.held():
            return True
        self.release()
        return False

    def _locked(self) -> int | None:
        descriptor = sqlite_files.open_private(self._path)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            if isinstance(error, BlockingIOError):
                return None
            raise
        return descriptor

    def held(self) -> bool:
        if self._descriptor is None:
            return False
        try:
            # whoever removed or replaced the file opened the door to another process, which locks the new one
            return os.path.samestat(os.fstat(self._descriptor), self._path.stat())
        except OSError:
            return False

    def release(self) -> None:
        # the file stays: removing it would let two processes lock two files of the same name
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


class _DatabaseLock(ServingLock):
    def __init__(self, url: str) -> None:
        address = server_address(url)
        # no pool: the lock hangs on this one connection, and another in its place would not hold it
        self._engine = create_engine(
            address,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,  # an error's text ends up in logs
            connect_args={**_OUR_PATIENCE, "application_name": SESSION},
        )
        self._database = Database(self._engine, f"{address.host}/{address.database}")
        self._session: Connection | None = None

    def acquire(self) -> bool:
        if self.held():
            return True
        try:
            # kept between tries: a waiting process asks again and again
            if self._session is None:
                self._session = self._engine.connect()
                self._session.execute(_ITS_PATIENCE)
            return bool(self._session.execute(_TRY).scalar_one())
        except DBAPIError as error:
            self._drop()
            raise self._database.opening_error(error) from error

    def held(self) -> bool:
        if self._session is None:
            return False
        try:
            return bool(self._session.execute(_OURS).scalar_one())
        except DBAPIError:
            self._drop()
            return False

    def release(self) -> None:
        if self._session is not None:
            with suppress(DBAPIError):
                self._session.execute(_GIVE_BACK)
            self._drop()

    def _drop(self) -> None:
        if self._session is not None:
            self._session.invalidate()  # a dead session is not to be rolled back first
            self._session.close()
            self._session = None
