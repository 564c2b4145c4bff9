"""Finds and lists entries and waiting drafts for guides, and makes the list to hand out."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.cards import CardView, card
from bot.catalogue_choices import needs_by_domain
from bot.catalogue_paper import on_paper
from bot.catalogue_preview import match_of
from bot.catalogue_views import EntryLine, Handout, Listing, Wanted
from bot.catalogue_words import label, language_name
from bot.offer_labels import LABELS
from bot.shown_offers import checked
from bot.town_script import TownScript
from catalog.hours import BERLIN
from catalog.matching import is_stale
from catalog.normalise import normalise
from catalog.offer import Kind, Offer, Status
from catalog.search import found
from dialogs.wording import SOURCE
from storage.catalogue import OfferVersion
from storage.offer_drafts import Draft
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry with the draft that waits for it; without `entry` there is only the draft.

    `offer` has the day of its last check; `closed`: a check says that it is gone.
    """

    offer: Offer
    entry: OfferVersion | None
    draft: Draft | None
    closed: bool = False

    @property
    def shared(self) -> str:
        return self.entry.shared if self.entry is not None else ""

    @property
    def withdrawn(self) -> bool:
        return self.entry is not None and self.entry.withdrawn

    @property
    def waits(self) -> bool:
        """Whether somebody has still to approve something of the town's own."""
        imported = self.offer.status is Status.DRAFT and not self.withdrawn and not self.shared
        return self.draft is not None or imported


def items_in(store: Store) -> tuple[Item, ...]:
    """Everything that the town has, by id."""
    drafts = {draft.offer.id: draft for draft in store.offer_drafts.all()}
    entries, checks = store.catalogue.entries(), checked(store)
    known = {entry.offer.id for entry in entries}
    items = [
        Item(
            offer=checks.assured(each.offer),
            entry=each,
            draft=None if each.shared else drafts.get(each.offer.id),
            closed=each.offer.id in checks.closed,
        )
        for each in entries
    ]
    items += [
        Item(offer=draft.offer, entry=None, draft=draft) for key, draft in drafts.items() if key not in known
    ]
    return tuple(sorted(items, key=lambda item: item.offer.id))


def listing(
    items: Sequence[Item],
    wanted: Wanted,
    script: TownScript,
    now: dt.datetime,
    *,
    may_write: bool,
    fictional: bool,
) -> Listing:
    """What was looked for: the best hits first, without words in the order of names."""
    chosen = select(items, wanted, script, now)
    return Listing(
        lines=tuple(_line(item, script, now) for item in chosen),
        total=len(items),
        waiting=sum(item.waits for item in items),
        needs=needs_by_domain(script.taxonomy),
        kinds=tuple(LABELS[Kind].items()),
        may_write=may_write,
        fictional=fictional,
    )


def select(items: Sequence[Item], wanted: Wanted, script: TownScript, now: dt.datetime) -> list[Item]:
    chosen = {item.offer.id: item for item in items if _is_wanted(item, wanted, script, now)}
    by_name = sorted(chosen, key=lambda key: (normalise(chosen[key].offer.name[SOURCE]), key))
    texts = {key: _texts(chosen[key].offer, script) for key in by_name}
    return [chosen[key] for key in found(wanted.text, texts)]


def handout(
    items: Sequence[Item], wanted: Wanted, language: str, script: TownScript, town: str, now: dt.datetime
) -> Handout:
    """The cards of what newcomers are shown, each under the topic that it serves first."""
    groups: dict[str, list[Item]] = {domain: [] for domain in script.taxonomy.domains}
    for item in select(items, wanted, script, now):
        if _is_shown(item, script, now):
            groups[_topic(item.offer, wanted)].append(item)
    return Handout(
        town=town,
        language=language,
        direction=script.wording.direction(language),
        printed=f"{now.astimezone(BERLIN):%d.%m.%Y}",
        groups=tuple(
            (script.text(f"need.{domain}", language), tuple(_cards(found, language, script, now)))
            for domain, found in groups.items()
            if found
        ),
        languages=tuple((code, language_name(code)) for code in script.languages),
    )


def whose(shared: str) -> str:
    """The name of a shared list as people read it; empty for the town's own."""
    return shared.replace("_", " ").replace("-", " ").title()


def _topic(offer: Offer, wanted: Wanted) -> str:
    """The domain somebody has asked for, else that of the first need."""
    domains = [need.partition(".")[0] for need in offer.needs]
    asked = wanted.need.partition(".")[0]
    return asked if asked in domains else domains[0]


def _cards(items: Iterable[Item], language: str, script: TownScript, now: dt.datetime) -> Iterator[CardView]:
    for item in items:
        match = match_of(item.offer, language, script, now)
        if match is not None:
            view = card(item.offer, match, language, script.wording, now)
            yield on_paper(item.offer, view, script, now)


def _is_wanted(item: Item, wanted: Wanted, script: TownScript, now: dt.datetime) -> bool:
    needs = {*item.offer.needs} | {need.partition(".")[0] for need in item.offer.needs}
    if (wanted.need and wanted.need not in needs) or (wanted.kind and wanted.kind != item.offer.kind):
        return False
    in_state = _STATES.get(wanted.state)
    return in_state(item, script, now) if in_state is not None else not item.withdrawn


def _is_shown(item: Item, script: TownScript, now: dt.datetime) -> bool:
    there = item.entry is not None and not item.withdrawn and not item.closed
    return there and match_of(item.offer, SOURCE, script, now) is not None


_STATES: Mapping[str, Callable[[Item, TownScript, dt.datetime], bool]] = {
    "shown": _is_shown,
    "waiting": lambda item, _, __: item.waits,
    "stale": lambda item, _, now: item.entry is not None and not item.withdrawn and is_stale(item.offer, now),
    "unseen": lambda item, script, now: not item.withdrawn and not _is_shown(item, script, now),
    "withdrawn": lambda item, _, __: item.withdrawn,
    "own": lambda item, _, __: not item.shared and not item.withdrawn,
    "shared": lambda item, _, __: bool(item.shared),
}


def _line(item: Item, script: TownScript, now: dt.datetime) -> EntryLine:
    offer = item.offer
    needs = (script.taxonomy.needs.get(code) for code in offer.needs)
    return EntryLine(
        id=offer.id,
        name=offer.name[SOURCE],
        organization=offer.organization,
        kind=label(offer.kind),
        needs=tuple(need.labels[SOURCE] for need in needs if need is not None),
        shared=whose(item.shared),
        checked=f"{offer.assured_date:%d.%m.%Y}",
        tags=tuple(_tags(item, script, now)),
    )


def _tags(item: Item, script: TownScript, now: dt.datetime) -> Iterator[str]:
    if item.withdrawn:
        yield "zurückgezogen"
    elif item.waits:
        yield (
            "wartet auf Freigabe"
            if item.draft is None or item.entry is None
            else "Änderung wartet auf Freigabe"
        )
    if item.entry is not None and not item.withdrawn:
        if not _is_shown(item, script, now):
            yield "wird nicht gezeigt"
        elif is_stale(item.offer, now):
            yield "lange nicht geprüft"


def _texts(offer: Offer, script: TownScript) -> tuple[str, ...]:
    needs = (script.taxonomy.needs.get(code) for code in offer.needs)
    part = (offer.address.part,) if offer.address is not None else ()
    labels = (need.labels[SOURCE] for need in needs if need is not None)
    return (*offer.name.values(), offer.organization, offer.contact, *part, *labels)
