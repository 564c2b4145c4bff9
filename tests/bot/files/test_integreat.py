"""Places of Integreat become drafts: what it knows is kept, what only a guide knows is left to one."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from bot.files.entries import Entries, offers_in
from bot.files.integreat_in import is_integreat, read_integreat
from catalog.offer import Address, Kind, Offer, Status, Wheelchair
from tests.bot.files.integreat import DAY, WEEK, page, place
from tests.bot.files.offers import problems, read_file


def entries(*contents: Any, **proposed: str) -> Entries:
    return read_integreat(
        "x.json", contents, lambda text: [need for word, need in proposed.items() if word in text]
    )


def draft(*contents: Any, **proposed: str) -> Offer:
    (one,) = offers_in(entries(*contents, **proposed))
    return one


def test_a_place_becomes_a_draft_with_all_that_is_known_of_it() -> None:
    """And with nothing that is not: needs, body and the day of a check are a guide's."""
    one = draft([place()])
    assert (one.id, one.status, one.needs, one.body) == ("integreat-4", Status.DRAFT, (), "")
    assert one.name == {"de": "Sprachkurse im Haus der Vielfalt"}
    assert one.description == {"de": "Deutsch\nWir üben Deutsch.\n– montags"}
    assert one.address == Address(address_1="Am Markt 3", postal_code="65998", city="Musterstadt")
    assert (one.phone, one.email, one.url) == (
        "+49 6172 9990",
        "kurse@vielfalt.test",
        "https://vielfalt.test/kurse",
    )
    assert one.opening_hours == "Mo,Th,Fr 09:00-12:00; Tu 09:00-12:00,14:00-18:00; Sa 00:00-24:00"
    assert (one.organization, one.wheelchair) == ("Verein Vielfalt", Wheelchair.YES)
    assert one.assured_date == dt.date(2026, 3, 2)
    assert one.note == "Aus Integreat: https://integreat.test/musterstadt/de/locations/ort-4/"


def test_the_name_of_a_person_stays_where_it_is() -> None:
    """Of a contact only the function comes in."""
    one = draft([place()])
    assert one.contact == "Kursleitung"
    assert "Erika" not in str(one)


def test_all_languages_of_a_place_come_together_in_one_entry() -> None:
    """Whatever the order of the files; what has no German text is left out and told."""
    found = entries([place(language="ar"), place(5, "ar")], [place()], [place(language="en")])
    (one,) = offers_in(found)
    assert set(one.name) == set(one.description) == {"de", "ar", "en"}
    assert found.remarks == ("without a German text, and left out: integreat-5",)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"category": {"name": "Behörde/Amt"}}, Kind.AUTHORITY),
        ({"title": "Jugendamt"}, Kind.OFFER),
        ({"title": "Schuldnerberatung"}, Kind.ADVICE_CENTRE),
        ({"category": None}, Kind.OFFER),
    ],
    ids=["by category", "not by half a word", "by title", "nothing said"],
)
def test_the_kind_is_proposed_by_the_words(changed: dict[str, Any], kind: Kind) -> None:
    assert draft([place(**changed)]).kind is kind


def test_needs_are_proposed_by_title_then_category_then_linking_pages_then_text() -> None:
    """The first that says any counts: a category says more than a sentence."""
    assert draft([place()], Bildung="edu.kita", Sprachkurse="lang.literacy").needs == ("lang.literacy",)
    assert draft([place()], Bildung="edu.kita", montags="lang.literacy").needs == ("edu.kita",)
    link = '<p><a href="https://integreat.test/musterstadt/de/locations/ort-4/?x=1">Kurse</a></p>'
    one = draft([place()], [page(link)], Schulden="money.debts", montags="lang.literacy")
    assert one.needs == ("money.debts",)
    assert one.note.endswith("Auch auf der Seite: /musterstadt/de/hilfe/schulden/")
    assert draft([place()], [page("<p>nichts</p>")], Schulden="money.debts").needs == ()


@pytest.mark.parametrize(
    ("changed", "hours"),
    [
        ({"opening_hours": None}, ""),
        ({"opening_hours": [{**DAY, "closed": True}] * 7}, ""),
        ({"opening_hours": [{**DAY, "allDay": True}] * 7}, "Mo-Su 00:00-24:00"),
        (
            {"opening_hours": [{**DAY, "timeSlots": [{"start": "18:00", "end": "00:00"}]}] * 7},
            "Mo-Su 18:00-24:00",
        ),
        ({"opening_hours": [{**DAY, "timeSlots": [{"start": "9 Uhr", "end": None}]}] * 7}, ""),
        ({"opening_hours": WEEK[:3]}, ""),
        ({"opening_hours": "immer"}, ""),
    ],
    ids=["none", "always closed", "day and night", "until midnight", "no clock", "half a week", "no list"],
)
def test_times_come_in_if_they_can_be_meant(changed: dict[str, Any], hours: str) -> None:
    assert draft([place(**changed)]).opening_hours == hours


def test_by_appointment_only_is_kept() -> None:
    assert draft([place(opening_hours=[{**DAY, "appointmentOnly": True}] * 7)]).appointment_required


def test_what_cannot_be_taken_is_told_with_the_place() -> None:
    found = entries([place(temporarily_closed=True, phone_number="auf Anfrage", contacts=[])])
    assert found.remarks == (
        "integreat-4 (Sprachkurse im Haus der Vielfalt): is closed for the time being, says Integreat",
        "integreat-4 (Sprachkurse im Haus der Vielfalt): its telephone number is not understood",
    )


def test_long_texts_are_cut_between_words() -> None:
    one = draft([place(content=f"<p>{'Wort ' * 3000}</p>", title="Titel " * 100)])
    assert len(one.description["de"]) <= 2000
    assert one.description["de"].endswith("Wort …")
    assert len(one.name["de"]) <= 200


@pytest.mark.parametrize(
    "broken",
    [
        {"location": {}},
        {"location": {"id": "4"}},
        {"path": None},
        {"path": "/"},
        {"title": None},
        {"location": None},
    ],
    ids=str,
)
def test_a_place_without_number_or_language_is_none(broken: dict[str, Any]) -> None:
    """Whatever else stands in the answer comes in, or it says that there is nothing."""
    whole = [place(**broken), place(7)]
    ids = [offer.id for offer in offers_in(entries(whole))]
    assert ids in (["integreat-7"], ["integreat-4", "integreat-7"])
    assert (len(ids) == 2) == (broken == {"title": None})


@pytest.mark.parametrize(
    "strange",
    [
        {"content": 5},
        {"category": "x"},
        {"organization": []},
        {"contacts": {}},
        {"opening_hours": [1] * 7},
        {"barrier_free": []},
    ],
    ids=str,
)
def test_fields_of_another_shape_say_nothing(strange: dict[str, Any]) -> None:
    """Integreat changes; an import must not fall over it."""
    assert draft([place(**strange)]).id == "integreat-4"


def test_files_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    """Integreat and HSDS are both JSON; files of Integreat are taken together."""
    german, english = tmp_path / "de.json", tmp_path / "en.json"
    german.write_text(json.dumps([place()]), "utf-8")
    english.write_text(json.dumps([place(language="en")]), "utf-8")
    assert read_file(german).source == "integreat"
    assert not is_integreat([{"id": "x", "name": "y", "status": "active"}])
    (told,) = problems(read_file, english)
    assert "has no places in German" in told
