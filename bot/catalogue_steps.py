"""What a guide does to the catalogue, inside a transaction; who may do it has been asked before."""

import datetime as dt
from dataclasses import dataclass, replace

from bot.case_steps import Refused, Repeated
from bot.catalogue_form import Read, read
from bot.catalogue_views import Sent
from bot.catalogue_words import FIELDS
from bot.files.naming import slug
from bot.team_entry import SignedIn
from catalog.needs import CatalogError, Taxonomy
from catalog.normalise import clean
from catalog.offer import Area, Kind, Offer, Origin, Status
from catalog.offer_row import row_of
from catalog.offers import offers_of
from storage.catalogue import Change, OfferVersion
from storage.offer_drafts import Draft
from storage.store import Store

DOOR = "katalog"
LONGEST_WHY = 400
GONE = "Diesen Eintrag gibt es in Ihrer Stadt nicht."
SHARED = "Diesen Eintrag benutzen mehrere Städte. Ändern kann ihn nur, wer die gemeinsame Liste pflegt."
CHANGED = "Der Eintrag hat sich inzwischen geändert. Sehen Sie ihn noch einmal an."
NO_WHY = "Schreiben Sie in einem Satz, warum. Das Team sieht es bei den Fassungen."
LONG_WHY = f"Das ist zu lang: höchstens {LONGEST_WHY} Zeichen."
NEW, APPROVED, WITHDRAWN = "neu angelegt", "freigegeben", "zurückgezogen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """An entry of the town's own as it is now; one of the two is always there."""

    entry: OfferVersion | None
    draft: Draft | None

    @property
    def version(self) -> int:
        return self.entry.version if self.entry is not None else 0

    @property
    def stamp(self) -> str:
        return self.draft.stamp if self.draft is not None else ""

    @property
    def newest(self) -> OfferVersion | Draft:
        """What a form begins with: the draft, if there is one."""
        found = self.draft or self.entry
        assert found is not None  # noqa: S101 - see the class
        return found


class Moved(Exception):
    """Somebody else has saved since the form was made; `current` is what there is now.

    `offer` is what the form says, `base` what it was made from, if that is still known.
    """

    def __init__(self, current: Current, offer: Offer, base: Offer | None) -> None:
        super().__init__("the entry has changed since the form was made")
        self.current = current
        self.offer = offer
        self.base = base


class Unfit(Exception):
    """The form makes no offer; `problems` are by the name of each field, in German."""

    def __init__(self, read: Read, why: str) -> None:
        super().__init__("the form makes no offer")
        self.problems = {**read.problems, **({"why": why} if why else {})}


def current(store: Store, offer_id: str) -> Current:
    """Raises Refused for what is not the town's own."""
    entry, draft = store.catalogue.entry(offer_id), store.offer_drafts.get(offer_id)
    if entry is not None and entry.shared:
        raise Refused(SHARED)
    if entry is None and draft is None:
        raise Refused(GONE)
    return Current(entry=entry, draft=draft)


