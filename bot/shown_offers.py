"""The town's offers as newcomers are to see them: the catalogue's entries with what checks say about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from catalog.freshness import Result, as_checked, said_closed
from catalog.offer import Offer
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What checks say: the last day on which each entry was right, and what is gone and was not edited since.

    Both by id. All that shows an entry, to newcomers or to guides, asks here.
    """

    confirmed: Mapping[str, date]
    closed: frozenset[str]

    def offers(self, offers: Iterable[Offer]) -> tuple[Offer, ...]:
        """Without what is gone."""
        return as_checked(offers, self.confirmed, self.closed)

    def assured(self, offer: Offer) -> Offer:
        """One offer with the day of its last check, also if it is gone."""
        return as_checked((offer,), self.confirmed, ())[0]


def checked(store: Store) -> Checked:
    """As of this transaction."""
    closed = [check for check in store.checks.newest().values() if check.result is Result.CLOSED]
    latest = store.catalogue.latest() if closed else {}
    gone = said_closed(closed, {id_: one.version for id_, one in latest.items()})
    return Checked(confirmed=store.checks.confirmed(), closed=gone)


def shown_offers(store: Store) -> tuple[Offer, ...]:
    """By id, as of the catalogue's version. What is edited is not these but the catalogue's own entries."""
    return checked(store).offers(store.catalogue.offers())
