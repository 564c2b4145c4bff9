"""What became of gaps: decisions about needs; nothing here leads back to anyone."""

from datetime import datetime

from sqlalchemy import select

from casework.gap_steps import Decision, GapStep
from storage.tables.checking import gap_steps
from storage.transaction import Repository, new_id


class GapSteps(Repository):
    __slots__ = ()

    def add(self, step: GapStep, now: datetime) -> None:
        self._in.add(
            gap_steps,
            id=new_id(),
            need=step.need,
            decision=str(step.decision),
            on=step.on,
            at=now,
            by=step.by,
            note=step.note,
        )

    def all(self) -> tuple[GapStep, ...]:
        """Every decision, the newest first."""
        found = select(gap_steps).where(self._in.of_town(gap_steps))
        rows = self._in.execute(found.order_by(gap_steps.c.at.desc(), gap_steps.c.id))
        return tuple(
            GapStep(need=row.need, decision=Decision(row.decision), on=row.on, by=row.by, note=row.note)
            for row in rows
        )
