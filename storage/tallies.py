"""Tallies: the figures themselves. Whether an event may count is the caller's to know."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from casework.tallies import Cell, Tally, corrected, moved
from storage.sealed import Sealed
from storage.tables.record import tallies, tally_marks
from storage.transaction import Repository, prepared

_MARK = select(tally_marks.c.sealed).where(prepared(tally_marks, "account", "what"))

_CELLS = Sealed(tuple[Cell, ...], "tally_marks.cells")


class Tallies(Repository):
    __slots__ = ()

    def add(self, cells: Iterable[Cell]) -> None:
        """Count each cell up by one, as often as it is named."""
        self.move(Counter(cells))

    def move(self, deltas: Mapping[Cell, int]) -> None:
        """Change each cell by so much, for a row that was corrected."""
        rows = (
            {"name": cell.table, "month": cell.month, "keys": json.dumps(cell.keys), "n": deltas[cell]}
            for cell in sorted(
                deltas
            )  # always in one order, so that two processes cannot wait for each other
        )
        self._in.count(tallies, "n", rows)

    def add_once(self, account_id: str, cell: Cell) -> bool:
        """Count the cell up unless this account has done so before, in whichever month: False."""
        seal = self._in.seal_of(account_id)
        what = seal.mark("tally_marks.once", [cell.table, *cell.keys]).hex()  # says nothing without the key
        sealed = _CELLS.close(seal, f"{account_id}/{what}", (cell,))
        new = self._in.put_once(tally_marks, "account", "what", account=account_id, what=what, sealed=sealed)
        if new:
            self.add([cell])
        return new

    def correct(self, account_id: str, what: str, cells: Iterable[Cell]) -> None:
        """Count `cells` for this row of the account in place of those it counted before."""
        seal, row_id = self._in.seal_of(account_id), f"{account_id}/{what}"
        row = self._in.one(_MARK, account=account_id, what=what)
        before = _CELLS.open(seal, row_id, row.sealed) if row else ()
        after = corrected(before, tuple(cells))
        self.move(moved(before, after))
        sealed = _CELLS.close(seal, row_id, after)
        self._in.put(tally_marks, "account", "what", account=account_id, what=what, sealed=sealed)

    def rows(self, table: str, first: str = "0000-01", last: str = "9999-12") -> tuple[Tally, ...]:
        """The table's cells that are not zero, of the months from `first` to `last`, in their order."""
        in_time = tallies.c.month.between(first, last)
        found = select(tallies).where(self._in.of_town(tallies, name=table), in_time, tallies.c.n != 0)
        cells = (
            Tally(cell=Cell(table=table, month=row.month, keys=tuple(json.loads(row.keys))), count=row.n)
            for row in self._in.execute(found)
        )
        return tuple(sorted(cells, key=lambda tally: tally.cell))
