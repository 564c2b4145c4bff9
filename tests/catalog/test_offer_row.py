from dataclasses import replace

import pytest

from catalog.offer import Capacity, Offer, Paper, TargetGroup
from catalog.offer_row import row_of
from catalog.offers import offers_of
from tests.catalog.town import erlenfels, offer

SHORT = replace(
    offer("guide-erlenfels"), target_groups=(), modes=(), required_documents=(), capacity=None, residence=()
)


@pytest.mark.parametrize("one", erlenfels().offers, ids=lambda one: one.id)
def test_an_offer_comes_back_from_its_row_as_it_was(one: Offer) -> None:
    assert offers_of([row_of(one)], "desk") == (one,)


@pytest.mark.parametrize(
    "one",
    [
        replace(SHORT, capacity=Capacity(available=0, maximum=12, waiting_list=True)),
        replace(SHORT, target_groups=(TargetGroup.ALL, TargetGroup.WOMEN), residence=(Paper.DULDUNG,)),
        replace(SHORT, minimum_age=0, name={"de": "Café", "ti": "ቡና"}),
    ],
    ids=["places", "lists", "zero and other scripts"],
)
def test_what_the_fictional_town_does_not_say_comes_back_too(one: Offer) -> None:
    assert offers_of([row_of(one)], "desk") == (one,)


def test_what_is_by_default_is_not_written() -> None:
    """As people write it; what is missing means the same."""
    row = row_of(SHORT)
    assert "gender_only" not in row
    assert row["target_groups"] == []
    assert "cost" not in row
