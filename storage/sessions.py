"""Sign-ins of team members: what the cookie stands for, and until when."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from casework.team import Member, Role
from storage.tables.team import members, sessions
from storage.transaction import Repository

IDLE_AT_MOST = timedelta(hours=12)
OPEN_AT_MOST = timedelta(days=30)

_SEEN_TO_THE = timedelta(minutes=5)  # finer would make every page a write


class Sessions(Repository):
    __slots__ = ()

    def open(self, token: str, member_id: str, now: datetime) -> None:
        """Only the keyed hash of the token is kept."""
        row = {"token": self._lookup(token), "member": member_id, "opened_at": now, "seen_at": now}
        self._in.execute(insert(sessions).values(town=self._in.town, **row))

    def member(self, token: str, now: datetime) -> Member | None:
        """Who is signed in; None if the session is unknown, ended or too old, or its member revoked."""
        row = self._in.one(
            select(members, sessions.c.seen_at)
            .join(sessions, (sessions.c.town == members.c.town) & (sessions.c.member == members.c.id))
            .where(
                self._in.of_town(sessions, token=self._lookup(token)),
                sessions.c.seen_at > now - IDLE_AT_MOST,
                sessions.c.opened_at > now - OPEN_AT_MOST,
                members.c.active.is_(True),
            )
        )
        if row is None:
            return None
        if row.seen_at <= now - _SEEN_TO_THE:
            found = self._in.of_town(sessions, token=self._lookup(token))
            self._in.execute(update(sessions).where(found).values(seen_at=now))
        return Member(id=row.id, role=Role(row.role), name=row.name, active=row.active)

    def end(self, token: str) -> None:
        self._in.execute(delete(sessions).where(self._in.of_town(sessions, token=self._lookup(token))))

    def _lookup(self, token: str) -> bytes:
        return self._in.keys.lookup("session", self._in.town, token)
