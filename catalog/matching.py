"""Which offers fit one need of one person, and why; it does not read words and changes nothing."""

from dataclasses import dataclass, field

from catalog.offer import Offer

SHOWN_AT_MOST = 3  # offers per need; more are not read on a phone
GENDERS = ("woman", "man", "other")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """`score` is 0 to 1; `reasons` are codes of REASONS, the most telling first, never empty."""

    offer: Offer
    need: str
    score: float
    reasons: tuple[str, ...]
