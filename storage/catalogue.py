"""The catalogue of a town: its own offers and those it shares, each with all its former states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from catalog.offer import Offer
from storage.sealed import adapter
from storage.tables.catalogue import catalogue_state, offer_versions
from storage.tables.record import numbers
from storage.transaction import Repository, prepared

_KNOWN = (offer_versions.c.id, offer_versions.c.version, offer_versions.c.at)
_VERSION = select(func.coalesce(func.max(catalogue_state.c.version), 0)).where(prepared(catalogue_state))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who changes the catalogue, and why: kept with every version."""

    by: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferVersion:
    """`shared`: the name under which towns share the entry, empty if it is the town's own."""

    version: int
    offer: Offer
    withdrawn: bool
    by: str
    why: str
    at: datetime
    shared: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """`own`: it is the town's entry; else the town shares it."""

    version: int
    at: datetime
    own: bool


class Catalogue(Repository):
    __slots__ = ()

    def version(self) -> int:
        """A number that grows with every change the town can see; 0 while it has no catalogue."""
        key = (catalogue_state, self._in.town)
        if key not in self._in.read_along:
            newest = self._in.connection.execute(_VERSION, {"in_town": self._in.town})
            self._in.read_along[key] = newest.scalar_one()
        return int(self._in.read_along[key])

    def share(self, names: Iterable[str]) -> None:
        """Besides its own the town shows what is shared under exactly these names (a district, a state)."""
        wanted = {f"shared:{name}" for name in names}
        present = set(self._scopes()) - {self._own}
        if wanted == present:
            return
        for scope in present - wanted:
            self._in.execute(delete(catalogue_state).where(self._in.of_town(catalogue_state, scope=scope)))
        for scope in sorted(wanted - present):
            self._in.execute(insert(catalogue_state).values(town=self._in.town, scope=scope, version=0))
        self._note_change(self._own)

    def put_offers(
        self, offers: Iterable[Offer], change: Change, *, shared: str | None = None, complete: bool = False
    ) -> tuple[str, ...]:
        """Write what is new or different, the town's own or those `shared` under a name; the ids of it.

        With `complete`, entries that are not among `offers` are withdrawn: no longer shown, but kept.
        """
        scope = f"shared:{shared}" if shared else self._own
        fields = _fields(offers)
        latest = {row.id: row for row in self._latest(scope)}
        different, gone = _to_write(latest, fields, complete=complete)
        for key in different:
            self._append(scope, key, fields[key], latest.get(key), change)
        for key in gone:
            self._append(scope, key, latest[key].fields, latest[key], change, withdrawn=True)
        if different or gone:
            self._note_change(scope)
        return (*different, *gone)

    def different(self, offers: Iterable[Offer], *, complete: bool = False) -> tuple[str, ...]:
        """The ids of the town's own entries that `put_offers` would write; nothing is."""
        latest = {row.id: row for row in self._latest(self._own)}
        different, gone = _to_write(latest, _fields(offers), complete=complete)
        return (*different, *gone)

    def withdraw(self, offer_id: str, change: Change) -> bool:
        """Show one of the town's own entries no longer. False if there is none."""
        latest = {row.id: row for row in self._latest(self._own)}.get(offer_id)
        if latest is None or latest.withdrawn:
            return False
        self._append(self._own, offer_id, latest.fields, latest, change, withdrawn=True)
        self._note_change(self._own)
        return True

    def offers(self) -> tuple[Offer, ...]:
        """What the town shows, by id; where an own and a shared entry have one id, the own."""
        shown: dict[str, Offer] = {}
        for scope in self._in_order():
            shown |= {row.id: _offer(row.fields) for row in self._latest(scope) if not row.withdrawn}
        return tuple(shown[key] for key in sorted(shown))

    def own_offers(self) -> tuple[Offer, ...]:
        """Those of the town alone, without what it shares with others, by id."""
        rows = (row for row in self._latest(self._own) if not row.withdrawn)
        return tuple(sorted((_offer(row.fields) for row in rows), key=lambda offer: offer.id))

    def entries(self) -> tuple[OfferVersion, ...]:
        """As `offers`, with version and origin of each, and with those of its own that it has withdrawn."""
        found = {row.id: row for row in self._latest(self._own) if row.withdrawn}
        for scope in sorted(self._scopes(), key=lambda scope: (scope == self._own, scope)):
            found |= {row.id: row for row in self._latest(scope) if not row.withdrawn}
        return tuple(_version(found[key]) for key in sorted(found))

    def entry(self, offer_id: str) -> OfferVersion | None:
        """One of `entries`."""
        rows = [row for scope in self._scopes() for row in self._latest(scope, offer_id)]
        rows = [row for row in rows if row.scope == self._own or not row.withdrawn]
        if not rows:
            return None
        return _version(min(rows, key=lambda row: (row.withdrawn, row.scope != self._own, row.scope)))

    def get(self, offer_id: str) -> Offer | None:
        """An entry that the town shows, its own before one it shares; None if there is none of that id."""
        scopes = offer_versions.c.scope.in_(self._scopes())
        shown = offer_versions.c.latest & ~offer_versions.c.withdrawn
        rows = self._in.execute(select(offer_versions).where(scopes, shown, offer_versions.c.id == offer_id))
        found = sorted(rows, key=lambda row: (row.scope != self._own, row.scope))
        return _offer(found[0].fields) if found else None

    def history(self, offer_id: str) -> tuple[OfferVersion, ...]:
        """All states of an entry the town can see, the newest first."""
        scopes = offer_versions.c.scope.in_(self._scopes())
        found = select(offer_versions).where(scopes, offer_versions.c.id == offer_id)
        order = offer_versions.c.at.desc(), offer_versions.c.version.desc()
        return tuple(_version(row) for row in self._in.execute(found.order_by(*order)))

    def touch(self) -> None:
        """Something beside the entries has changed how the town shows them: its version grows."""
        self._note_change(self._own)

    def latest(self) -> Mapping[str, Latest]:
        """What is known of the newest version of each entry that the town shows, by id."""
        found: dict[str, Latest] = {}
        for scope in self._in_order():
            shown = (offer_versions.c.scope == scope) & offer_versions.c.latest & ~offer_versions.c.withdrawn
            rows = self._in.execute(select(*_KNOWN).where(shown))
            found |= {row.id: Latest(version=row.version, at=row.at, own=scope == self._own) for row in rows}
        return found

    @property
    def _own(self) -> str:
        return f"town:{self._in.town}"

    def _scopes(self) -> list[str]:
        found = select(catalogue_state.c.scope).where(self._in.of_town(catalogue_state))
        return list(self._in.execute(found).scalars())

    def _in_order(self) -> list[str]:
        """Where two scopes have one id, the entry of the last one is shown: the town's own."""
        return sorted(self._scopes(), key=lambda scope: (scope == self._own, scope))

    def _latest(self, scope: str, offer_id: str = "") -> list[Row[Any]]:
        latest = (offer_versions.c.scope == scope) & offer_versions.c.latest.is_(True)
        if offer_id:
            latest &= offer_versions.c.id == offer_id
        return list(self._in.execute(select(offer_versions).where(latest)))

    def _append(
        self,
        scope: str,
        offer_id: str,
        fields: Mapping[str, Any],
        former: Row[Any] | None,
        change: Change,
        *,
        withdrawn: bool = False,
    ) -> None:
        before = (offer_versions.c.scope == scope) & (offer_versions.c.id == offer_id)
        self._in.execute(update(offer_versions).where(before).values(latest=False))
        self._in.execute(
            insert(offer_versions).values(
                scope=scope,
                id=offer_id,
                version=former.version + 1 if former else 1,
                latest=True,
                withdrawn=withdrawn,
                by=change.by,
                why=change.why,
                at=change.at,
                fields=fields,
            )
        )

    def _note_change(self, scope: str) -> None:
        self._in.read_along.pop((catalogue_state, self._in.town), None)
        first = self._in.insert(numbers, {"name": "catalogue", "last": 1}).values(town="")
        counted = first.on_conflict_do_update(
            index_elements=["town", "name"], set_={"last": numbers.c.last + 1}
        ).returning(numbers.c.last)
        version = int(self._in.execute(counted).scalar_one())
        if scope == self._own:
            self._in.put(catalogue_state, "scope", scope=scope, version=version)
        else:  # every town that shares it sees the change
            sharing = catalogue_state.c.scope == scope
            self._in.execute(update(catalogue_state).where(sharing).values(version=version))


def _fields(offers: Iterable[Offer]) -> dict[str, Any]:
    return {offer.id: adapter(Offer).dump_python(offer, mode="json") for offer in offers}


def _to_write(
    latest: Mapping[str, Row[Any]], fields: Mapping[str, Any], *, complete: bool
) -> tuple[list[str], list[str]]:
    """What is new or different, and what is to be withdrawn."""
    different = [key for key in fields if key not in latest or _differs(latest[key], fields[key])]
    gone = [key for key in latest if complete and key not in fields and not latest[key].withdrawn]
    return different, gone


def _differs(latest: Row[Any], fields: Mapping[str, Any]) -> bool:
    return bool(latest.withdrawn or latest.fields != fields)


def _offer(fields: Mapping[str, Any]) -> Offer:
    offer: Offer = adapter(Offer).validate_python(fields)
    return offer


def _version(row: Row[Any]) -> OfferVersion:
    return OfferVersion(
        version=row.version,
        offer=_offer(row.fields),
        withdrawn=row.withdrawn,
        by=row.by,
        why=row.why,
        at=row.at,
        shared=row.scope.removeprefix("shared:") if row.scope.startswith("shared:") else "",
    )
