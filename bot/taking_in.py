"""Takes the entries of a file into a town's catalogue, all of them or none; it reads no file."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.files.entries import Entries, offers_in
from bot.files.naming import with_ids
from bot.files.opening import refused
from bot.files.proposals import FILL_IN
from bot.wiring import import_files
from casework.days import local_day
from catalog.municipality import Municipality
from catalog.offer import Offer
from storage.catalogue import Change, OfferVersion
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Entries in which nothing is wrong. `offers` are to be written; `kept` are left as they are here.

    `own` and `shown`: the ids of what the town has itself, and of all that it shows, before.
    """

    entries: Entries
    read: tuple[Offer, ...]
    kept: tuple[str, ...]
    own: frozenset[str]
    shown: frozenset[str]
    complete: bool

    @property
    def offers(self) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.read if offer.id not in self.kept)


def take_in(
    store: Store, town: Municipality, entries: Entries, now: datetime, *, complete: bool = False
) -> Taken:
    """Writes what is new or different; with `complete` the town's other entries are withdrawn.

    Raises:
        CatalogError: something is wrong with an entry; every problem at once, and nothing is written.
    """
    if store.catalogue.version() == 0:  # else a first start would never read what the town shares
        import_files(store, town, now)
    found = ready(entries, store.catalogue.entries(), town, local_day(now), complete=complete)
    change = Change(by=_by(entries), why=f"imported from {entries.file}", at=now)
    return taken(found, store.catalogue.put_offers(found.offers, change, complete=complete))


def ready(
    entries: Entries,
    before: Iterable[OfferVersion],
    town: Municipality,
    today: date,
    *,
    complete: bool = False,
) -> Ready:
    """What a file would bring into a catalogue that has these entries; it touches no database.

    Drafts that come from elsewhere never go over an entry that somebody here has worked on since.

    Raises:
        CatalogError: something is wrong with an entry; every problem at once.
    """
    if complete:
        _may_be_complete(entries)
    there = {each.offer.id: each for each in before}
    shown = {name: each for name, each in there.items() if not each.withdrawn}
    entries = with_ids(entries, [each.offer for each in shown.values()])
    read = offers_in(entries, real=not town.fictional, today=today)
    proposed = [offer.id for offer in read if offer.id in entries.proposed]
    return Ready(
        entries=entries,
        read=read,
        kept=tuple(name for name in proposed if _is_ours(there.get(name), _by(entries))),
        own=frozenset(name for name, each in shown.items() if not each.shared),
        shown=frozenset(shown),
        complete=complete,
    )


def taken(found: Ready, written: Sequence[str]) -> Taken:
    """What came of it, or would come, if these ids are written."""
    named = {offer.id for offer in found.read}
    return Taken(
        new=tuple(name for name in written if name in named - found.own),
        changed=tuple(name for name in written if name in named & found.own),
        withdrawn=tuple(name for name in written if name not in named),
        same=len(found.offers) - len(set(written) & named),
        absent=() if found.complete else tuple(_absent(found.entries, found.own - named)),
        remarks=(
            *found.entries.remarks,
            *_before_shared(named & found.shown - found.own),
            *_drafts(found.entries, found.read, found.kept),
        ),
    )


def _by(entries: Entries) -> str:
    return f"{BY} {entries.source}".strip()


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


def _is_ours(entry: OfferVersion | None, by: str) -> bool:
    """Whether somebody here has had it in hand since it last came from there, or has withdrawn it."""
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
