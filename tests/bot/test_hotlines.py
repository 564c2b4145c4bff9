"""The numbers that people call in danger: the same ones, written in the same way, wherever they stand."""

from collections.abc import Iterator
from functools import lru_cache

import pytest

from bot.town_script import TownScript
from bot.web.linking import FOUND
from bot.wiring import script_from_files
from tests.catalog.town import NOW, erlenfels

CARD = "emergency.card"
LANGUAGES = ("de", "en", "ar", "uk")


@lru_cache(maxsize=1)
def script() -> TownScript:
    return script_from_files(erlenfels())


def numbers(text: str) -> list[str]:
    """Telephone numbers as they stand in a text, in order; marks of direction are no part of them."""
    plain = "".join(char for char in text if char not in "\u2066\u2067\u2068\u2069")
    return [found["tel"] for found in FOUND.finditer(plain) if found["tel"]]


@lru_cache(maxsize=1)
def written() -> dict[str, str]:
    """Digits of every hotline, and how the list of needs writes them; some stand in a note only."""
    hotlines = script().taxonomy.hotlines
    known = [number for hotline in hotlines for number in (hotline.number, *numbers(hotline.note))]
    return {number.replace(" ", ""): number for number in known}


def texts(language: str) -> Iterator[tuple[str, str]]:
    for key, forms in script().wording[language].texts.items():
        yield from ((key, form) for form in forms)


def test_every_hotline_reads_as_a_number() -> None:
    """Otherwise it could not be tapped, and the tests below would not see it."""
    for hotline in script().taxonomy.hotlines:
        assert numbers(hotline.number) == [hotline.number]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_is_grouped_in_one_way_in_all_texts(language: str) -> None:
    """As on posters: who compares a card with one must see that it is the same."""
    found = {(key, number) for key, text in texts(language) for number in numbers(text)}
    assert found
    assert {
        (key, number) for key, number in found if number != written().get(number.replace(" ", ""), number)
    } == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_has_the_confirmed_numbers_of_its_emergency_and_no_unknown_one(language: str) -> None:
    """A digit wrong in one language would be found by whoever needs it."""
    for code in script().taxonomy.domains["emergency"].needs:
        key = f"{CARD}.{code.partition('.')[2]}"
        on_card = numbers(script().text(key, language))
        confirmed = {h.number for h in script().taxonomy.hotlines_of(code) if not h.verify}
        assert set(on_card) >= confirmed
        assert set(on_card) <= set(written().values())


def test_a_card_has_the_same_numbers_in_every_language() -> None:
    """In the same order; the German card is the one that was checked."""
    cards = [key for key, _ in texts("de") if key.startswith(CARD)]
    assert len(cards) > 1
    for key in cards:
        told = {language: numbers(script().text(key, language)) for language in LANGUAGES}
        assert set(map(tuple, told.values())) == {tuple(told["de"])}
        assert told["de"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_hotlines_beside_offers_are_written_as_on_the_cards(language: str) -> None:
    """The same number twice on one screen must look the same."""
    shown = script().contents("offers", {"detail": ("family.violence",)}, language, NOW)
    (beside,) = [reply for reply in shown.replies if reply.key == "offers.hotlines"]
    (number,) = numbers(script().text(beside.key, language, beside.args))
    assert number in numbers(script().text(f"{CARD}.violence", language))
