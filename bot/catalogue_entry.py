"""One entry as guides see it: its card, what waits for it, and all its versions; it writes nothing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields

from bot.catalogue_changes import differences
from bot.catalogue_lists import whose
from bot.catalogue_older import older_texts
from bot.catalogue_preview import preview_of
from bot.catalogue_views import DraftView, EntryView, HistoryView, Options, StateView
from bot.catalogue_words import FIELDS, NOTHING, language_name, told
from bot.house import Town
from bot.shown_offers import checked
from bot.team_entry import SignedIn
from bot.town_script import TownScript
from casework.days import local_day
from casework.team import allows
from catalog.hours import BERLIN
from catalog.offer import Offer, Status
from dialogs.wording import SOURCE
from storage.catalogue import OfferVersion
from storage.offer_drafts import Draft
from storage.store import Store

ON_THE_CARD = frozenset({"id", "name", "description", "organization", "phone", "url", "address", "cost"})
"""Of these the card tells already."""

BY = {"files": "die Dateien der Stadt", "import": "ein Import"}
FORMER_REASONS = {"read from the municipality's files": "aus den Dateien der Stadt gelesen"}
IMPORTED = "imported from "
GONE = "jemand, der nicht mehr im Team ist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One look into the town's catalogue, and who looks. `names` are those of the team, by id."""

    store: Store
    member: SignedIn
    town: Town
    now: dt.datetime
    names: Mapping[str, str]

    @property
    def script(self) -> TownScript:
        return self.town.script

    @property
    def today(self) -> dt.date:
        return local_day(self.now)

    @property
    def offered(self) -> Options:
        """The languages that the town offers to newcomers."""
        return tuple((code, language_name(code)) for code in self.script.languages)

    def who(self, code: str) -> str:
        return self.names.get(code) or BY.get(code, GONE)

    def may_write(self, shared: str = "") -> bool:
        return not shared and allows(self.member, "catalogue.write")


def entry_view(seen: Seen, offer_id: str, language: str) -> EntryView | None:
    """None for an entry that the town does not have."""
    entry, draft = seen.store.catalogue.entry(offer_id), seen.store.offer_drafts.get(offer_id)
    newest = entry or draft
    if newest is None:
        return None
    offer, shared = newest.offer, entry.shared if entry is not None else ""
    checks = checked(seen.store)
    return EntryView(
        id=offer.id,
        name=offer.name[SOURCE],
        preview=preview_of(
            checks.assured(offer),
            spoken(seen, language),
            seen.script,
            seen.now,
            closed=offer.id in checks.closed,
        ),
        facts=_facts(offer, seen.script),
        shared=whose(shared),
        version=entry.version if entry is not None else 0,
        withdrawn=entry is not None and entry.withdrawn,
        status_draft=entry is not None and not entry.withdrawn and offer.status is Status.DRAFT,
        changed=f"{moment(newest.at)}, {seen.who(newest.by)}",
        why=reason(newest.why),
        draft=None if draft is None or shared else _draft_view(seen, entry, draft),
        older=older_texts(states_of(seen.store, offer_id, shared)),
        languages=seen.offered,
        may_write=seen.may_write(shared),
        fictional=seen.town.municipality.fictional,
    )


def history_view(seen: Seen, offer_id: str) -> HistoryView | None:
    """All versions of the entry that the town shows; None if it has none."""
    entry, draft = seen.store.catalogue.entry(offer_id), seen.store.offer_drafts.get(offer_id)
    if entry is None:
        return None
    states = _states(seen.store, offer_id, entry.shared)
    return HistoryView(
        id=offer_id,
        name=entry.offer.name[SOURCE],
        shared=whose(entry.shared),
        version=entry.version,
        stamp=draft.stamp if draft is not None else "",
        states=tuple(
            _state(seen, state, former) for state, former in zip(states, [*states[1:], None], strict=True)
        ),
        may_write=seen.may_write(entry.shared),
    )


def states_of(store: Store, offer_id: str, shared: str = "") -> tuple[Offer, ...]:
    """What an entry has said, the oldest first; empty for one that is only a draft."""
    return tuple(state.offer for state in reversed(_states(store, offer_id, shared)))


def _states(store: Store, offer_id: str, shared: str) -> list[OfferVersion]:
    """The newest first."""
    states = [each for each in store.catalogue.history(offer_id) if each.shared == shared]
    return sorted(states, key=lambda state: -state.version)  # a clock may have gone back in between


def spoken(seen: Seen, language: str) -> str:
    """The language if the town offers it, else German."""
    return language if language in seen.script.languages else SOURCE


def reason(why: str) -> str:
    """What stands in versions that no person has written, in German: it may have been kept in English."""
    if why.startswith(IMPORTED):
        return f"aus {why.removeprefix(IMPORTED)} übernommen"
    return FORMER_REASONS.get(why, why)


def moment(at: dt.datetime) -> str:
    return f"{at.astimezone(BERLIN):%d.%m.%Y, %H:%M}"


def _state(seen: Seen, state: OfferVersion, former: OfferVersion | None) -> StateView:
    changed = differences(former.offer, state.offer, seen.script.taxonomy) if former is not None else ()
    return StateView(
        version=state.version,
        by=seen.who(state.by),
        at=moment(state.at),
        why=reason(state.why),
        withdrawn=state.withdrawn,
        back=former is not None and former.withdrawn and not state.withdrawn,
        differences=changed,
    )


def _draft_view(seen: Seen, entry: OfferVersion | None, draft: Draft) -> DraftView:
    live = entry.offer if entry is not None else None
    return DraftView(
        stamp=draft.stamp,
        by=seen.who(draft.by),
        at=moment(draft.at),
        why=draft.why,
        differences=differences(live, draft.offer, seen.script.taxonomy) if live is not None else (),
        moved=entry is not None and entry.version != draft.based_on,
        older=older_texts((*states_of(seen.store, draft.offer.id), draft.offer)),
    )


def _facts(offer: Offer, script: TownScript) -> tuple[tuple[str, str], ...]:
    """Label and words of every field that says something and that the card does not show as it is."""
    said = (
        (field.name, getattr(offer, field.name)) for field in fields(Offer) if field.name not in ON_THE_CARD
    )
    found = ((FIELDS.get(name, name), told(name, value, script.taxonomy)) for name, value in said)
    return tuple((label, words) for label, words in found if words not in (NOTHING, "nein"))
