"""The ledger: what became of each need, sealed; a step told twice is kept once."""

from sqlalchemy import select

from casework.ledger import Entry, identity
from storage.errors import StorageError
from storage.sealed import Sealed
from storage.tables.casework import ledger, persons
from storage.transaction import Repository, new_id, prepared

_ACCOUNT = select(persons.c.account).where(prepared(persons, "id"))

_ENTRY = Sealed(Entry, "ledger.entry")


class Ledger(Repository):
    __slots__ = ()

    def add(self, entry: Entry) -> bool:
        """False if the step was known. Raises StorageError if the person is not."""
        account = self._account_of(entry.person)
        seal, entry_id = self._in.seal_of(account), new_id()
        mark = seal.mark("ledger.step", [part or "" for part in identity(entry)])
        sealed = _ENTRY.close(seal, entry_id, entry)
        return self._in.put_once(
            ledger, "mark", mark=mark, id=entry_id, account=account, at=entry.at, sealed=sealed
        )

    def of_person(self, person_id: str) -> tuple[Entry, ...]:
        """The person's steps, oldest first."""
        account = self._account_of(person_id)
        seal = self._in.seal_of(account)
        rows = self._in.execute(
            select(ledger).where(self._in.of_town(ledger, account=account)).order_by(ledger.c.at, ledger.c.id)
        )
        entries = (_ENTRY.open(seal, row.id, row.sealed) for row in rows)
        return tuple(entry for entry in entries if entry.person == person_id)

    def _account_of(self, person_id: str) -> str:
        row = self._in.one(_ACCOUNT, id=person_id)
        if row is None:
            raise StorageError("There is no such person in this town; they may have been erased.")
        return str(row.account)
