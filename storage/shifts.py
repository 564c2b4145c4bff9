"""Shifts of volunteers and who takes them on; when somebody is reminded of one is decided elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from casework.team import Member, Role
from casework.volunteers.shifts import Shift
from storage.tables.planning import assignments, shifts
from storage.tables.team import members
from storage.transaction import Repository, new_id

_FIELDS = tuple(Shift.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A shift with those who take it on, by name; revoked members are still among them."""

    shift: Shift
    members: tuple[Member, ...]


class Shifts(Repository):
    __slots__ = ()

    def add(self, title: str, place: str, starts_at: datetime, ends_at: datetime) -> Shift:
        """A new shift that nobody takes on yet. Raises ShiftError."""
        shift = Shift(id=new_id(), title=title, place=place, starts_at=starts_at, ends_at=ends_at)
        values = {name: getattr(shift, name) for name in _FIELDS}
        self._in.execute(insert(shifts).values(town=self._in.town, **values))
        return shift

    def get(self, shift_id: str) -> Shift | None:
        return self._one(shifts.c.id == shift_id)

    def find(self, title: str, place: str, starts_at: datetime, ends_at: datetime) -> Shift | None:
        """The same shift, if it was entered before; one that is not cancelled rather than one that is."""
        same = self._in.of_town(shifts, title=title, place=place, starts_at=starts_at, ends_at=ends_at)
        return self._one(same)

    def assign(self, shift_id: str, member_id: str, now: datetime) -> bool:
        """False if the member takes the shift on already."""
        return self._in.put_once(assignments, "shift", "member", shift=shift_id, member=member_id, at=now)

    def since(self, start: datetime) -> tuple[Taken, ...]:
        """Every shift that ends after then, cancelled ones too, in order of start."""
        found = select(shifts).where(self._in.of_town(shifts), shifts.c.ends_at > start)
        rows = self._in.execute(found.order_by(shifts.c.starts_at, shifts.c.id)).all()
        return tuple(Taken(shift=_shift(row), members=self.members_of(row.id)) for row in rows)

    def of_member(self, member_id: str, after: datetime) -> tuple[Shift, ...]:
        """What the member takes on and is not over then, without what is cancelled, in order of start."""
        same_shift = (shifts.c.town == assignments.c.town) & (shifts.c.id == assignments.c.shift)
        theirs = (
            select(shifts)
            .join(assignments, same_shift)
            .where(self._in.of_town(assignments, member=member_id), shifts.c.ends_at > after)
            .where(shifts.c.cancelled_at.is_(None))
            .order_by(shifts.c.starts_at, shifts.c.id)
        )
        return tuple(_shift(row) for row in self._in.execute(theirs))

    def members_of(self, shift_id: str) -> tuple[Member, ...]:
        """Who takes the shift on, by name."""
        same_member = (members.c.town == assignments.c.town) & (members.c.id == assignments.c.member)
        theirs = (
            select(members)
            .join(assignments, same_member)
            .where(self._in.of_town(assignments, shift=shift_id))
            .order_by(members.c.sign_in)
        )
        return tuple(
            Member(id=row.id, role=Role(row.role), name=row.name, active=row.active)
            for row in self._in.execute(theirs)
        )

    def cancel(self, shift_id: str, now: datetime) -> bool:
        """The shift stays, marked; False if there is none of that id, or it was cancelled before."""
        planned = self._in.of_town(shifts, id=shift_id) & shifts.c.cancelled_at.is_(None)
        return self._in.changed(update(shifts).where(planned).values(cancelled_at=now)) > 0

    def _one(self, condition: ColumnElement[bool]) -> Shift | None:
        found = select(shifts).where(self._in.of_town(shifts), condition)
        row = self._in.execute(found.order_by(shifts.c.cancelled_at.is_not(None)).limit(1)).one_or_none()
        return row and _shift(row)


def _shift(row: Row[Any]) -> Shift:
    return Shift(**{name: getattr(row, name) for name in _FIELDS})
