"""Questions to the contacts of offers, one a quarter, and what was answered; the words are sealed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from catalog.freshness import Result
from storage.sealed import Sealed
from storage.tables.checking import offer_questions
from storage.transaction import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`result` is None until somebody has answered; `words` go when a guide has dealt with it."""

    offer: str
    quarter: str
    asked_at: datetime
    answered_at: datetime | None = None
    result: Result | None = None
    words: str = ""
    settled_at: datetime | None = None


_WORDS = Sealed(str, "offer_questions.words")


class Questions(Repository):
    __slots__ = ()

    def ask(self, offer_id: str, quarter: str, now: datetime) -> bool:
        """Note that the offer's contact is asked; False if that was done before in this quarter."""
        return self._in.put_once(
            offer_questions, "offer", "quarter", offer=offer_id, quarter=quarter, asked_at=now
        )

    def get(self, offer_id: str, quarter: str) -> Question | None:
        return next(iter(self._all(self._of(offer_id, quarter))), None)

    def asked_since(self, moment: datetime) -> frozenset[tuple[str, str]]:
        """Offer and quarter of every question asked then or later."""
        columns = select(offer_questions.c.offer, offer_questions.c.quarter)
        found = columns.where(self._in.of_town(offer_questions), offer_questions.c.asked_at >= moment)
        return frozenset((row.offer, row.quarter) for row in self._in.execute(found))

    def answer(self, offer_id: str, quarter: str, result: Result, words: str, now: datetime) -> bool:
        """The first answer counts; False for every other, and where nobody was asked."""
        sealed = _WORDS.close(self._in.keys.sealing, self._row(offer_id, quarter), words) if words else None
        unanswered = self._of(offer_id, quarter) & offer_questions.c.answered_at.is_(None)
        values = {"answered_at": now, "result": str(result), "sealed": sealed}
        return self._in.changed(update(offer_questions).where(unanswered).values(**values)) > 0

    def waiting(self) -> tuple[Question, ...]:
        """Answers that something in an entry is wrong, with which nobody has dealt, the oldest first."""
        open_ = offer_questions.c.settled_at.is_(None)
        return self._all(open_ & offer_questions.c.result.in_([str(Result.CHANGED), str(Result.CLOSED)]))

    def settle(self, offer_id: str, quarter: str, now: datetime) -> bool:
        """A guide has dealt with the answer: its words go. False if there is none, or somebody has before."""
        open_ = offer_questions.c.settled_at.is_(None) & offer_questions.c.answered_at.is_not(None)
        found = update(offer_questions).where(self._of(offer_id, quarter), open_)
        return self._in.changed(found.values(settled_at=now, sealed=None)) > 0

    def _of(self, offer_id: str, quarter: str) -> ColumnElement[bool]:
        return self._in.of_town(offer_questions, offer=offer_id, quarter=quarter)

    def _row(self, offer_id: str, quarter: str) -> str:
        return f"{self._in.town}/{offer_id}/{quarter}"

    def _all(self, condition: ColumnElement[bool]) -> tuple[Question, ...]:
        found = select(offer_questions).where(self._in.of_town(offer_questions), condition)
        rows = self._in.execute(found.order_by(offer_questions.c.answered_at, offer_questions.c.offer))
        return tuple(self._question(row) for row in rows)

    def _question(self, row: Row[Any]) -> Question:
        bound = self._row(row.offer, row.quarter)
        return Question(
            offer=row.offer,
            quarter=row.quarter,
            asked_at=row.asked_at,
            answered_at=row.answered_at,
            result=Result(row.result) if row.result else None,
            words=_WORDS.open(self._in.keys.sealing, bound, row.sealed) if row.sealed else "",
            settled_at=row.settled_at,
        )
