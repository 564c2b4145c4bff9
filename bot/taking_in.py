"""Takes the entries of a file into a town's catalogue, all of them or none; it reads no file."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.files.entries import Entries, offers_in
from bot.files.naming import with_ids
from bot.files.opening import refused
from bot.files.proposals import FILL_IN
from bot.wiring import import_files
from casework.days import local_day
from catalog.municipality import Municipality
from catalog.offer import Offer
from storage.catalogue import Change
from storage.store import Store

BY = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Ids, each in one of the first three: new, changed, withdrawn. `absent`: in the catalogue, not in the
    file, and left as they are. `remarks`: what a guide should know or do."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    same: int
    absent: tuple[str, ...]
    remarks: tuple[str, ...]


def take_in(
    store: Store, town: Municipality, entries: Entries, now: datetime, *, complete: bool = False
) -> Taken:
    """Writes what is new or different; with `complete` the town's other entries are withdrawn.

    Drafts that come from elsewhere never go over an entry that somebody here has worked on since.

    Raises:
        CatalogError: something is wrong with an entry; every problem at once, and nothing is written.
    """
    if complete:
        _may_be_complete(entries)
    if store.catalogue.version() == 0:  # else a first start would never read what the town shares
        import_files(store, town, now)
    own, shown = store.catalogue.own_offers(), store.catalogue.offers()
    entries = with_ids(entries, shown)
    read = offers_in(entries, real=not town.fictional, today=local_day(now))
    by = f"{BY} {entries.source}".strip()
    kept = [offer.id for offer in read if offer.id in entries.proposed and _is_ours(store, offer.id, by)]
    offers = [offer for offer in read if offer.id not in kept]
    change = Change(by=by, why=f"imported from {entries.file}", at=now)
    written = store.catalogue.put_offers(offers, change, complete=complete)
    before, named = {offer.id for offer in own}, {offer.id for offer in read}
    return Taken(
        new=tuple(name for name in written if name in named - before),
        changed=tuple(name for name in written if name in named & before),
        withdrawn=tuple(name for name in written if name not in named),
        same=len(offers) - len(set(written) & named),
        absent=() if complete else tuple(_absent(entries, before - named)),
        remarks=(
            *entries.remarks,
            *_before_shared(named & {one.id for one in shown} - before),
            *_drafts(entries, read, kept),
        ),
    )


def _may_be_complete(entries: Entries) -> None:
    """Raises CatalogError where "complete" would withdraw what the file does not speak of."""
    if entries.proposed:
        raise refused(
            entries.file, "brings drafts from elsewhere. Leave out --complete: it would withdraw all else."
        )
    if not entries.rows and not entries.problems:
        raise refused(
            entries.file, "has no entries. Leave out --complete: it would withdraw every entry of the town."
        )


def _is_ours(store: Store, name: str, by: str) -> bool:
    """Whether somebody here has had it in hand since it last came from there, or has withdrawn it."""
    entry = store.catalogue.entry(name)
    return entry is not None and not entry.shared and entry.by != by


def _absent(entries: Entries, names: Collection[str]) -> Iterator[str]:
    """Of a source that brings drafts, only what once came from there can be missed."""
    yield from (
        name for name in sorted(names) if not entries.proposed or name.startswith(f"{entries.source}-")
    )


def _before_shared(names: Collection[str]) -> Iterator[str]:
    for name in sorted(names):
        yield f"'{name}' is shared with other towns; the file's entry stands before it in this town"


def _drafts(entries: Entries, read: Sequence[Offer], kept: Sequence[str]) -> Iterator[str]:
    drafts = [offer for offer in read if offer.id in entries.proposed and offer.id not in kept]
    if drafts:
        yield f"{len(drafts)} are drafts that nobody is shown: {FILL_IN}"
    if bare := [offer.id for offer in drafts if not offer.needs]:
        yield f"for these no need could be proposed: {', '.join(bare)}"
    if kept:
        yield f"worked on or withdrawn here since, and left as they are: {', '.join(kept)}"
