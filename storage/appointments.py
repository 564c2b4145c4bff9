"""Newcomers' appointments; where they are and what to bring is sealed under the account's key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from casework.appointments import Appointment
from casework.cases import Case
from storage.sealed import Sealed
from storage.tables.planning import appointments
from storage.transaction import Repository, new_id

_OPEN_TO_SEE = ("id", "case", "account", "starts_at", "remind", "cancelled_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What an appointment says about the person: sealed."""

    place: str
    bring: str


_ERRAND = Sealed(Errand, "appointments.errand")


class Appointments(Repository):
    __slots__ = ()

    def make(self, case: Case, starts_at: datetime, *, place: str, bring: str, remind: bool) -> Appointment:
        """A new appointment of the case's account. Raises StorageError if there is no such account."""
        appointment = Appointment(
            id=new_id(),
            case=case.id,
            account=case.account,
            starts_at=starts_at,
            place=place,
            bring=bring,
            remind=remind,
        )
        sealed = _ERRAND.close(
            self._in.seal_of(case.account), appointment.id, Errand(place=place, bring=bring)
        )
        values = {name: getattr(appointment, name) for name in _OPEN_TO_SEE}
        self._in.execute(insert(appointments).values(town=self._in.town, sealed=sealed, **values))
        return appointment

    def get(self, appointment_id: str) -> Appointment | None:
        return next(iter(self._all(appointments.c.id == appointment_id)), None)

    def of_case(self, case_id: str) -> tuple[Appointment, ...]:
        """All appointments of the case, cancelled and past ones too, in order of start."""
        return self._all(appointments.c.case == case_id)

    def cancel(self, appointment_id: str, now: datetime) -> bool:
        """The appointment stays, marked; False if there is none of that id, or it was cancelled before."""
        planned = self._in.of_town(appointments, id=appointment_id) & appointments.c.cancelled_at.is_(None)
        return self._in.changed(update(appointments).where(planned).values(cancelled_at=now)) > 0

    def _all(self, condition: ColumnElement[bool]) -> tuple[Appointment, ...]:
        found = select(appointments).where(self._in.of_town(appointments), condition)
        rows = self._in.execute(found.order_by(appointments.c.starts_at, appointments.c.id)).all()
        return tuple(self._appointment(row) for row in rows)

    def _appointment(self, row: Row[Any]) -> Appointment:
        errand = _ERRAND.open(self._in.seal_of(row.account), row.id, row.sealed)
        seen = {name: getattr(row, name) for name in _OPEN_TO_SEE}
        return Appointment(**seen, place=errand.place, bring=errand.bring)
