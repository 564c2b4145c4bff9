"""The database itself: where it lies, how it is opened, whether it is whole; it knows no table."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

from storage import sqlite_files
from storage.errors import Damaged, StorageError
from storage.schema import migrate

LOCKED_FOR_SECONDS = 5


class Database:
    """Two files in the data folder, or a PostgreSQL server. Its schema is the newest once it is open."""

    def __init__(self, engine: Engine, place: str) -> None:
        """For tests that need another engine; everyone else calls `open`."""
        self._engine = engine
        self.place = place

    @classmethod
    def open(cls, url: str | None, data_dir: Path) -> Self:
        """The database at `url` (PostgreSQL), or, without one, in `data_dir`; both are made ready if new.

        Raises:
            StorageError: it cannot be opened, with the sentence that says what to do.
        """
        database = cls.at_server(url) if url else cls.in_folder(data_dir)
        try:
            with database.begin() as connection:
                migrate(connection)
        except DBAPIError as error:
            database.close()
            raise database.opening_error(error) from error
        except StorageError:
            database.close()
            raise
        return database

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """Without looking at the schema."""
        sqlite_files.make_ready(folder)
        return cls(sqlite_files.engine(folder, LOCKED_FOR_SECONDS), str(folder))

    @classmethod
    def at_server(cls, url: str) -> Self:
        """Without looking at the schema."""
        parts = server_address(url)
        engine = create_engine(
            parts,
            poolclass=QueuePool,
            pool_size=2,
            pool_pre_ping=True,
            hide_parameters=True,  # an error's text ends up in logs
        )
        return cls(engine, f"{parts.host}/{parts.database}")

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction: committed at the end, rolled back if anything was raised."""
        with self._engine.begin() as connection:
            connection.execution_options(preserve_rowcount=True)  # without it an insert tells no count
            if connection.dialect.name == "sqlite":
                sqlite_files.begin(connection)
            yield connection

    def check(self) -> tuple[str, ...]:
        """What is wrong with the files, empty if nothing; a server is its keeper's to check."""
        if self._engine.dialect.name != "sqlite":
            return ()
        try:
            with self._engine.connect() as connection:
                return sqlite_files.problems(connection)
        except DBAPIError as error:
            return (self.explain(error),)

    def close(self) -> None:
        self._engine.dispose()

    def opening_error(self, error: DBAPIError) -> StorageError:
        sentence = self.explain(error)
        return Damaged(sentence) if sentence.startswith(_DAMAGED) else StorageError(sentence)

    def explain(self, error: BaseException) -> str:
        """One sentence for the person who runs this; nothing of what was being written."""
        if not isinstance(error, DBAPIError):
            return f"Nothing was saved, because of a {type(error).__name__}."
        told = str(error.orig).lower()
        for sign, sentence in _SENTENCES.items():
            if sign in told:
                return sentence.format(place=self.place, seconds=LOCKED_FOR_SECONDS)
        kind = type(error.orig).__name__
        lost = "could not be reached" if isinstance(error, OperationalError) else "refused a statement"
        return f"The database {self.place} {lost} ({kind}). Nothing was saved."


def server_address(url: str) -> URL:
    """Where a PostgreSQL server is. Raises StorageError if the text is no such address."""
    try:
        parts = make_url(url)
    except ArgumentError:
        raise StorageError(_NO_ADDRESS) from None
    if parts.get_backend_name() != "postgresql":
        raise StorageError(_NO_ADDRESS)
    return parts.set(drivername="postgresql+psycopg")


_NO_ADDRESS = "The database's address must begin with postgresql://; leave it out for SQLite."
_DAMAGED = "A file of the database"

# a sign in the driver's own words, and what to do
_SENTENCES = {
    "locked": "The database in {place} was held by another program for more than {seconds} seconds."
    " Nothing was saved; close that program.",
    "full": "The disk that holds {place} is full. Nothing was saved; make room, nothing else is needed.",
    "readonly": "{place} may not be written to. Nothing was saved; give this user the right to write there.",
    "unable to open": "The database in {place} cannot be opened. Give this user the right to write there.",
    "disk i/o": "The disk that holds {place} took no more. Nothing was saved; look at the disk.",
    "not a database": f"{_DAMAGED} in {{place}} is no database (any more). Restore it from the last backup.",
    "malformed": f"{_DAMAGED} in {{place}} is damaged. Restore it from the last backup.",
}
