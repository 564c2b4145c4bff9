"""SQLite's two files, data and vault, and how a connection treats them; no statement of ours is here."""

import os
from pathlib import Path
from sqlite3 import Connection as Driver

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from storage.errors import StorageError
from storage.tables import VAULT

DATA_FILE, VAULT_FILE = "data.db", "vault.db"


def make_ready(folder: Path) -> None:
    """The folder and both files exist, for this user alone. Raises StorageError if that cannot be had."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        for name in (DATA_FILE, VAULT_FILE):
            # made here, because SQLite would give them the rights that the umask leaves
            os.close(os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600))
            (folder / name).chmod(0o600)
    except OSError as error:
        raise StorageError(
            f"The data folder {folder} cannot be used ({error.strerror}). Give this user the right to write"
            " there, or choose another with KURZE_WEGE_DATA_DIR."
        ) from error


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
    # a deferred BEGIN fails with "locked" when it first writes and somebody else was faster
    connection.exec_driver_sql("BEGIN IMMEDIATE")


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
