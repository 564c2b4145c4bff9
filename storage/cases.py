"""Cases: who has which matter in hand. How one may move is casework's rule; here no two can move it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, UnaryExpression, and_, select, update

from casework.cases import Case, Status, TransitionError
from storage.sealed import Sealed
from storage.tables.casework import cases
from storage.tables.record import numbers
from storage.transaction import Repository, Transaction, new_id, prepared

_OPEN_TO_SEE = ("id", "number", "account", "status", "owner", "opened_at", "changed_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a case says about the person: sealed."""

    language: str
    needs: tuple[str, ...]
    urgency: str | None
    reason: str
    outcome: str | None
    declined_by: frozenset[str]


_MATTER = Sealed(Matter, "cases.matter")

_NEWEST = select(cases).where(prepared(cases, "account")).order_by(cases.c.number.desc()).limit(1)


class Cases(Repository):
    __slots__ = ("_read",)

    def __init__(self, within: Transaction) -> None:
        super().__init__(within)
        self._read: dict[str, int] = {}  # the version each case had when this transaction read it

    def open(
        self,
        account_id: str,
        *,
        language: str,
        needs: tuple[str, ...],
        urgency: str | None,
        reason: str,
        now: datetime,
    ) -> Case:
        """A new open case with the town's next number; numbers are never given twice."""
        case = Case(
            id=new_id(),
            number=self._next_number(),
            account=account_id,
            language=language,
            needs=needs,
            urgency=urgency,
            reason=reason,
            opened_at=now,
            changed_at=now,
        )
        self._in.add(cases, version=1, **self._columns(case))
        self._read[case.id] = 1
        return case

    def get(self, case_id: str) -> Case | None:
        return self._one(cases.c.id == case_id)

    def by_number(self, number: int) -> Case | None:
        return self._one(cases.c.number == number)

    def of_account(self, account_id: str) -> Case | None:
        """The account's newest case, whatever its status."""
        row = self._in.one(_NEWEST, account=account_id)
        return row and self._case(row)

    def queue(self) -> tuple[Case, ...]:
        """All open cases, the longest waiting first."""
        return self._all(cases.c.status == Status.OPEN)

    def owned(self) -> tuple[Case, ...]:
        """All cases in someone's hands, whosever."""
        return self._all(cases.c.status == Status.OWNED)

    def owned_by(self, member_id: str) -> tuple[Case, ...]:
        return self._all(cases.c.owner == member_id)

    def closed(self, since: datetime, limit: int) -> tuple[Case, ...]:
        """Cases closed at `since` or later, the latest first, at most `limit`."""
        done = and_(cases.c.status == Status.DONE, cases.c.changed_at >= since)
        return self._all(done, order=cases.c.changed_at.desc(), limit=limit)

    def save(self, case: Case, *, before: Case | None = None) -> None:
        """Keep a case that was read in this transaction or, with `before`, as it was read in an earlier one.

        Raises:
            TransitionError: somebody else has changed or erased the case since it was read.
        """
        if before is not None and self.get(case.id) != before:
            raise TransitionError(_TOO_LATE)
        version = self._read.get(case.id)
        if version is None:
            raise TransitionError("A case must be read before it is changed.")
        saved = self._in.changed(
            update(cases)
            .where(self._in.of_town(cases, id=case.id, account=case.account, version=version))
            .values(version=version + 1, **self._columns(case))
        )
        if not saved:
            raise TransitionError(_TOO_LATE)
        self._read[case.id] = version + 1

    def _one(self, condition: ColumnElement[bool]) -> Case | None:
        return next(iter(self._all(condition)), None)

    def _all(
        self,
        condition: ColumnElement[bool],
        *,
        order: UnaryExpression[Any] | None = None,
        limit: int | None = None,
    ) -> tuple[Case, ...]:
        found = select(cases).where(self._in.of_town(cases), condition)
        by = (order, cases.c.number) if order is not None else (cases.c.opened_at, cases.c.number)
        return tuple(self._case(row) for row in self._in.execute(found.order_by(*by).limit(limit)))

    def _case(self, row: Row[Any]) -> Case:
        self._read[row.id] = row.version
        matter = _MATTER.open(self._in.seal_of(row.account), row.id, row.sealed)
        seen = {name: getattr(row, name) for name in _OPEN_TO_SEE}
        return Case(**{**seen, "status": Status(row.status)}, **_fields(matter))

    def _columns(self, case: Case) -> dict[str, Any]:
        matter = Matter(**{name: getattr(case, name) for name in Matter.__dataclass_fields__})
        sealed = _MATTER.close(self._in.seal_of(case.account), case.id, matter)
        return {**{name: getattr(case, name) for name in _OPEN_TO_SEE}, "sealed": sealed}

    def _next_number(self) -> int:
        first = self._in.insert(numbers, {"name": "case", "last": 1})
        counted = first.on_conflict_do_update(
            index_elements=["town", "name"], set_={"last": numbers.c.last + 1}
        ).returning(numbers.c.last)
        return int(self._in.execute(counted).scalar_one())


_TOO_LATE = "Somebody else was faster: the case has changed meanwhile."


def _fields(matter: Matter) -> dict[str, Any]:
    return {name: getattr(matter, name) for name in Matter.__dataclass_fields__}
