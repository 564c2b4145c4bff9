"""The town's offers as newcomers are to see them: the catalogue's entries with what checks say about them."""

from catalog.freshness import Result, as_checked, said_closed
from catalog.offer import Offer
from storage.store import Store


def shown_offers(store: Store) -> tuple[Offer, ...]:
    """By id, as of the catalogue's version. What is edited is not these but the catalogue's own entries."""
    closed = [check for check in store.checks.newest().values() if check.result is Result.CLOSED]
    latest = store.catalogue.latest() if closed else {}
    gone = said_closed(closed, {id_: one.version for id_, one in latest.items()})
    return as_checked(store.catalogue.offers(), store.checks.confirmed(), gone)
