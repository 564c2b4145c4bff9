"""Takes the entries of a file into a town's catalogue, all of them or none; it reads no file."""

from dataclasses import dataclass
from datetime import datetime

from bot.files.entries import Entries, offers_in
from bot.files.naming import with_ids
from bot.wiring import import_files
from catalog.municipality import Municipality
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

    Raises:
        CatalogError: something is wrong with an entry; every problem at once, and nothing is written.
    """
    if store.catalogue.version() == 0:  # else a first start would never read what the town shares
        import_files(store, town, now)
    own, shown = store.catalogue.own_offers(), store.catalogue.offers()
    entries = with_ids(entries, shown)
    offers = offers_in(entries, real=not town.fictional)
    change = Change(by=BY, why=f"imported from {entries.file}", at=now)
    written = store.catalogue.put_offers(offers, change, complete=complete)
    before, read = {offer.id for offer in own}, {offer.id for offer in offers}
    shared = {offer.id for offer in shown} - before
    stands_before = tuple(
        f"'{name}' is shared with other towns; the file's entry stands before it in this town"
        for name in sorted(read & shared)
    )
    return Taken(
        new=tuple(name for name in written if name in read - before),
        changed=tuple(name for name in written if name in read & before),
        withdrawn=tuple(name for name in written if name not in read),
        same=len(read - set(written)),
        absent=() if complete else tuple(sorted(before - read)),
        remarks=(*entries.remarks, *stands_before),
    )
