"""Contact protocols: codes alone; nothing here leads back to anyone."""

from typing import Any

from sqlalchemy import select

from casework.protocols import ContactProtocol
from storage.sealed import adapter
from storage.tables.record import protocols
from storage.transaction import Repository


class Protocols(Repository):
    __slots__ = ()

    def add(self, protocol: ContactProtocol) -> None:
        fields: dict[str, Any] = adapter(ContactProtocol).dump_python(protocol, mode="json")
        row = {"id": fields.pop("id"), "month": fields.pop("month"), "fields": fields}
        self._in.add(protocols, **row)

    def all(self, first: str = "0000-01", last: str = "9999-12") -> tuple[ContactProtocol, ...]:
        """Protocols of the months `first` to `last`, both included; in no telling order within a month."""
        found = select(protocols).where(self._in.of_town(protocols), protocols.c.month.between(first, last))
        rows = self._in.execute(found.order_by(protocols.c.month, protocols.c.id))
        return tuple(
            adapter(ContactProtocol).validate_python({**row.fields, "id": row.id, "month": row.month})
            for row in rows
        )
