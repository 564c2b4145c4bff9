"""Where somebody with a deadline is sent: to who gives advice for it and opens before the guide does."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.deadlines import opening, places, warning
from catalog.matching import Facts, Match
from catalog.needs import packaged_taxonomy
from catalog.offer import Kind, Offer
from tests.catalog.town import NOW, offer

MORNING = "Mo-Fr 09:00-12:00"
NEED = "housing.eviction"
LATER = NOW + dt.timedelta(hours=5)


def place(name: str, hours: str, kind: Kind = Kind.ADVICE_CENTRE, need: str = NEED) -> Offer:
    town = offer("mbe-sozialwerk")
    return replace(town, id=name, name={"de": name}, opening_hours=hours, kind=kind, needs=(need,))


def told(offers: Sequence[Offer], guide: dt.datetime | None, now: dt.datetime = NOW) -> tuple[str, str]:
    """Key of what is said, and the place that is named."""
    by_need: dict[str, list[Offer]] = {}
    for each in offers:
        by_need.setdefault(each.needs[0], []).append(each)
    found = list(places(by_need, packaged_taxonomy(), [NEED], Facts(), "de", now))
    reply, match = warning(found, [NEED], guide, now, "de")
    return reply.key.removeprefix("intake.deadline"), match.offer.id if match else ""


@pytest.mark.parametrize(
    ("offers", "guide", "expected"),
    [
        ([place("advice", MORNING)], LATER, (".open", "advice")),
        ([place("advice", MORNING)], NOW, (".open", "advice")),
        ([place("advice", "Mo-Fr 14:00-16:00")], LATER, (".opens", "advice")),
        ([place("advice", "We 09:00-12:00")], LATER, (".guide", "")),
        ([place("advice", "We 09:00-12:00")], NOW, (".guide_now", "")),
        ([place("advice", "We 09:00-12:00")], None, (".opens", "advice")),
        ([place("advice", "")], LATER, (".guide", "")),
        ([], None, ("", "")),
        (
            [place("office", MORNING, Kind.AUTHORITY), place("advice", "Mo-Fr 13:00-15:00")],
            LATER,
            (".opens", "advice"),
        ),
        ([place("office", MORNING, Kind.AUTHORITY)], LATER, (".open", "office")),
        ([place("course", MORNING, Kind.OFFER)], LATER, (".guide", "")),
        ([place("lawyers", MORNING, need="law.legal_advice")], LATER, (".open", "lawyers")),
        (
            [place("lawyers", MORNING, need="law.legal_advice"), place("advice", "Mo-Fr 13:00-15:00")],
            LATER,
            (".opens", "advice"),
        ),
    ],
    ids=[
        "advice that is open now",
        "also while the guide is there",
        "advice that opens before the guide",
        "the guide, where all others open later",
        "the guide who is there now",
        "advice, where nobody knows when the guide comes",
        "hours that nobody knows are no hours",
        "nothing at all: do not wait",
        "advice before an office, though it opens later",
        "an office, where there is no advice",
        "never a course",
        "help with any letter, where there is none for the need",
        "help for the need first",
    ],
)
def test_the_place_that_is_named(
    offers: list[Offer], guide: dt.datetime | None, expected: tuple[str, str]
) -> None:
    assert told(offers, guide) == expected


def test_of_places_that_open_together_the_best_fitting_is_named() -> None:
    match = Match(offer=place("first", MORNING), need=NEED, score=0.5, reasons=("responsible",))
    other = replace(match, offer=place("second", MORNING))
    _, named = warning([(NOW, match), (NOW, other)], [NEED], LATER, NOW, "de")
    assert named is match


def test_an_opening_is_now_or_next_or_unknown() -> None:
    assert opening(MORNING, NOW) == NOW
    assert opening("Mo 13:00-14:00", NOW) == dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    assert opening("", NOW) is None
