"""Which entries help the same people with the same thing in the same place; it judges none of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from catalog.age import OLDEST
from catalog.offer import Area, Offer, Status, TargetGroup

_G = TargetGroup
_WITHIN = {  # who is meant by the first is also meant by the others
    _G.ADULTS_27PLUS: {_G.ADULTS},
    _G.SENIORS: {_G.ADULTS, _G.ADULTS_27PLUS},
    _G.WORKERS: {_G.ADULTS},
    _G.PARENTS: {_G.ADULTS},
    _G.CARERS: {_G.ADULTS},
    _G.YOUTH: {_G.YOUTH_12_27},
    _G.ASYLUM_SEEKERS: {_G.REFUGEES},
    _G.TOLERATED: {_G.REFUGEES},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """At least two offers, by id, that share all of `needs` (in the order of their codes) and the area."""

    needs: tuple[str, ...]
    area: Area
    offers: tuple[Offer, ...]


def overlaps(offers: Iterable[Offer]) -> tuple[Overlap, ...]:
    """Every group of offers with the same need, area and audience, largest first. Drafts count; what is gone
    does not.

    Two are in one group if their audiences meet, or if a third one's meets both. The guide's own entry, which
    is there for everything, is left out.
    """
    alike: defaultdict[tuple[str, Area], list[Offer]] = defaultdict(list)
    for offer in sorted(offers, key=lambda offer: offer.id):
        if offer.status is not Status.INACTIVE and not offer.is_the_guide:
            for need in dict.fromkeys(offer.needs):
                alike[need, offer.service_area].append(offer)
    needs: defaultdict[tuple[Area, tuple[str, ...]], list[str]] = defaultdict(list)
    by_id = {offer.id: offer for group in alike.values() for offer in group}
    for (need, area), candidates in sorted(alike.items()):
        for group in _groups(candidates):
            needs[area, tuple(offer.id for offer in group)].append(need)
    found = (
        Overlap(needs=tuple(codes), area=area, offers=tuple(by_id[id_] for id_ in ids))
        for (area, ids), codes in needs.items()
    )
    return tuple(sorted(found, key=lambda one: (-len(one.offers), -len(one.needs), one.needs)))


def like(offers: Iterable[Offer], new: Offer) -> tuple[Offer, ...]:
    """What is there already for an entry that somebody is about to add, by id: a hint, no refusal."""
    shared = (
        offer
        for offer in offers
        if offer.id != new.id
        and offer.status is not Status.INACTIVE
        and not offer.is_the_guide
        and offer.service_area is new.service_area
        and set(offer.needs) & set(new.needs)
    )
    return tuple(sorted((one for one in shared if same_audience(one, new)), key=lambda offer: offer.id))


def same_audience(one: Offer, other: Offer) -> bool:
    """Whether somebody could be meant by both: by group, by gender and by age."""
    return _groups_meet(one, other) and _genders_meet(one, other) and _ages_meet(one, other)


def _groups(candidates: Sequence[Offer]) -> Iterator[tuple[Offer, ...]]:
    """The candidates parted into groups of two and more that hang together; each in the candidates' order."""
    left = list(candidates)
    while left:
        group, reached = [left[0]], [left.pop(0)]
        while reached:
            one = reached.pop()
            near = [other for other in left if same_audience(one, other)]
            group += near
            reached += near
            left = [other for other in left if other not in near]
        if len(group) > 1:
            yield tuple(sorted(group, key=lambda offer: offer.id))


def _groups_meet(one: Offer, other: Offer) -> bool:
    mine, theirs = _meant(one), _meant(other)
    return _G.ALL in mine | theirs or not mine.isdisjoint(theirs)


def _meant(offer: Offer) -> set[TargetGroup]:
    groups = set(offer.target_groups) or {_G.ALL}
    return groups.union(*(_WITHIN.get(group, set()) for group in groups))


def _genders_meet(one: Offer, other: Offer) -> bool:
    return None in (one.gender_only, other.gender_only) or one.gender_only is other.gender_only


def _ages_meet(one: Offer, other: Offer) -> bool:
    (low, high), (from_, to) = _ages(one), _ages(other)
    return low <= to and from_ <= high


def _ages(offer: Offer) -> tuple[int, int]:
    return offer.minimum_age or 0, OLDEST if offer.maximum_age is None else offer.maximum_age
