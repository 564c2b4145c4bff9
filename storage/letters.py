"""Letters: what a newcomer and a guide write to each other in a case; the text itself is sealed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from storage.sealed import Sealed
from storage.tables.casework import letters
from storage.transaction import Repository, new_id, prepared

NEWCOMER, GUIDE, BOT = "newcomer", "guide", "bot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`author` is newcomer, guide or bot; `picked_up_at` is when the other side had it before their eyes."""

    id: str
    case: str
    author: str
    text: str
    language: str
    at: datetime
    picked_up_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    text: str
    language: str


_WORDS = Sealed(Words, "letters.words")

_IN_ORDER = (letters.c.at, letters.c.sequence)
_OF_CASE = select(letters).where(prepared(letters, "case")).order_by(*_IN_ORDER)
_KNOWN = select(letters).where(prepared(letters, "case", "source"))
_LAST = select(func.coalesce(func.max(letters.c.sequence), 0)).where(prepared(letters, "case"))
_UNSEEN = update(letters).where(letters.c.town == bindparam("in_town"), letters.c.picked_up_at.is_(None))
_PICK_UP = _UNSEEN.where(
    letters.c.account == bindparam("account_id"),
    letters.c.author != bindparam("by"),
    letters.c.at <= bindparam("until", type_=letters.c.at.type),
).values(picked_up_at=bindparam("now"))
_READ = _UNSEEN.where(letters.c.case == bindparam("case_id"), letters.c.author == bindparam("by")).values(
    picked_up_at=bindparam("now")
)
_NEW = _OF_CASE.where(letters.c.author == bindparam("by"), letters.c.picked_up_at.is_(None))


class Letters(Repository):
    __slots__ = ()

    def add(
        self,
        case_id: str,
        account_id: str,
        *,
        author: str,
        text: str,
        language: str,
        at: datetime,
        update_id: str | None = None,
    ) -> Letter:
        """A new letter; one that came with the same `update_id` to the same case is not written twice."""
        known = update_id and self._in.one(_KNOWN, case=case_id, source=update_id)
        if known:
            return self._letter(known)
        letter = Letter(id=new_id(), case=case_id, author=author, text=text, language=language, at=at)
        sealed = _WORDS.close(self._in.seal_of(account_id), letter.id, Words(text=text, language=language))
        last = self._in.execute(_LAST, case=case_id).scalar_one()
        self._in.add(
            letters,
            id=letter.id,
            case=case_id,
            account=account_id,
            author=author,
            source=update_id,
            sequence=last + 1,
            at=at,
            sealed=sealed,
        )
        return letter

    def of_case(self, case_id: str) -> tuple[Letter, ...]:
        """All letters of the case in the order they were written."""
        return tuple(self._letter(row) for row in self._in.execute(_OF_CASE, case=case_id))

    def new_of_case(self, case_id: str) -> tuple[Letter, ...]:
        """What the newcomer wrote in the case and no guide has seen, in the order it was written."""
        return tuple(self._letter(row) for row in self._in.execute(_NEW, case=case_id, by=NEWCOMER))

    def mark_picked_up(self, account_id: str, now: datetime, *, written_by: datetime | None = None) -> int:
        """The newcomer has seen what was written to them until then; how many letters were new."""
        until = written_by or now
        return self._in.changed(_PICK_UP, account_id=account_id, by=NEWCOMER, until=until, now=now)

    def mark_read(self, case_id: str, now: datetime) -> int:
        """A guide has seen what the newcomer wrote in the case; how many letters were new."""
        return self._in.changed(_READ, case_id=case_id, by=NEWCOMER, now=now)

    def mark_each_read(self, letter_ids: Iterable[str], now: datetime) -> int:
        """A guide has seen these letters of newcomers, and no others; how many were new."""
        theirs = self._in.of_town(letters, author=NEWCOMER) & letters.c.id.in_(list(letter_ids))
        seen = update(letters).where(theirs, letters.c.picked_up_at.is_(None)).values(picked_up_at=now)
        return self._in.changed(seen)

    def unread(self, case_id: str) -> int:
        """How many of the newcomer's letters in the case no guide has seen."""
        count = select(func.count()).where(
            self._in.of_town(letters, case=case_id, author=NEWCOMER), letters.c.picked_up_at.is_(None)
        )
        return int(self._in.execute(count).scalar_one())

    def not_picked_up(self, before: datetime) -> tuple[Letter, ...]:
        """Guides' letters written before then that the newcomer has not seen, oldest first."""
        waiting = (letters.c.picked_up_at.is_(None), letters.c.at < before)
        found = select(letters).where(self._in.of_town(letters, author=GUIDE), *waiting)
        return tuple(self._letter(row) for row in self._in.execute(found.order_by(*_IN_ORDER)))

    def _letter(self, row: Row[Any]) -> Letter:
        words = _WORDS.open(self._in.seal_of(row.account), row.id, row.sealed)
        return Letter(
            id=row.id,
            case=row.case,
            author=row.author,
            text=words.text,
            language=words.language,
            at=row.at,
            picked_up_at=row.picked_up_at,
        )
