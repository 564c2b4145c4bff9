"""Open Referral HSDS 3: the published examples come in, and what goes out fits the schemas and comes back."""

import json
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings

from bot.files.entries import offers_in
from bot.files.hsds_check import problems_of
from bot.files.hsds_in import read_hsds
from bot.files.hsds_out import service_of
from catalog.needs import packaged_taxonomy
from catalog.offer import CostType, Offer, Status
from tests.bot.files.offers import problems, read_file, several_offers, write
from tests.catalog.town import erlenfels, offer

EXAMPLES = Path(__file__).with_name("hsds")
WITH_SERVICES = (
    "organization_full",
    "service_at_location_full",
    "service_at_location_list",
    "service_full",
    "service_list",
    "tabular",
)
SERVICE = json.loads((EXAMPLES / "service_full.json").read_text("utf-8"))


def the_draft(service: Any = SERVICE, **proposed: str) -> Offer:
    entries = read_hsds(
        Path("x.json"), service, lambda text: [need for word, need in proposed.items() if word in text]
    )
    (one,) = offers_in(entries, real=False)
    return one


def exported(name: str = "frauenberatung") -> dict[str, Any]:
    return service_of(offer(name), "erlenfels", packaged_taxonomy())


def test_a_whole_town_comes_back_as_it_was(tmp_path: Path) -> None:
    """All entries, in all languages; none is a draft because of that."""
    file = tmp_path / "offers.json"
    write(file, erlenfels().offers)
    entries = read_file(file)
    assert offers_in(entries, real=False) == erlenfels().offers
    assert entries.proposed == frozenset()


