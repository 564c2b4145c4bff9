"""One transaction of one town: all statements go through here; it knows no table but the accounts' keys."""

import secrets
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Executable,
    Row,
    Table,
    and_,
    bindparam,
    select,
)
from sqlalchemy.dialects import sqlite

from storage.errors import StorageError
from storage.keys import Keys, Seal
from storage.tables import vault

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def prepared(table: Table, *columns: str) -> ColumnElement[bool]:
    """As `Transaction.of_town` for a statement built once: the columns' values are named when it is executed.

    For what every message does; building a statement takes several times as long as executing it.
    """
    return and_(table.c.town == bindparam("in_town"), *(table.c[name] == bindparam(name) for name in columns))


_KEY = select(vault.accounts.c.key).where(prepared(vault.accounts, "id"))


def new_id() -> str:
    """128 random bits in hexadecimal."""
    return secrets.token_hex(16)


_WITH_COUNT = {"preserve_rowcount": True}  # without it an insert tells no count


def _insert(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - 4 MB that only a server needs

    return postgresql.insert(table)


@cache
def _put(
    dialect: str, table: Table, key: tuple[str, ...], columns: tuple[str, ...]
) -> "sqlite.Insert | postgresql.Insert":
    """Without `columns` a row that is there stays as it is."""
    new, whole_key = _insert(dialect, table), ("town", *key)
    changed = {name: new.excluded[name] for name in columns if name not in whole_key}
    if not changed:
        return new.on_conflict_do_nothing(index_elements=whole_key)
    return new.on_conflict_do_update(index_elements=whole_key, set_=changed)


class Transaction:
    """What every repository works with. Not to be kept beyond the job it was made for."""

    __slots__ = ("_seals", "connection", "keys", "town")

    def __init__(self, connection: Connection, town: str, keys: Keys) -> None:
        self.connection = connection
        self.town = town
        self.keys = keys
        self._seals: dict[str, Seal] = {}

    def of_town(self, table: Table, **equal: object) -> ColumnElement[bool]:
        """The condition every statement on a town's table carries."""
        return and_(table.c.town == self.town, *(table.c[name] == value for name, value in equal.items()))

    def execute(self, statement: Executable, **values: object) -> CursorResult[Any]:
        """`values` fill what a prepared statement left open; the town is always this one."""
        result = self.connection.execute(statement, {"in_town": self.town, **values} if values else None)
        assert isinstance(result, CursorResult)  # noqa: S101 - Core statements have no other result
        return result

    def changed(self, statement: Executable) -> int:
        """How many rows the statement wrote or removed."""
        return self.connection.execute(statement, execution_options=_WITH_COUNT).rowcount

    def one(self, statement: Executable, **values: object) -> Row[Any] | None:
        return self.execute(statement, **values).one_or_none()

    def put(self, table: Table, *key: str, **values: object) -> None:
        """Write a row of this town, in place of the one with the same `key` if there is one."""
        row = {"town": self.town, **values}
        self.connection.execute(_put(self.connection.dialect.name, table, key, tuple(row)), row)

    def put_once(self, table: Table, *key: str, **values: object) -> bool:
        """Write a row of this town unless there is one with the same `key`: False."""
        row = {"town": self.town, **values}
        statement = _put(self.connection.dialect.name, table, key, ())
        return self.connection.execute(statement, row, execution_options=_WITH_COUNT).rowcount > 0

    def insert(self, table: Table, values: Mapping[str, Any]) -> "sqlite.Insert | postgresql.Insert":
        """An insert of this town that may be given an ON CONFLICT clause."""
        return _insert(self.connection.dialect.name, table).values({"town": self.town, **values})

    def seal_of(self, account: str) -> Seal:
        """Raises StorageError if the town has no such account (any more)."""
        seal = self._seals.get(account)
        if seal is None:
            row = self.one(_KEY, id=account)
            if row is None:
                raise StorageError("There is no such account in this town; it may have been erased.")
            seal = self.remember(account, row.key)
        return seal

    def remember(self, account: str, wrapped: bytes) -> Seal:
        """Spare the look-up of a key that was read along with something else."""
        seal = self._seals[account] = self.keys.unwrap(self.town, account, wrapped)
        return seal

    def forget(self, account: str) -> None:
        self._seals.pop(account, None)


class Repository:
    """The base of all repositories: a transaction and nothing else."""

    __slots__ = ("_in",)

    def __init__(self, within: Transaction) -> None:
        self._in = within
