"""Offers for the same people, the same need and the same place are found before a new one is begun."""

from dataclasses import replace

import pytest

from catalog.offer import Area, GenderOnly, Offer, Status, TargetGroup
from catalog.overlaps import like, overlaps, same_audience
from tests.catalog.town import erlenfels, offer

G = TargetGroup


def cafe(id_: str, *groups: TargetGroup, **changed: object) -> Offer:
    plain = replace(
        offer("sprachcafe-mittwoch"),
        id=id_,
        needs=("lang.practice",),
        target_groups=groups or (G.ALL,),
        gender_only=None,
        minimum_age=None,
        maximum_age=None,
        service_area=Area.MUNICIPALITY,
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def groups(*offers: Offer) -> list[list[str]]:
    return [[one.id for one in each.offers] for each in overlaps(offers)]


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (cafe("a"), cafe("b"), True),
        (cafe("a", G.WOMEN), cafe("b"), True),
        (cafe("a", G.WOMEN), cafe("b", G.SENIORS), False),
        (cafe("a", G.ADULTS), cafe("b", G.ADULTS_27PLUS), True),
        (cafe("a", G.ADULTS), cafe("b", G.SENIORS), True),
        (cafe("a", G.ADULTS), cafe("b", G.CHILDREN), False),
        (cafe("a", G.REFUGEES), cafe("b", G.TOLERATED), True),
        (cafe("a", gender_only=GenderOnly.WOMEN), cafe("b", gender_only=GenderOnly.MEN), False),
        (cafe("a", gender_only=GenderOnly.WOMEN), cafe("b"), True),
        (cafe("a", maximum_age=17), cafe("b", minimum_age=18), False),
        (cafe("a", maximum_age=18), cafe("b", minimum_age=18), True),
    ],
    ids=[
        "both for all",
        "one for all",
        "other groups",
        "a group within the other",
        "seniors are adults",
        "adults and children",
        "who is tolerated is a refugee",
        "women and men",
        "women and everybody",
        "ages apart",
        "ages that touch",
    ],
)
def test_audiences_meet_if_somebody_could_be_meant_by_both(one: Offer, other: Offer, meet: bool) -> None:
    """Whichever is asked first."""
    assert same_audience(one, other) is same_audience(other, one) is meet


@pytest.mark.parametrize(
    ("changed", "together"),
    [
        ({}, True),
        ({"needs": ("social.contacts",)}, False),
        ({"service_area": Area.DISTRICT}, False),
        ({"status": Status.INACTIVE}, False),
        ({"status": Status.DRAFT}, True),
    ],
    ids=["alike", "another need", "another area", "gone", "a draft"],
)
def test_a_group_shares_need_area_and_audience(changed: dict[str, object], together: bool) -> None:
    assert groups(cafe("a"), cafe("b", **changed)) == ([["a", "b"]] if together else [])


def test_who_overlaps_through_a_third_is_in_its_group() -> None:
    women, men = {"gender_only": GenderOnly.WOMEN}, {"gender_only": GenderOnly.MEN}
    assert groups(cafe("a", **women), cafe("b", **men)) == []
    assert groups(cafe("a", **women), cafe("b", **men), cafe("c")) == [["a", "b", "c"]]


def test_the_same_offers_with_several_needs_are_told_once() -> None:
    needs = ("social.contacts", "lang.practice")
    (found,) = overlaps([cafe("a", needs=needs), cafe("b", needs=needs)])
    assert found.needs == ("lang.practice", "social.contacts")


def test_the_guide_overlaps_with_nobody() -> None:
    assert not any(one.is_the_guide for each in overlaps(erlenfels().offers) for one in each.offers)


def test_the_order_of_the_entries_does_not_matter() -> None:
    offers = erlenfels().offers
    assert overlaps(offers) == overlaps(offers[::-1]) != ()


def test_a_new_entry_is_told_what_is_like_it() -> None:
    """Not itself, and not what is gone."""
    there = [cafe("a"), cafe("b", G.CHILDREN), cafe("c", status=Status.INACTIVE), cafe("new")]
    assert [one.id for one in like(there, cafe("new", G.WOMEN))] == ["a"]