@settings(max_examples=40, deadline=None)
@given(several_offers)
def test_nothing_of_any_offer_is_lost(written: tuple[Offer, ...]) -> None:
    """Whatever HSDS does not have rides in its attributes."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "offers.json"
        write(file, written)
        assert offers_in(read_file(file)) == written


def test_what_is_written_is_a_page_of_services_that_the_schema_allows(tmp_path: Path) -> None:
    """And its ids are the same in the next export, so that others know their objects again."""
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    write(first, erlenfels().own)
    write(second, erlenfels().own)
    page = json.loads(first.read_text("utf-8"))
    assert (page["total_items"], len(page["contents"])) == (34, 34)
    assert [problem for each in page["contents"] for problem in problems_of(each, "x", "x")] == []
    assert first.read_bytes() == second.read_bytes()


def test_others_find_times_needs_and_places_where_hsds_has_them() -> None:
    """Not only in fields that are ours."""
    service = exported("buergerbuero-erlenfels")
    days = {(each["byday"], each["opens_at"], each["closes_at"]) for each in service["schedules"]}
    assert days == {("MO,TU,WE,TH,FR", "08:00", "12:00"), ("TH", "14:00", "18:00")}
    terms = [each["taxonomy_term"]["code"] for each in service["attributes"] if "taxonomy_term" in each]
    assert set(offer("buergerbuero-erlenfels").needs) <= set(terms)
    (address,) = service["service_at_locations"][0]["location"]["addresses"]
    assert (address["postal_code"], address["country"]) == ("65999", "DE")
    assert service["phones"][0]["number"] == "+49 69 90009101"


def test_what_others_have_mended_in_their_own_fields_counts(tmp_path: Path) -> None:
    """A partner who corrects the number does not know of our attributes."""
    service = deepcopy(exported())
    service["phones"][0]["number"] = "+49 6172 9990"
    service["status"] = "inactive"
    changed = the_draft(service)
    assert (changed.phone, changed.status) == ("+49 6172 9990", Status.INACTIVE)
    assert changed.name == offer("frauenberatung").name


@pytest.mark.parametrize("name", WITH_SERVICES)
def test_every_published_example_with_services_comes_in_as_a_draft(name: str) -> None:
    """Whether it is a service, a page, an organization, a place or a package of tables."""
    content = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    draft = the_draft(content)
    assert (draft.id, draft.status) == ("hsds-ac148810-d857-441c-9679-408f346de14b", Status.DRAFT)
    assert draft.name["de"] == "Community Counselling"
    assert draft.cost.type is CostType.FEE


@pytest.mark.parametrize("name", sorted({path.stem for path in EXAMPLES.glob("*.json")} - set(WITH_SERVICES)))
def test_a_published_example_without_services_says_so(name: str) -> None:
    (told,) = problems(read_file, EXAMPLES / f"{name}.json")
    assert "has no services in it. Export services" in told


def test_what_a_foreign_service_says_is_kept_and_what_cannot_be_kept_is_told() -> None:
    """Times that are more than a week, and an address that is not encrypted."""
    entries = read_hsds(Path("x.json"), SERVICE)
    (draft,) = offers_in(entries, real=False)
    assert (draft.phone, draft.email, draft.url) == ("+44 1234 234567", "email@example.com", None)
    assert (draft.minimum_age, draft.maximum_age, draft.interpretation_services) == (12, 100, True)
    assert draft.address is not None
    assert draft.address.address_1 == "1-30 Main Street"
    assert "does not begin with https://" in entries.remarks[0]
    assert "more than a week can say" in entries.remarks[1]
    assert draft.schedule_description["de"].startswith("The service is available from 10 am")


def test_no_name_of_a_person_comes_in() -> None:
    """Contacts of HSDS have one; here only functions are kept."""
    assert "Ann Persona" not in str(the_draft())


def test_weekly_times_become_opening_hours() -> None:
    schedule = {
        "id": SERVICE["id"],
        "freq": "WEEKLY",
        "byday": "MO,TU",
        "opens_at": "09:00:00",
        "closes_at": "12:30",
    }
    later = {**schedule, "byday": "TU", "opens_at": "14:00", "closes_at": "16:00"}
    assert the_draft(
        {**SERVICE, "schedules": [schedule, later], "service_at_locations": []}
    ).opening_hours == ("Mo 09:00-12:30; Tu 09:00-12:30,14:00-16:00")


def test_needs_are_proposed_by_terms_before_names_and_names_before_texts() -> None:
    assert the_draft(Counselling="health.mental", anxiety="health.doctor").needs == ("health.mental",)
    term = {"id": SERVICE["id"], "name": "Housing", "description": "x"}
    service = {**SERVICE, "attributes": [{"id": SERVICE["id"], "taxonomy_term": term}]}
    assert the_draft(service, Housing="housing.search", Counselling="health.mental").needs == (
        "housing.search",
    )


def test_html_and_scripts_in_texts_become_plain_lines() -> None:
    service = {
        **SERVICE,
        "description": "<p>Eins</p><script>alert(1)</script><ul><li>Zwei &amp; drei</li></ul>",
    }
    assert the_draft(service).description == {"de": "Eins\n– Zwei & drei"}


def test_everything_that_the_schema_refuses_is_told_at_once() -> None:
    """With the name of the service and where in it."""
    one = {**SERVICE, "status": "open", "minimum_age": "twelve"}
    other = {"id": "x", "name": "Other", "organization_id": "y"}
    told = problems(lambda: offers_in(read_hsds(Path("x.json"), [one, other])))
    assert [line.partition(": HSDS")[0] for line in told] == [
        "x.json, entry 'Community Counselling', field 'minimum_age'",
        "x.json, entry 'Community Counselling', field 'status'",
        "x.json, entry 'Other'",
        "x.json, entry 'Other', field 'id'",
        "x.json, entry 'Other', field 'organization_id'",
    ]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"[" * 100_000, "is nested too deep"),
        (b'{"a": NaN}', "has a number that is none"),
        (b"9" * 10_000, "has a number that is none"),
        (b'{"services": [}', "is no JSON"),
        ("[]".encode("utf-16"), "is not written in UTF-8"),
        (b"[" * 300 + b"]" * 300, "has no services in it"),
        (b'"text"', "has no services in it"),
        (b" " * 17_000_000, "is larger than 16 MB"),
    ],
    ids=["deep", "NaN", "digits", "broken", "UTF-16", "lists in lists", "a text", "large"],
)
def test_json_made_to_do_harm_ends_in_a_sentence(tmp_path: Path, content: bytes, text: str) -> None:
    (tmp_path / "x.json").write_bytes(content)
    (told,) = problems(read_file, tmp_path / "x.json")
    assert text in told
