import datetime as dt
import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from catalog.municipality import MUNICIPALITIES, load_municipality
from catalog.needs import CatalogError
from catalog.offer import BookedBy, Offer, Status
from catalog.offers import offers_of, read_offers
from tests.catalog.town import erlenfels, offer

RIGHT = {
    "id": "cafe",
    "kind": "offer",
    "status": "active",
    "name": {"de": "Café", "en": "Café"},
    "description": "Reden und Tee trinken.",
    "needs": ["social.contacts"],
    "body": "begegnung",
    "organization": "Verein",
    "service_area": "municipality",
    "assured_date": dt.date(2026, 11, 1),
}


def problems(**changes: object) -> str:
    with pytest.raises(CatalogError) as caught:
        offers_of([{**RIGHT, **changes}], "offers.toml")
    return str(caught.value)


def test_the_demo_town_has_63_entries_and_each_stands_once() -> None:
    """Shared entries are kept once and used by name."""
    town = erlenfels()
    assert len(town.offers) == len({one.id for one in town.offers}) == 63
    assert {name: len(offers) for name, offers in town.shared.items()} == {
        "hintertaunus": 25,
        "hessen": 3,
        "bund": 1,
    }


def test_everything_in_the_demo_is_fictional() -> None:
    """Nobody's real telephone may ring because of a demo."""
    for one in erlenfels().offers:
        assert one.phone is None or re.fullmatch(r"\+49 69 90009\d{3}", one.phone)
        assert all(".example.org" in text for text in (one.url, one.email) if text)


def test_an_offer_survives_being_kept_as_json() -> None:
    """Storage keeps each version of an offer as JSON."""
    adapter = TypeAdapter(Offer)
    for one in erlenfels().offers:
        assert adapter.validate_json(adapter.dump_json(one)) == one


@pytest.mark.parametrize("id_", ["frauenhaus-region", "frauenberatung"])
def test_a_secret_address_is_not_even_in_the_file(id_: str) -> None:
    """What is not written down cannot leak."""
    assert offer(id_).address_secret
    assert offer(id_).address is None


def test_the_edge_cases_of_the_catalogue_are_there() -> None:
    """Later tests rest on them."""
    assert offer("naehcafe-alt").status is Status.INACTIVE
    assert offer("fahrradwerkstatt").phone is None
    assert offer("sprachmittlerpool").booked_by is BookedBy.GUIDE
    assert offer("anerkennung-mobil").valid_to == dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"assured_date": "1.11.2026"}, "'1.11.2026' is no date. Write it as 2026-11-23."),
        ({"needs": ["social.contact"]}, "no need 'social.contact'. Did you mean 'social.contacts'?"),
        ({"needs": []}, "Name at least one need"),
        ({"body": "begegnungg"}, "Did you mean 'begegnung'?"),
        ({"kind": "course"}, "Use one of: offer, advice_centre"),
        ({"opening_hours": "Mo-Fr 08:00-12:00; Th 14:00-18:00"}, "Th 08:00-12:00,14:00-18:00"),
        ({"phone": "069-12345"}, "'+49 69 90009100'"),
        ({"url": "http://example.org"}, "must begin with https://"),
        ({"valid_from": dt.date(2026, 5, 1), "valid_to": dt.date(2026, 4, 1)}, "lies before valid_from"),
        ({"minimum_age": 18, "maximum_age": 6}, "is less than minimum_age"),
        ({"minimum_age": "18"}, "must be a number"),
        ({"organisation": "Verein"}, "no such field. Did you mean 'organization'?"),
        ({"cost": {"type": "free", "ammount": 3}}, "field 'cost.ammount'"),
        ({"name": {"en": "Café"}}, "has no German text"),
        (
            {"address_secret": True, "address": {"address_1": "A 1", "postal_code": "1", "city": "B"}},
            "secret",
        ),
        ({"capacity": {"available": 9, "maximum": 3}}, "more than the maximum"),
        ({"languages": ["german"]}, "'german' is no language code"),
        ({"appointment_required": "yes"}, "must be true or false"),
        ({"id": "Café 1"}, "small letters, digits and hyphens"),
        ({"name": ""}, "is missing"),
        ({"residence": ["none"]}, "'none' is not possible here"),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else None,
)
def test_a_wrong_field_is_told_with_its_remedy(changes: dict[str, object], told: str) -> None:
    """The author of the file can act on the sentence alone."""
    message = problems(**changes)
    assert told in message
    assert message.startswith("1 problem\n")


