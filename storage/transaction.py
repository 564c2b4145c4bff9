"""One transaction of one town: all statements go through here; it knows no table but the accounts' keys."""

import secrets
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Executable,
    Insert,
    Row,
    Table,
    and_,
    bindparam,
    insert,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect

from storage.errors import StorageError
from storage.keys import Keys, Seal
from storage.sql_text import SqlText
from storage.tables import vault

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def prepared(table: Table, *columns: str) -> ColumnElement[bool]:
    """As `Transaction.of_town` for a statement built once: the columns' values are named when it is executed.

    For what every message does; building a statement takes several times as long as executing it.
    """
    return and_(table.c.town == bindparam("in_town"), *(table.c[name] == bindparam(name) for name in columns))


def of_account(table: Table) -> ColumnElement[bool]:
    """Joins the table's rows to the account they belong to."""
    account = vault.accounts.c
    return (table.c.town == account.town) & (table.c.account == account.id)


_KEY = select(vault.accounts.c.key).where(prepared(vault.accounts, "id"))


def new_id() -> str:
    """128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def _insert(dialect: str, table: Table) -> "sqlite.Insert | postgresql.Insert":
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - 4 MB that only a server needs

    return postgresql.insert(table)


@cache
def _new(table: Table) -> Insert:
    return insert(table)


@lru_cache(maxsize=256)  # by dialect as well, and tests make many
def _put(
    dialect: Dialect, table: Table, key: tuple[str, ...], columns: tuple[str, ...], *, once: bool
) -> SqlText:
    """With `once` a row that is there stays as it is."""
    new, whole_key = _insert(dialect.name, table), ("town", *key)
    changed = {name: new.excluded[name] for name in columns if name not in whole_key and not once}
    if not changed:
        return SqlText.of(new.on_conflict_do_nothing(index_elements=whole_key), columns, dialect)
    put = new.on_conflict_do_update(index_elements=whole_key, set_=changed)
    return SqlText.of(put, columns, dialect)


@cache
def _count(
    dialect: str, table: Table, column: str, key: tuple[str, ...]
) -> "sqlite.Insert | postgresql.Insert":
    new = _insert(dialect, table)
    return new.on_conflict_do_update(
        index_elements=key, set_={column: table.c[column] + new.excluded[column]}
    )


class Transaction:
    """What every repository works with. Not to be kept beyond the job it was made for."""

    __slots__ = ("_seals", "connection", "erased", "has_post", "keys", "read_along", "town")

    def __init__(self, connection: Connection, town: str, keys: Keys) -> None:
        self.connection = connection
        self.town = town
        self.keys = keys
        self.has_post = False  # set by the outbox
        self.erased: list[str] = []  # accounts that are gone once this is committed
        # by table and account, what was read along with something else: a statement costs more than a column.
        # Whoever writes such a value puts in the new one or takes it out.
        self.read_along: dict[tuple[Table, str], Any] = {}
        self._seals: dict[str, Seal] = {}

    def of_town(self, table: Table, **equal: object) -> ColumnElement[bool]:
        """The condition every statement on a town's table carries."""
        return and_(table.c.town == self.town, *(table.c[name] == value for name, value in equal.items()))

    def execute(self, statement: Executable, **values: object) -> CursorResult[Any]:
        """`values` fill what a prepared statement left open; the town is always this one."""
        result = self.connection.execute(statement, {"in_town": self.town, **values} if values else None)
        assert isinstance(result, CursorResult)  # noqa: S101 - Core statements have no other result
        return result

    def changed(self, statement: Executable, **values: object) -> int:
        """How many rows the statement wrote or removed."""
        return self.execute(statement, **values).rowcount

    def one(self, statement: Executable, **values: object) -> Row[Any] | None:
        return self.execute(statement, **values).one_or_none()

    def put(self, table: Table, *key: str, **values: object) -> None:
        """Write a row of this town, in place of the one with the same `key` if there is one."""
        row = {"town": self.town, **values}
        _put(self.connection.dialect, table, key, tuple(row), once=False).execute(self.connection, row)

    def put_once(self, table: Table, *key: str, **values: object) -> bool:
        """Write a row of this town unless there is one with the same `key`: False."""
        row = {"town": self.town, **values}
        statement = _put(self.connection.dialect, table, key, tuple(row), once=True)
        return statement.execute(self.connection, row).rowcount > 0

    def add(self, table: Table, **values: object) -> None:
        """Write a new row of this town."""
        self.connection.execute(_new(table), {"town": self.town, **values})

    def count(self, table: Table, column: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add to what stands in `column` of each row, found by all its other values; in the order given."""
        whole = [{"town": self.town, **row} for row in rows]
        if whole:
            key = tuple(name for name in whole[0] if name != column)
            self.connection.execute(_count(self.connection.dialect.name, table, column, key), whole)

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
        """The account is gone."""
        self.erased.append(account)
        self._seals.pop(account, None)
        self.read_along = {key: value for key, value in self.read_along.items() if key[1] != account}


class Repository:
    """The base of all repositories: a transaction and nothing else."""

    __slots__ = ("_in",)

    def __init__(self, within: Transaction) -> None:
        self._in = within
