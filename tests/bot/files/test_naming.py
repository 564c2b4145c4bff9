"""Ids that are made from names: stable, unique, and never those of another offer."""

from dataclasses import replace

import pytest

from bot.files.entries import Entries
from bot.files.naming import slug, with_ids
from catalog.offer import Offer
from tests.catalog.town import offer

CAFE: dict[str, object] = {"name": {"de": "Café Übergang"}, "organization": "Verein"}


def ids(*rows: dict[str, object], known: tuple[Offer, ...] = ()) -> list[str]:
    return [row["id"] for row in with_ids(Entries(file="x", rows=rows), known).rows]


def shown(name: str, organization: str) -> Offer:
    return replace(
        offer("rathaus-soziales"), id="cafe-uebergang", name={"de": name}, organization=organization
    )


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Café Übergang", "cafe-uebergang"),
        ("  Straße & Haus – 2. Stock! ", "strasse-haus-2-stock"),
        ("Дім", "eintrag"),
        ("", "eintrag"),
        ("x" * 300, "x" * 48),
    ],
)
def test_an_id_has_small_letters_digits_and_hyphens(name: str, made: str) -> None:
    assert slug(name) == made


def test_two_of_one_name_get_a_number() -> None:
    assert ids(CAFE, CAFE, {**CAFE, "id": "cafe-uebergang-2"}) == [
        "cafe-uebergang",
        "cafe-uebergang-3",
        "cafe-uebergang-2",
    ]


def test_an_entry_without_id_is_the_known_one_of_its_name_and_organization() -> None:
    """So the same file twice changes nothing; a course of another provider is another course."""
    assert ids(CAFE, known=(shown("Café Übergang", "Verein"),)) == ["cafe-uebergang"]
    assert ids(CAFE, known=(shown("Café Übergang", "Kirche"),)) == ["cafe-uebergang-2"]
    assert ids(CAFE, known=(shown("Café am Übergang", "Verein"),)) == ["cafe-uebergang-2"]


def test_what_was_made_is_told_with_its_row() -> None:
    """So that whoever keeps the file can write it in."""
    entries = with_ids(Entries(file="x", rows=(CAFE,), numbers=(7,)), ())
    assert entries.remarks == ("row 7 had no id and is 'cafe-uebergang' now",)
