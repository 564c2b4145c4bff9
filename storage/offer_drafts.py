"""Changes of the town's offers that nobody has approved yet; who approves one puts it into the catalogue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select

from catalog.offer import Offer
from storage.catalogue import Change
from storage.sealed import adapter
from storage.tables.catalogue import offer_drafts
from storage.transaction import Repository, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`based_on`: the entry's version when it was begun, 0 for an entry that is not there yet.

    `stamp` is another one after each save.
    """

    offer: Offer
    based_on: int
    stamp: str
    by: str
    why: str
    at: datetime


class OfferDrafts(Repository):
    __slots__ = ()

    def put(self, offer: Offer, change: Change, *, based_on: int) -> None:
        """Keep it, in place of the entry's former draft: there is one at a time."""
        self._in.put(
            offer_drafts,
            "id",
            id=offer.id,
            based_on=based_on,
            stamp=new_id(),
            by=change.by,
            why=change.why,
            at=change.at,
            fields=adapter(Offer).dump_python(offer, mode="json"),
        )

    def get(self, offer_id: str) -> Draft | None:
        row = self._in.one(select(offer_drafts).where(self._in.of_town(offer_drafts, id=offer_id)))
        return None if row is None else _draft(row)

    def all(self) -> tuple[Draft, ...]:
        """All that wait in the town, by the ids of their entries."""
        waiting = select(offer_drafts).where(self._in.of_town(offer_drafts)).order_by(offer_drafts.c.id)
        return tuple(_draft(row) for row in self._in.execute(waiting))

    def drop(self, offer_id: str) -> bool:
        """False if there is none."""
        return self._in.changed(delete(offer_drafts).where(self._in.of_town(offer_drafts, id=offer_id))) > 0


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        offer=adapter(Offer).validate_python(row.fields),
        based_on=row.based_on,
        stamp=row.stamp,
        by=row.by,
        why=row.why,
        at=row.at,
    )
