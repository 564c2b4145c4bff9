"""Who is to be reminded of what, and which reminders were given; which one is due is casework's rule."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, String, literal, select, union_all

from casework.volunteers.reminders import Kind
from storage.tables.planning import appointments, assignments, reminders, shifts
from storage.tables.team import members
from storage.transaction import Repository

SHIFT, APPOINTMENT = "shift", "appointment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Something that will start, for one person. `about` is its id, `whom` a member's or an account's."""

    what: str
    about: str
    whom: str
    starts_at: datetime
    already: frozenset[Kind] = frozenset()
    """The reminders that were given of it."""


class Reminders(Repository):
    __slots__ = ()

    def coming(self, now: datetime, until: datetime) -> tuple[Coming, ...]:
        """What starts after `now` and at `until` at the latest, in order of start, each with each person.

        Left out: what is cancelled, members who are no longer active, appointments without reminders.
        """
        start = union_all(self._shifts(now, until), self._appointments(now, until)).subquery()
        found = (
            select(start, reminders.c.kind)
            .outerjoin(
                reminders,
                self._in.of_town(reminders)
                & (reminders.c.what == start.c.what)
                & (reminders.c.about == start.c.about)
                & (reminders.c.whom == start.c.whom),
            )
            .order_by(start.c.starts_at, start.c.about, start.c.whom)
        )
        given: dict[tuple[str, str, str, datetime], set[Kind]] = {}
        for row in self._in.execute(found):
            kinds = given.setdefault((row.what, row.about, row.whom, row.starts_at), set())
            if row.kind is not None:
                kinds.add(Kind(row.kind))
        return tuple(
            Coming(what=what, about=about, whom=whom, starts_at=starts_at, already=frozenset(kinds))
            for (what, about, whom, starts_at), kinds in given.items()
        )

    def mark(self, coming: Coming, kind: Kind, now: datetime) -> bool:
        """Note that this reminder is given; False if it was before."""
        account = coming.whom if coming.what == APPOINTMENT else None
        return self._in.put_once(
            reminders,
            "what",
            "about",
            "whom",
            "kind",
            what=coming.what,
            about=coming.about,
            whom=coming.whom,
            kind=kind,
            account=account,
            at=now,
        )

    def _shifts(self, now: datetime, until: datetime) -> Select[tuple[str, str, str, datetime]]:
        taken = (assignments.c.town == shifts.c.town) & (assignments.c.shift == shifts.c.id)
        active = (members.c.town == shifts.c.town) & (members.c.id == assignments.c.member) & members.c.active
        return (
            select(
                literal(SHIFT, String).label("what"),
                shifts.c.id.label("about"),
                assignments.c.member.label("whom"),
                shifts.c.starts_at,
            )
            .join(assignments, taken)
            .join(members, active)
            .where(self._in.of_town(shifts), shifts.c.cancelled_at.is_(None))
            .where(shifts.c.starts_at > now, shifts.c.starts_at <= until)
        )

    def _appointments(self, now: datetime, until: datetime) -> Select[tuple[str, str, str, datetime]]:
        return (
            select(
                literal(APPOINTMENT, String).label("what"),
                appointments.c.id.label("about"),
                appointments.c.account.label("whom"),
                appointments.c.starts_at,
            )
            .where(self._in.of_town(appointments), appointments.c.cancelled_at.is_(None))
            .where(appointments.c.remind)
            .where(appointments.c.starts_at > now, appointments.c.starts_at <= until)
        )
