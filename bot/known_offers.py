"""Every entry of a town with all that is known of how fresh it is, read once in a transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from catalog.freshness import Check, Due, due, said_closed, to_be_mended
from catalog.offer import Offer
from storage.catalogue import Latest
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All by the entries' ids: what the catalogue keeps, its newest version, the newest check, and the last
    day on which a check found it right."""

    offers: Mapping[str, Offer]
    latest: Mapping[str, Latest]
    newest: Mapping[str, Check]
    confirmed: Mapping[str, date]

    @property
    def own(self) -> tuple[Offer, ...]:
        """The town's own entries; all others it shares."""
        return tuple(offer for id_, offer in self.offers.items() if self.latest[id_].own)

    @property
    def wrong(self) -> tuple[Check, ...]:
        """What somebody of the team has found wrong and nobody has mended, the oldest first."""
        found = to_be_mended(self.newest.values(), self._versions)
        return tuple(check for check in found if check.offer in self.offers)

    @property
    def closed(self) -> frozenset[str]:
        """What was found closed and nobody has edited since."""
        return said_closed(self.newest.values(), self._versions)

    def due(self, now: datetime) -> tuple[Due, ...]:
        """What should be checked, the oldest first; not what is to be mended anyway."""
        wrong = {check.offer for check in self.wrong}
        left = (offer for id_, offer in self.offers.items() if id_ not in wrong)
        return due(left, self.confirmed, now)

    @property
    def _versions(self) -> Mapping[str, int]:
        return {id_: latest.version for id_, latest in self.latest.items()}


def known(store: Store) -> Known:
    """As of this transaction."""
    return Known(
        offers={offer.id: offer for offer in store.catalogue.offers()},
        latest=store.catalogue.latest(),
        newest=store.checks.newest(),
        confirmed=store.checks.confirmed(),
    )
