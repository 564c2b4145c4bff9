"""An offer is found by its name, misspelt as people do; what is not there is not made up."""

from dataclasses import replace

import pytest

from catalog.offer_search import OfferSearch
from tests.catalog.town import erlenfels, index


@pytest.mark.parametrize(
    ("asked", "offer"),
    [
        ("Bürgerbüro Erlenfels", "buergerbuero-erlenfels"),
        ("buergerbüro erlenfels", "buergerbuero-erlenfels"),
        ("bürgebüro", "buergerbuero-erlenfels"),
        ("مكتب المواطنين", "buergerbuero-erlenfels"),
        ("citizens office", "buergerbuero-erlenfels"),
    ],
)
def test_a_name_is_found_in_any_language_with_slips(asked: str, offer: str) -> None:
    assert index().search.find(asked, "de")[0].offer == offer


def test_the_best_comes_first_and_each_offer_once() -> None:
    found = index().search.find("Beratung", "de", most=10)
    assert len({each.offer for each in found}) == len(found) > 1
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


@pytest.mark.parametrize("asked", ["", "?", "xqzxqz", "x" * 3000], ids=len)
def test_what_is_like_no_name_finds_nothing(asked: str) -> None:
    assert index().search.find(asked, "de") == ()


def test_a_town_without_offers_has_nothing_to_find() -> None:
    assert OfferSearch.build([]).find("Bürgerbüro", "de") == ()


def test_two_offers_of_one_name_are_both_found() -> None:
    offer = erlenfels().offers[0]
    search = OfferSearch.build([offer, replace(offer, id="twin")])
    assert {each.offer for each in search.find(offer.name["de"], "de")} == {offer.id, "twin"}
