"""When somebody last said that an entry is right, and what follows from it; it keeps nothing and asks nobody.

A check is no new version of an entry: what the entry says stays, only the day moves on which it was last
known to be right. Matching counts its six and twelve months from that day.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from catalog.hours import BERLIN, Hours
from catalog.matching import CHECK_FIRST_AFTER, HIDDEN_AFTER, months_ago
from catalog.offer import Kind, Offer, Status

DUE_AFTER = 3  # months since somebody last said that the entry is right; then it is on the guide's list
ASK_AFTER = dt.timedelta(days=60)  # who has said so just before a quarter begins is not asked again in it
LINK_GOOD_FOR = dt.timedelta(days=45)  # until then the links in a mail to an offer's contact can be used
CONTACT = "contact"  # in place of a role: whoever reads the mail of the offer itself


class Result(StrEnum):
    RIGHT = "right"
    CHANGED = "changed"  # something in the entry is no longer so
    CLOSED = "closed"  # the offer is gone


class State(StrEnum):
    """What newcomers see of an entry that is due."""

    SHOWN = "shown"
    CALL_FIRST = "call_first"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Somebody has looked at this `version` of the entry. `on` is the day it was found so, `at` when it was
    noted; `by` a role, or CONTACT.

    `member` is the id of whoever did it, None for a contact. `visit`: they were there, and `found` says what
    they found, without names; else `found` is empty.
    """

    offer: str
    version: int
    on: dt.date
    at: dt.datetime
    by: str
    result: Result
    member: str | None = None
    visit: bool = False
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An entry that should be checked; `right_on` is the last day on which it was known to be right."""

    offer: Offer
    right_on: dt.date
    state: State


def right_on(offer: Offer, confirmed: Mapping[str, dt.date]) -> dt.date:
    """The newest of what the entry itself says and what checks say, by the offer's id."""
    return max(offer.assured_date, confirmed.get(offer.id, dt.date.min))


def said_closed(newest: Iterable[Check], versions: Mapping[str, int]) -> frozenset[str]:
    """Ids of offers of which the newest check says that they are gone, and that nobody has edited since.

    `versions`: the newest version of each entry, by id.
    """
    closed = (check for check in newest if check.result is Result.CLOSED)
    return frozenset(check.offer for check in closed if not _edited_since(check, versions))


def to_be_mended(newest: Iterable[Check], versions: Mapping[str, int]) -> tuple[Check, ...]:
    """The checks that say an entry is wrong and that nobody has followed up in it, the oldest first."""
    wrong = (check for check in newest if check.result is not Result.RIGHT)
    found = (check for check in wrong if not _edited_since(check, versions))
    return tuple(sorted(found, key=lambda check: (check.at, check.offer)))


def as_checked(
    offers: Iterable[Offer], confirmed: Mapping[str, dt.date], closed: Collection[str]
) -> tuple[Offer, ...]:
    """The offers as newcomers are to see them: assured when they were last confirmed, without what is gone.

    For showing only. What is edited is the entry as the catalogue keeps it.
    """
    kept = (offer for offer in offers if offer.id not in closed)
    return tuple(_assured(offer, right_on(offer, confirmed)) for offer in kept)


def due(offers: Iterable[Offer], confirmed: Mapping[str, dt.date], now: dt.datetime) -> tuple[Due, ...]:
    """What somebody should check: not known to be right for DUE_AFTER months, the oldest first."""
    today = _today(now)
    since = months_ago(DUE_AFTER, today)
    found = [
        Due(offer=offer, right_on=last, state=_state(offer, last, today))
        for offer in offers
        if _runs(offer, now) and (last := right_on(offer, confirmed)) <= since
    ]
    return tuple(sorted(found, key=lambda each: (each.right_on, each.offer.id)))


def to_be_asked(
    offers: Iterable[Offer], confirmed: Mapping[str, dt.date], now: dt.datetime
) -> tuple[Offer, ...]:
    """Offers whose contact may be asked by mail whether the entry is right, the oldest first.

    Left out: what has no address, or one that must stay unknown; the guide's own entry; what has ended; and
    what was known to be right less than ASK_AFTER ago.
    """
    since = _today(now) - ASK_AFTER
    asked = (offer for offer in offers if offer.email and not offer.address_secret)
    found = [
        offer
        for offer in asked
        if not offer.is_the_guide and _runs(offer, now) and right_on(offer, confirmed) <= since
    ]
    return tuple(sorted(found, key=lambda offer: (right_on(offer, confirmed), offer.id)))


def one_an_address(offers: Sequence[Offer], lately: Collection[str]) -> tuple[Offer, ...]:
    """Of each mail address the first offer, and none of those in `lately`: nobody gets eight at once."""
    seen, found = {address.casefold() for address in lately}, []
    for offer in offers:
        address = (offer.email or "").casefold()
        if address not in seen:
            seen.add(address)
            found.append(offer)
    return tuple(found)


def quarter_of(now: dt.datetime) -> str:
    """The quarter on the German clock, as "2026-Q4"."""
    today = _today(now)
    return f"{today.year}-Q{(today.month + 2) // 3}"


def _state(offer: Offer, last: dt.date, today: dt.date) -> State:
    if offer.kind is not Kind.AUTHORITY and last <= months_ago(HIDDEN_AFTER, today):
        return State.HIDDEN
    return State.CALL_FIRST if last <= months_ago(CHECK_FIRST_AFTER, today) else State.SHOWN


def _runs(offer: Offer, now: dt.datetime) -> bool:
    ended = offer.valid_to is not None and offer.valid_to < _today(now)
    over = bool(offer.opening_hours) and Hours.parse(offer.opening_hours).over(now)
    return offer.status is Status.ACTIVE and not (ended or over)


def _assured(offer: Offer, day: dt.date) -> Offer:
    return offer if day == offer.assured_date else replace(offer, assured_date=day)


def _edited_since(check: Check, versions: Mapping[str, int]) -> bool:
    return versions.get(check.offer, check.version) != check.version


def _today(now: dt.datetime) -> dt.date:
    return now.astimezone(BERLIN).date()