def blank(today: dt.date) -> Offer:
    """What a form for a new entry begins with: nothing that somebody would have to correct."""
    return Offer(
        id="neu",
        kind=Kind.OFFER,
        status=Status.ACTIVE,
        name={},
        description={},
        needs=(),
        body="",
        organization="",
        service_area=Area.MUNICIPALITY,
        assured_date=today,
        origin=Origin.INITIATED_BY_KISI,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Who does something, when, and what needs there are."""

    member: SignedIn
    now: dt.datetime
    today: dt.date
    taxonomy: Taxonomy

    def add(self, store: Store, sent: Sent, *, as_draft: bool) -> str:
        """A new entry; its id. Raises Unfit, and Repeated if this very form was saved before."""
        offer = self._offer(sent, blank(self.today), must_say_why=False)
        if not store.updates.first_time(DOOR, sent.number[:128], self.now):
            raise Repeated(NEW)
        offer = replace(offer, id=_free_id(store, offer))
        change = self._change(sent.why or NEW)
        if as_draft:
            store.offer_drafts.put(offer, change, based_on=0)
        else:
            store.catalogue.put_offers((offer,), change)
        return offer.id

    def change(self, store: Store, offer_id: str, sent: Sent, *, as_draft: bool) -> bool:
        """A new version of an entry, or its draft; False if it says what was there already.

        Raises Refused, Unfit, and Moved if the form was made from another state.
        """
        found = current(store, offer_id)
        offer = self._offer(sent, found.newest.offer)
        if offer == found.newest.offer and (as_draft or found.draft is None) and not _gone(found):
            return False
        if (sent.version, sent.stamp) != (found.version, found.stamp):
            base = _made_from(store, offer_id, sent)
            raise Moved(found, offer if base is None else self._offer(sent, base), base)
        if as_draft:
            store.offer_drafts.put(offer, self._change(sent.why), based_on=found.version)
            return True
        store.offer_drafts.drop(offer_id)
        return bool(store.catalogue.put_offers((offer,), self._change(sent.why)))

    def approve(self, store: Store, offer_id: str, sent: Sent) -> None:
        """The draft becomes the entry. An entry that came as a draft becomes one that is shown."""
        found = self._as_seen(store, offer_id, sent)
        if found.draft is None and (found.entry is None or found.entry.offer.status is not Status.DRAFT):
            raise Refused("Hier wartet kein Entwurf.")
        offer, why = found.newest.offer, sent.why or APPROVED
        if found.draft is not None:
            why = sent.why or found.draft.why
        if offer.status is Status.DRAFT:
            offer = replace(offer, status=Status.ACTIVE)
        self._must_fit(offer)
        store.offer_drafts.drop(offer_id)
        store.catalogue.put_offers((offer,), self._change(why))

    def discard(self, store: Store, offer_id: str, sent: Sent) -> None:
        """The draft goes; the entry stays as it is."""
        if self._as_seen(store, offer_id, sent).draft is None:
            raise Refused("Hier wartet kein Entwurf.")
        store.offer_drafts.drop(offer_id)

    def withdraw(self, store: Store, offer_id: str, sent: Sent) -> None:
        """The entry is shown no more, and its draft goes; both can be written again."""
        self._as_seen(store, offer_id, sent)
        if not clean(sent.why):
            raise Refused(NO_WHY)
        if not store.catalogue.withdraw(offer_id, self._change(sent.why)):
            raise Refused("Dieser Eintrag wird schon nicht mehr gezeigt.")
        store.offer_drafts.drop(offer_id)

    def restore(self, store: Store, offer_id: str, version: int, sent: Sent) -> None:
        """A former version becomes a new one; a draft that waits stays."""
        self._as_seen(store, offer_id, sent)
        former = [
            each for each in store.catalogue.history(offer_id) if not each.shared and each.version == version
        ]
        if not former:
            raise Refused(GONE)
        offer = former[0].offer
        self._must_fit(offer)
        why = f"Fassung {version} wiederhergestellt" + (f": {sent.why}" if clean(sent.why) else "")
        if not store.catalogue.put_offers((offer,), self._change(why)):
            raise Refused("Diese Fassung ist schon die neueste.")

    def _must_fit(self, offer: Offer) -> None:
        """Raises Refused for what was right once: needs and bodies come and go."""
        try:
            offers_of([row_of(offer)], "kept", self.taxonomy, today=self.today)
        except CatalogError as error:
            told = "; ".join(f"{FIELDS.get(problem.field, problem.field)}" for problem in error.problems)
            raise Refused(f"Das passt nicht mehr zum Katalog ({told}). Bearbeiten Sie den Eintrag.") from None

    def _as_seen(self, store: Store, offer_id: str, sent: Sent) -> Current:
        """Raises Refused if it is no longer what the page showed."""
        found = current(store, offer_id)
        if (sent.version, sent.stamp) != (found.version, found.stamp):
            raise Refused(CHANGED)
        return found

    def _offer(self, sent: Sent, base: Offer, *, must_say_why: bool = True) -> Offer:
        found, why = read(sent.typed, base, self.today, self.taxonomy), clean(sent.why)
        missing = NO_WHY if must_say_why and not why else LONG_WHY if len(sent.why) > LONGEST_WHY else ""
        if found.offer is None or missing:
            raise Unfit(found, missing)
        return found.offer

    def _change(self, why: str) -> Change:
        return Change(by=self.member.id, why=" ".join(clean(why).split())[:LONGEST_WHY], at=self.now)


def _former(store: Store, offer_id: str, version: int) -> Offer | None:
    """The town's own entry as it was in a version."""
    states = (each for each in store.catalogue.history(offer_id) if not each.shared)
    return next((each.offer for each in states if each.version == version), None)


def _made_from(store: Store, offer_id: str, sent: Sent) -> Offer | None:
    """What the form was made from. Of a draft only the newest state is kept."""
    return None if sent.stamp else _former(store, offer_id, sent.version)


def _gone(found: Current) -> bool:
    return found.entry is not None and found.entry.withdrawn


def _free_id(store: Store, offer: Offer) -> str:
    """Made of the German name; nothing that is there or was there has it."""
    stem = slug(offer.name["de"])
    taken = {entry.offer.id for entry in store.catalogue.entries()}
    taken |= {draft.offer.id for draft in store.offer_drafts.all()}
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (stem, *numbered) if key not in taken)
