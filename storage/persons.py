"""The persons of an account, by role and without a name: runs, needs and counts belong to them."""

from datetime import datetime

from sqlalchemy import select

from storage.tables.casework import persons
from storage.transaction import Repository, new_id, prepared

SELF = "self"

_ROLE = select(persons.c.id).where(prepared(persons, "account", "role"))
_ACCOUNT = select(persons.c.account).where(prepared(persons, "id"))


class Persons(Repository):
    __slots__ = ()

    def self_of(self, account_id: str, now: datetime) -> str:
        """Id of the person who holds the phone, made at first use. Raises StorageError without an account."""
        self._in.seal_of(account_id)
        row = self._in.one(_ROLE, account=account_id, role=SELF)
        if row is not None:
            return str(row.id)
        person_id = new_id()
        self._in.put_once(persons, "id", id=person_id, account=account_id, role=SELF, created_at=now)
        return person_id

    def account_of(self, person_id: str) -> str | None:
        row = self._in.one(_ACCOUNT, id=person_id)
        return row and str(row.account)
