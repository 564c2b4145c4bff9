"""The town's offers as newcomers are to see them: the catalogue's entries with what checks say about them."""

from collections.abc import Mapping

from catalog.freshness import Result, as_checked, said_closed
from catalog.offer import Offer
from storage.store import Store


def shown_offers(store: Store) -> tuple[Offer, ...]:
    """By id, as of the catalogue's version. What is edited is not these but the catalogue's own entries."""
    closed = [check for check in store.checks.newest().values() if check.result is Result.CLOSED]
    gone = said_closed(closed, versions(store)) if closed else ()
    return as_checked(store.catalogue.offers(), store.checks.confirmed(), gone)


def versions(store: Store) -> Mapping[str, int]:
    """The newest version of each entry that the town shows, by id."""
    return {id_: latest.version for id_, latest in store.catalogue.latest().items()}
