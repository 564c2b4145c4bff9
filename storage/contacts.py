"""Contacts that are still going on, one per account at most; what remains of them is a contact protocol."""

from datetime import datetime

from sqlalchemy import delete, select

from casework.protocols import Contact
from storage.sealed import Sealed
from storage.tables.casework import contacts
from storage.transaction import Repository, prepared

_CURRENT = select(contacts.c.sealed).where(prepared(contacts, "account"))
_CLOSE = delete(contacts).where(prepared(contacts, "account"))

_CONTACT = Sealed(Contact, "contacts.contact")


class Contacts(Repository):
    __slots__ = ()

    def current(self, account_id: str) -> Contact | None:
        key = (contacts, account_id)
        if key not in self._in.read_along:
            row = self._in.one(_CURRENT, account=account_id)
            self._in.read_along[key] = row and row.sealed
        sealed = self._in.read_along[key]
        return sealed and _CONTACT.open(self._in.seal_of(account_id), account_id, sealed)

    def save(self, contact: Contact) -> None:
        """Raises StorageError if there is no such account."""
        sealed = _CONTACT.close(self._in.seal_of(contact.account), contact.account, contact)
        self._in.put(contacts, "account", account=contact.account, last_at=contact.last_at, sealed=sealed)
        self._in.read_along[contacts, contact.account] = sealed

    def due(self, before: datetime) -> tuple[Contact, ...]:
        """Contacts silent since `before` or longer, the longest silent first."""
        silent = select(contacts).where(self._in.of_town(contacts), contacts.c.last_at <= before)
        rows = self._in.execute(silent.order_by(contacts.c.last_at)).all()
        return tuple(_CONTACT.open(self._in.seal_of(row.account), row.account, row.sealed) for row in rows)

    def close(self, account_id: str) -> bool:
        """False if no contact was going on."""
        self._in.read_along[contacts, account_id] = None
        return self._in.changed(_CLOSE, account=account_id) > 0
