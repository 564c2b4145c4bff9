"""One transaction of one town: all statements go through here; it knows no table but the accounts' keys."""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, CursorResult, Executable, Row, Table, and_, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.errors import StorageError
from storage.keys import Keys, Seal
from storage.tables import vault


def new_id() -> str:
    """128 random bits in hexadecimal."""
    return secrets.token_hex(16)


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

    def execute(self, statement: Executable) -> CursorResult[Any]:
        result = self.connection.execute(statement)
        assert isinstance(result, CursorResult)  # noqa: S101 - Core statements have no other result
        return result

    def changed(self, statement: Executable) -> int:
        """How many rows the statement wrote or removed."""
        # without the option the count is not there for an insert
        return self.connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount

    def one(self, statement: Executable) -> Row[Any] | None:
        return self.execute(statement).one_or_none()

    def insert(self, table: Table, values: Mapping[str, Any]) -> "sqlite.Insert | postgresql.Insert":
        """An insert of this town that may be given an ON CONFLICT clause."""
        into = sqlite.insert if self.connection.dialect.name == "sqlite" else postgresql.insert
        return into(table).values({"town": self.town, **values} if "town" in table.c else dict(values))

    def seal_of(self, account: str) -> Seal:
        """Raises StorageError if the town has no such account (any more)."""
        seal = self._seals.get(account)
        if seal is None:
            row = self.one(select(vault.accounts.c.key).where(self.of_town(vault.accounts, id=account)))
            if row is None:
                raise StorageError("There is no such account in this town; it may have been erased.")
            seal = self._seals[account] = self.keys.unwrap(self.town, account, row.key)
        return seal

    def forget(self, account: str) -> None:
        self._seals.pop(account, None)


class Repository:
    """The base of all repositories: a transaction and nothing else."""

    __slots__ = ("_in",)

    def __init__(self, within: Transaction) -> None:
        self._in = within
