"""Checks of the town's offers, shared ones too: each town keeps its own; it draws no conclusion."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, update

from catalog.freshness import Check, Result
from storage.catalogue import Catalogue
from storage.tables.checking import offer_checks
from storage.transaction import Repository, new_id


class Checks(Repository):
    __slots__ = ()

    def add(self, check: Check) -> None:
        """A check is no version of the entry; that it is shown otherwise from now on, everybody sees."""
        before = self._in.of_town(offer_checks, offer=check.offer, latest=True)
        # a visit is noted days after it: what was found since then counts for more
        older = before & (offer_checks.c.on <= check.on)
        self._in.execute(update(offer_checks).where(older).values(latest=False))
        newer = self._in.execute(select(offer_checks.c.id).where(before)).first()
        self._in.add(
            offer_checks,
            id=new_id(),
            offer=check.offer,
            version=check.version,
            latest=newer is None,
            on=check.on,
            at=check.at,
            by=check.by,
            member=check.member,
            result=str(check.result),
            visit=check.visit,
            found=check.found,
        )
        Catalogue(self._in).touch()

    def of_offer(self, offer_id: str) -> tuple[Check, ...]:
        """All checks of the offer, the one found last first."""
        return self._all(offer_checks.c.offer == offer_id)

    def newest(self) -> Mapping[str, Check]:
        """The check of each offer that was found last, of one day the one noted last, by the offer's id."""
        return {check.offer: check for check in self._all(offer_checks.c.latest.is_(True))}

    def confirmed(self) -> Mapping[str, date]:
        """The last day on which each offer was found right, by its id."""
        right = self._in.of_town(offer_checks, result=str(Result.RIGHT))
        last = select(offer_checks.c.offer, func.max(offer_checks.c.on).label("day")).where(right)
        return {row.offer: row.day for row in self._in.execute(last.group_by(offer_checks.c.offer))}

    def visits(self) -> tuple[Check, ...]:
        """All visits to offers, the last first."""
        return self._all(offer_checks.c.visit.is_(True))

    def _all(self, condition: ColumnElement[bool]) -> tuple[Check, ...]:
        found = select(offer_checks).where(self._in.of_town(offer_checks), condition)
        order = (
            offer_checks.c.on.desc(),
            offer_checks.c.at.desc(),
            offer_checks.c.latest.desc(),
            offer_checks.c.id,
        )
        return tuple(_check(row) for row in self._in.execute(found.order_by(*order)))


def _check(row: Row[Any]) -> Check:
    return Check(
        offer=row.offer,
        version=row.version,
        on=row.on,
        at=row.at,
        by=row.by,
        result=Result(row.result),
        member=row.member,
        visit=row.visit,
        found=row.found,
    )