def test_all_problems_of_all_entries_are_told_at_once(tmp_path: Path) -> None:
    """Also those that only show when fields or entries are compared."""
    entry = """
[[offer]]
id = "cafe"
kind = "offer"
status = "open"
name = "Café"
description = "Tee"
needs = ["social.contacts"]
body = "begegnung"
organization = "Verein"
service_area = "municipality"
assured_date = 2026-13-01
"""
    path = tmp_path / "offers.toml"
    path.write_text(entry.replace("2026-13-01", '"2026-13-01"') * 2, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        read_offers(path)
    assert [(p.file, p.entry, p.field) for p in caught.value.problems] == [
        ("offers.toml", "cafe", "status"),
        ("offers.toml", "cafe", "assured_date"),
        ("offers.toml", "cafe", "status"),
        ("offers.toml", "cafe", "assured_date"),
        ("offers.toml", "cafe", "id"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[offer]]\nid = ", "not readable"),
        ("[[offers]]\n", "Did you mean 'offer'?"),
        ("offer = 3", "[[offer]]"),
    ],
    ids=["broken TOML", "a wrong table", "no list"],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """Not a traceback but a sentence."""
    path = tmp_path / "offers.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        read_offers(path)
    assert told in str(caught.value)


def test_a_town_without_its_files_tells_each(tmp_path: Path) -> None:
    """A new town's folder can be filled step by step along the answers."""
    (tmp_path / "municipality.toml").write_text('id = "x"\nshared = ["moon"]\n[guide]\nrole = "G"\n')
    with pytest.raises(CatalogError) as caught:
        load_municipality(tmp_path)
    message = str(caught.value)
    for told in ("offers.toml", "moon.toml", "privacy.de.md", "table [deputy]", "'guide.phone'", "'name'"):
        assert told in message


def test_the_demo_town_has_its_legal_pages_in_two_languages() -> None:
    """And each says that the town does not exist."""
    pages = load_municipality(MUNICIPALITIES / "erlenfels").pages
    assert len(pages) == 6
    assert all("gibt es nicht" in text or "does not exist" in text for text in pages.values())


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("assured_date", {"assured_date": "2026-11-24"}),
        ("capacity.updated", {"capacity": {"available": 3, "updated": "2026-11-24"}}),
    ],
)
def test_a_check_of_a_day_to_come_is_refused_once_it_is_known_what_day_it_is(
    field: str, changes: dict[str, object]
) -> None:
    """A town's own files do not know: they are read at every start, and may not fail then."""
    rows = [{**RIGHT, **changes}]
    assert offers_of(rows, "x")
    assert offers_of(rows, "x", today=dt.date(2026, 11, 24))
    with pytest.raises(CatalogError) as caught:
        offers_of(rows, "x", today=dt.date(2026, 11, 23))
    (problem,) = caught.value.problems
    assert problem.field == field
    assert problem.text == "2026-11-24 lies in the future. Write the day on which somebody last asked."


def test_a_draft_may_lack_what_only_a_guide_knows() -> None:
    """And nothing else; an entry that is shown may not."""
    bare = {name: value for name, value in RIGHT.items() if name not in {"needs", "body", "organization"}}
    (draft,) = offers_of([{**bare, "status": "draft"}], "offers.toml")
    assert (draft.needs, draft.body, draft.organization) == ((), "", "")
    assert "needs" in problems(needs=[])
    assert "'body': is missing" in problems(body="")
    assert "'organization': is missing" in problems(organization="")
    assert "'description': is missing" in problems(status="draft", description="")


def test_a_problem_in_a_table_names_its_row() -> None:
    """The second of two with one id is told, once."""
    with pytest.raises(CatalogError) as caught:
        offers_of([RIGHT, {**RIGHT, "phone": "110"}, RIGHT], "offers.xlsx", numbers=[2, 3, 7])
    assert [str(problem).partition(": ")[0] for problem in caught.value.problems] == [
        'offers.xlsx, row 3, column "phone"',
        'offers.xlsx, row 3, column "id"',
    ]
