"""SQLite's two files, data and vault, and how a connection treats them; no statement of ours is here."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as Driver

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from storage.errors import StorageError
from storage.tables import VAULT

DATA_FILE, VAULT_FILE = "data.db", "vault.db"

_LOCK_DATA = "PRAGMA main.incremental_vacuum(1)"
"""Takes the write lock of this one file and does nothing else: there is no `auto_vacuum`."""


def make_ready(folder: Path) -> None:
    """The folder and both files exist, for this user alone. Raises StorageError if that cannot be had."""
    with usable(folder):
        for name in (DATA_FILE, VAULT_FILE):
            # made here, because SQLite would give them the rights that the umask leaves
            os.close(open_private(folder / name))


@contextmanager
def usable(folder: Path) -> Iterator[None]:
    """Within, the folder is there, for this user alone. Raises StorageError if it or a file cannot be had."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        yield
    except OSError as error:
        raise StorageError(
            f"The data folder {folder} cannot be used ({error.strerror}). Give this user the right to write"
            " there, or choose another with KURZE_WEGE_DATA_DIR."
        ) from error


def open_private(file: Path) -> int:
    """A descriptor of the file, which is made if it is not there; for this user alone."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    file.chmod(0o600)
    return descriptor


def engine(folder: Path, locked_for_seconds: float) -> Engine:
    """An engine whose transactions commit over both files or neither; each starts with `begin`."""
    made = create_engine(
        f"sqlite+pysqlite:///{folder / DATA_FILE}",
        poolclass=QueuePool,
        pool_size=2,
        hide_parameters=True,  # an error's text ends up in logs
        connect_args={"timeout": locked_for_seconds, "check_same_thread": False, "isolation_level": None},
    )
    vault = str(folder / VAULT_FILE)
    event.listen(made, "connect", lambda driver, _record: _set_up(driver, vault))
    return made


def begin(connection: Connection) -> None:
    """Takes the write lock; an engine that listens for "begin" would take longer for every statement."""
    connection.exec_driver_sql("BEGIN")
    # Without a lock the first write fails with "locked" if somebody else was faster. BEGIN IMMEDIATE would
    # lock the vault too, and what is locked is committed, written or not (decision 0013). Whoever has the
    # lock of the one file need not fear for the other.
    connection.exec_driver_sql(_LOCK_DATA)


def problems(connection: Connection) -> tuple[str, ...]:
    """What SQLite's own thorough check finds in either file (`quick_check` misses most damage)."""
    found: list[str] = []
    for file, schema in ((DATA_FILE, "main"), (VAULT_FILE, VAULT)):
        rows = connection.exec_driver_sql(f"PRAGMA {schema}.integrity_check").scalars()
        found += [f"{file}: {line}" for line in rows if line != "ok"]
    return tuple(found)


def _set_up(driver: Driver, vault: str) -> None:
    driver.execute(f"ATTACH DATABASE ? AS {VAULT}", (vault,))
    for schema in ("main", VAULT):
        # only rollback journals commit two files as one and leave no copy of what was erased (decision 0001)
        driver.execute(f"PRAGMA {schema}.journal_mode = DELETE").fetchone()
        driver.execute(f"PRAGMA {schema}.secure_delete = ON").fetchone()
        # FULL leaves the journal's removal to chance at a power cut: a confirmed commit could come undone
        driver.execute(f"PRAGMA {schema}.synchronous = EXTRA")
    driver.execute("PRAGMA foreign_keys = ON")
    driver.execute("PRAGMA temp_store = MEMORY")
    driver.execute("PRAGMA cell_size_check = ON")
