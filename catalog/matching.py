"""Which offers fit one need of one person, and why; it does not read words and changes nothing.

Rules first: what is over, closed for good, stale, or surely not for this person is left out. Then the order.
The guide is never among the hits; `guide_of` gives the guide's entry for the last line. A need that is
`guide_only`, or an emergency, gets professional places only: authorities and advice centres, never a course
or volunteers, because a person with that need must not land with someone untrained.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog import age
from catalog.hours import BERLIN, Hours
from catalog.needs import Need, Safety, Taxonomy, packaged_taxonomy
from catalog.offer import (
    ENTITLEMENTS,
    Area,
    BookedBy,
    Childcare,
    GenderOnly,
    Kind,
    Mode,
    Offer,
    Status,
    TargetGroup,
)

SHOWN_AT_MOST = 3  # offers per need; more are not read on a phone
CHECK_FIRST_AFTER = 6  # months since someone last assured that the entry is right
HIDDEN_AFTER = 12  # months; authorities stay, they do not vanish
SEASON_GAP = dt.timedelta(days=35)  # a monthly meeting is open, a summer garden in winter is not
GENDERS = ("woman", "man", "other")
REASONS = (  # in the order in which they tell most
    "guide",
    "guide_books",
    "responsible",
    "also_helps",
    "speaks_your_language",
    "childcare",
    "open_now",
    "local",
    "online",
    "starts_later",
    "seasonal",
    "waiting_list",
    "ask_first",
    "check_first",
)
_AREAS = tuple(Area)
_PROFESSIONAL = {Kind.AUTHORITY, Kind.ADVICE_CENTRE}
_FOR_CHILDREN = {TargetGroup.CHILDREN, TargetGroup.PARENTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a person has told; None and empty mean unknown, and what is unknown never hides an offer.

    `residence`: codes of Paper. `age`: a band such as "16_17", "18-26", "under_16" or "60_plus". `gender`:
    one of GENDERS. `barriers`: codes of the questionnaire, of which "childcare" changes the order.
    """

    residence: frozenset[str] = field(default_factory=frozenset)
    age: str | None = None
    gender: str | None = None
    has_young_children: bool | None = None
    german: str | None = None
    barriers: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if self.gender is not None and self.gender not in GENDERS:
            raise ValueError(f"gender '{self.gender}' is none of {', '.join(GENDERS)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """`score` is 0 to 1; `reasons` are codes of REASONS in their order, never empty."""

    offer: Offer
    need: str
    score: float
    reasons: tuple[str, ...]


def best_offers(
    offers: Sequence[Offer],
    need: str,
    facts: Facts,
    language: str,
    now: dt.datetime,
    taxonomy: Taxonomy | None = None,
) -> list[Match]:
    """At most SHOWN_AT_MOST offers for one need, best first; empty means a gap in what the town has.

    Order: responsible bodies before others, with places before seasonal before full, local before district
    before state, then score. Unknown facts never leave an offer out; they add the reason `ask_first`.

    Raises:
        UnknownNeed: `need` is not in the taxonomy (a fault of the caller).
    """
    wanted = (taxonomy or packaged_taxonomy()).need(need)
    found = [offer for offer in offers if _may_be_shown(offer, wanted, facts, now)]
    matches = [_match(offer, wanted, facts, language, now) for offer in found]
    matches.sort(key=lambda match: _place(match, wanted))
    return matches[:SHOWN_AT_MOST]


def guide_of(offers: Sequence[Offer], need: str, language: str, now: dt.datetime) -> Match | None:
    """The guide's own entry as the last line under any list; None if the town has none at the moment."""
    for offer in offers:
        if offer.is_the_guide and _running(offer, now):
            speaks = ("speaks_your_language",) if _speaks(offer, language) else ()
            return Match(offer=offer, need=need, score=0.0, reasons=("guide", *speaks))
    return None


def is_stale(offer: Offer, now: dt.datetime) -> bool:
    """Whether nobody has assured the entry for six months: call before you go."""
    return months_ago(CHECK_FIRST_AFTER, _today(now)) >= offer.assured_date


def is_too_old(offer: Offer, now: dt.datetime) -> bool:
    """Whether nobody has assured the entry for a year: it is shown no more. Authorities do not vanish."""
    return offer.kind is not Kind.AUTHORITY and months_ago(HIDDEN_AFTER, _today(now)) >= offer.assured_date


def _may_be_shown(offer: Offer, need: Need, facts: Facts, now: dt.datetime) -> bool:
    return (
        need.code in offer.needs
        and not offer.is_the_guide
        and _running(offer, now)
        and _fits_need(offer, need)
        and _fits_person(offer, facts) is not False
    )


def _running(offer: Offer, now: dt.datetime) -> bool:
    """Active, not ended, no entry so old that it may be gone. What starts later is shown: register now."""
    today = _today(now)
    if offer.status is not Status.ACTIVE or (offer.valid_to is not None and offer.valid_to < today):
        return False
    if is_too_old(offer, now):
        return False
    return not (offer.opening_hours and Hours.parse(offer.opening_hours).over(now))


def _fits_need(offer: Offer, need: Need) -> bool:
    if not (need.guide_only or need.safety is Safety.CRISIS):
        return True
    return offer.kind in _PROFESSIONAL


def _fits_person(offer: Offer, facts: Facts) -> bool | None:
    """False: surely not for this person. None: it depends on something that is not known."""
    verdicts = (_fits_gender(offer, facts), _fits_age(offer, facts), _fits_paper(offer, facts))
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _fits_gender(offer: Offer, facts: Facts) -> bool | None:
    if offer.gender_only is None:
        return True
    if facts.gender in (None, "other"):
        return None
    return facts.gender == ("woman" if offer.gender_only is GenderOnly.WOMEN else "man")


def _fits_age(offer: Offer, facts: Facts) -> bool | None:
    verdict = age.fits(age.years(facts.age), offer.minimum_age, offer.maximum_age)
    children = offer.maximum_age is not None and offer.maximum_age <= age.CHILD_UP_TO
    if verdict is False and (children or _FOR_CHILDREN & set(offer.target_groups)):
        return None  # a mother asks for her child; the age told is her own
    return verdict


def _fits_paper(offer: Offer, facts: Facts) -> bool | None:
    """An entitlement stands beside a permit, so a known permit says nothing about it."""
    if not offer.residence:
        return True
    if facts.residence & set(offer.residence):
        return True
    papers = facts.residence - ENTITLEMENTS
    return None if ENTITLEMENTS & set(offer.residence) or not papers else False


def _match(offer: Offer, need: Need, facts: Facts, language: str, now: dt.datetime) -> Match:
    found = _reasons(offer, need, facts, language, now)
    reasons = tuple(reason for reason in REASONS if reason in found)
    return Match(offer=offer, need=need.code, score=_score(offer, need, facts, found), reasons=reasons)


def _reasons(offer: Offer, need: Need, facts: Facts, language: str, now: dt.datetime) -> set[str]:
    needs_childcare = facts.has_young_children or "childcare" in facts.barriers
    tests = {
        "responsible": offer.body in need.first,
        "also_helps": offer.body not in need.first,
        "guide_books": offer.booked_by is BookedBy.GUIDE,
        "speaks_your_language": _speaks(offer, language),
        "childcare": needs_childcare and offer.childcare is not Childcare.NONE,
        "local": offer.service_area is Area.MUNICIPALITY,
        "online": Mode.ONLINE in offer.modes and Mode.ONSITE not in offer.modes,
        "starts_later": offer.valid_from is not None and offer.valid_from > _today(now),
        "waiting_list": offer.full,
        "ask_first": _fits_person(offer, facts) is None,
        "check_first": is_stale(offer, now),
    }
    return {reason for reason, true in tests.items() if true} | _open_reasons(offer, now)


def _open_reasons(offer: Offer, now: dt.datetime) -> set[str]:
    if not offer.opening_hours:
        return set()
    hours = Hours.parse(offer.opening_hours)
    unsure = {"ask_first"} if hours.unsure(now) else set()
    if hours.is_open(now):
        return unsure if offer.valid_from and offer.valid_from > _today(now) else {"open_now"} | unsure
    upcoming = hours.next_opening(now)
    dated = offer.valid_from is not None or offer.opening_hours[:4].isdigit()
    soon = upcoming is not None and upcoming - now <= SEASON_GAP
    return unsure if soon or dated or hours.by_arrangement(now) else {"seasonal"} | unsure


def _score(offer: Offer, need: Need, facts: Facts, reasons: set[str]) -> float:
    """How well an offer suits beyond the rules, 0 to 1."""
    weights = {
        "speaks_your_language": 0.3,
        "childcare": 0.25,
        "open_now": 0.05,
        "ask_first": -0.15,
        "check_first": -0.15,
    }
    score = 0.4 + sum(weight for reason, weight in weights.items() if reason in reasons)
    score += 0.15 if offer.interpretation_services and "speaks_your_language" not in reasons else 0
    score += 0.1 * (1 - offer.needs.index(need.code) / len(offer.needs))
    if facts.gender == "woman" and offer.gender_only is GenderOnly.WOMEN:
        score += 0.1
    return round(max(0.0, min(1.0, score)), 3)


def _place(match: Match, need: Need) -> tuple[int, int, int, float, str]:
    offer, reasons = match.offer, match.reasons
    bodies = 0 if offer.body in need.first else 1 if offer.body in need.also else 2
    places = 2 if "waiting_list" in reasons else 1 if "seasonal" in reasons else 0
    return bodies, places, _AREAS.index(offer.service_area), -match.score, offer.id


def _speaks(offer: Offer, language: str) -> bool:
    """German counts for nobody as "your language": it is spoken everywhere."""
    spoken = {one.partition("_")[0] for one in offer.languages}
    return language != "de" and language.partition("_")[0] in spoken


def _today(now: dt.datetime) -> dt.date:
    return now.astimezone(BERLIN).date()


def months_ago(months: int, today: dt.date) -> dt.date:
    """The same day of an earlier month, or that month's last day."""
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return dt.date(years, month + 1, min(today.day, monthrange(years, month + 1)[1]))
