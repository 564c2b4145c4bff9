"""Who of the team has read or done what, and when; never what was read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select

from storage.tables.team import audit
from storage.transaction import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    member: str
    what: str
    case: str | None
    at: datetime


class Audit(Repository):
    __slots__ = ()

    def add(self, member_id: str, what: str, case_id: str | None, at: datetime) -> None:
        self._in.execute(
            insert(audit).values(town=self._in.town, member=member_id, what=what, case=case_id, at=at)
        )

    def of_case(self, case_id: str) -> tuple[AuditLine, ...]:
        """Newest first."""
        return self._all(audit.c.case == case_id)

    def of_member(self, member_id: str, since: datetime) -> tuple[AuditLine, ...]:
        """What the member has read and done since then, newest first."""
        return self._all(audit.c.member == member_id, audit.c.at >= since)

    def _all(self, *conditions: ColumnElement[bool]) -> tuple[AuditLine, ...]:
        found = select(audit).where(self._in.of_town(audit), *conditions)
        rows: Any = self._in.execute(found.order_by(audit.c.id.desc()))
        return tuple(AuditLine(member=row.member, what=row.what, case=row.case, at=row.at) for row in rows)
