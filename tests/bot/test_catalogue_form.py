"""The form for an entry: it loses nothing that it does not show, and says in German what cannot be."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bot.catalogue_form import BY_TEXT, BY_WEEK, DOCUMENTS, YES, Read, Typed, read, settled, typed_of
from bot.catalogue_problems import OTHERWISE, in_german
from catalog.needs import CatalogError, packaged_taxonomy
from catalog.offer import Capacity, Offer
from catalog.offer_row import row_of
from catalog.offers import offers_of
from tests.catalog.town import erlenfels, offer

TODAY = dt.date(2026, 11, 23)
TAXONOMY = packaged_taxonomy()
OFFICE = offer("buergerbuero-erlenfels")


def sent(base: Offer = OFFICE, **changed: str | tuple[str, ...]) -> Read:
    """The form as it stands for the offer, with some fields changed; `__` stands for a dot."""
    typed = typed_of(base)
    named = {name.replace("__", "."): value for name, value in changed.items()}
    texts = {name: value for name, value in named.items() if isinstance(value, str)}
    ticks = {name: value for name, value in named.items() if isinstance(value, tuple)}
    filled = Typed(texts={**typed.texts, **texts}, ticks={**typed.ticks, **ticks})
    return read(filled, base, TODAY, TAXONOMY)


@pytest.mark.parametrize("one", erlenfels().offers, ids=lambda one: one.id)
def test_a_form_that_is_sent_as_it_stands_changes_nothing(one: Offer) -> None:
    """Whatever the files say, in every language."""
    assert read(typed_of(one), one, TODAY, TAXONOMY) == Read(offer=one)


def test_the_demo_town_s_notes_are_german_as_guides_read_them() -> None:
    english = {"the", "is", "has", "no", "not", "at", "case", "case:", "only", "and"}
    notes = [one.note for one in erlenfels().offers if one.note]
    assert notes
    assert [note for note in notes if english & set(note.casefold().split())] == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"phone": " +49  69 90009101 "}, {"phone": "+49 69 90009101"}),
        ({"phone": ""}, {"phone": None}),
        ({"minimum_age": "16"}, {"minimum_age": 16}),
        ({"valid_to": "31.12.2026"}, {"valid_to": dt.date(2026, 12, 31)}),
        ({"gender_only": "women"}, {"gender_only": "women"}),
        ({"interpretation_services": (YES,)}, {"interpretation_services": True}),
        ({"checked_today": (YES,)}, {"assured_date": TODAY}),
        ({"modified": (YES,)}, {"origin": "modified_by_kisi"}),
        ({"name__ar": ""}, {"name": {"de": "Bürgerbüro Erlenfels", "en": "Citizens' office Erlenfels",
                                     "uk": OFFICE.name["uk"]}}),
        ({"note": "zwei\nZeilen"}, {"note": "zwei\nZeilen"}),
    ],
    ids=["blanks", "emptied", "an age", "a German date", "a choice", "a tick", "checked", "changed by us",
         "a text less", "lines"],
)  # fmt: skip
def test_one_field_changes_one_thing(changed: dict[str, Any], expected: dict[str, Any]) -> None:
    assert sent(**changed).offer == replace(OFFICE, **expected)


def test_an_amount_may_be_written_with_a_comma() -> None:
    found = sent(cost__amount="12,50").offer
    assert found is not None
    assert found.cost.amount == 12.5
    assert typed_of(found).text("cost.amount") == "12,5"


def test_ticks_keep_the_order_in_which_needs_count() -> None:
    """The first need of an entry weighs most; a form of boxes must not shuffle them."""
    first, second = OFFICE.needs
    found = sent(needs=("admin.forms", second, first)).offer
    assert found is not None
    assert found.needs == (first, second, "admin.forms")


def test_papers_are_lines_and_a_line_without_a_word_is_a_dash() -> None:
    found = sent(required_documents__de="Pass\n\nMietvertrag", required_documents__en="-\nTenancy agreement",
                 required_documents__ar="", required_documents__uk="").offer  # fmt: skip
    assert found is not None
    assert found.required_documents == ({"de": "Pass"}, {"de": "Mietvertrag", "en": "Tenancy agreement"})
    assert typed_of(found).text(f"{DOCUMENTS}.en") == "-\nTenancy agreement"


def test_places_that_somebody_has_counted_are_of_today() -> None:
    """And those that nobody has touched keep their day."""
    former = replace(OFFICE, capacity=Capacity(available=3, maximum=12, updated=dt.date(2026, 9, 1)))
    same, fewer = sent(former, phone="").offer, sent(former, capacity__available="0").offer
    assert same is not None
    assert same.capacity == former.capacity
    assert fewer is not None
    assert fewer.capacity == Capacity(available=0, maximum=12, updated=TODAY)
    none = sent(former, capacity__available="", capacity__maximum="").offer
    assert none is not None
    assert none.capacity is None


def test_places_of_a_day_to_come_lose_it() -> None:
    former = replace(OFFICE, capacity=Capacity(available=3, updated=TODAY + dt.timedelta(days=1)))
    found = sent(former, phone="").offer
    assert found is not None
    assert found.capacity == Capacity(available=3)


def test_an_entry_that_was_checked_on_a_day_to_come_must_be_checked_today() -> None:
    former = replace(OFFICE, assured_date=TODAY + dt.timedelta(days=1))
    refused, mended = sent(former), sent(former, checked_today=(YES,))
    assert list(refused.problems) == ["assured_date"]
    assert "kreuzen Sie an, dass Sie es heute getan haben" in refused.problems["assured_date"]
    assert mended.offer == replace(OFFICE, assured_date=TODAY)


def test_hours_that_no_rows_can_hold_stand_as_text() -> None:
    first_saturdays = replace(OFFICE, opening_hours="Sa[1] 10:30-12:00")
    assert typed_of(OFFICE).text("hours") == BY_WEEK
    assert typed_of(OFFICE).text("hours.Th.1.from") == "14:00"
    assert typed_of(first_saturdays).text("hours") == BY_TEXT


SUMMER = replace(OFFICE, opening_hours="Apr-Oct: Fr 18:00-20:00")


@pytest.mark.parametrize(
    ("base", "changed", "hours"),
    [
        (OFFICE, {"opening_hours": "Sa 10:00-12:00"}, "Sa 10:00-12:00"),
        (OFFICE, {"opening_hours": ""}, OFFICE.opening_hours),
        (OFFICE, {"opening_hours": "Sa 10:00-12:00", "hours.Sa.0.from": "9", "hours.Sa.0.to": "11"},
         f"{OFFICE.opening_hours.removesuffix('; PH off')}; Sa 09:00-11:00; PH off"),
        (SUMMER, {"hours.Mo.0.from": "9", "hours.Mo.0.to": "11"}, "Mo 09:00-11:00"),
        (SUMMER, {"hours": BY_WEEK}, ""),
        (SUMMER, {}, SUMMER.opening_hours),
    ],
    ids=["text, though rows are marked", "text emptied", "both: what is marked", "rows, though text is",
         "rows marked and empty", "nothing"],
)  # fmt: skip
def test_hours_count_as_they_were_written_whichever_way_is_marked(
    base: Offer, changed: dict[str, str], hours: str
) -> None:
    """Nobody loses what they typed because a dot stood in the other place."""
    stood = typed_of(base)
    typed = settled(Typed(texts={**stood.texts, **changed}, ticks=stood.ticks), base)
    found = read(typed, base, TODAY, TAXONOMY).offer
    assert found is not None
    assert found.opening_hours == hours


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"name__de": ""}, "name", "deutsche Text fehlt"),
        ({"organization": " "}, "organization", "fehlt noch"),
        ({"needs": ()}, "needs", "mindestens ein Thema"),
        ({"needs": ("no.such",)}, "needs", "gibt es hier nicht"),
        ({"body": "nobody"}, "body", "gibt es hier nicht"),
        ({"kind": "castle"}, "kind", "gibt es hier nicht"),
        ({"kind": ""}, "kind", "fehlt noch"),
        ({"phone": "069 1234"}, "phone", "+49 69 90009100"),
        ({"email": "anna at home"}, "email", "name@example.org"),
        ({"url": "http://example.org"}, "url", "https://"),
        ({"minimum_age": "zwölf"}, "minimum_age", "eine Zahl"),
        ({"minimum_age": "12,5"}, "minimum_age", "ganze Zahl"),
        ({"minimum_age": "20", "maximum_age": "18"}, "maximum_age", "weniger als"),
        ({"cost__amount": "1e99"}, "cost.amount", "eine Zahl"),
        ({"cost__amount": "1e3"}, "cost.amount", "eine Zahl"),
        ({"cost__amount": "1_0"}, "cost.amount", "eine Zahl"),
        ({"cost__amount": "nan"}, "cost.amount", "eine Zahl"),
        ({"valid_from": "bald"}, "valid_from", "kein Datum"),
        ({"valid_from": "2026-12-02", "valid_to": "2026-12-01"}, "valid_to", "vor dem Tag"),
        ({"address_secret": (YES,)}, "address", "geheim"),
        ({"address__city": ""}, "address.city", "fehlt noch"),
        ({"capacity__available": "5", "capacity__maximum": "3"}, "capacity.available", "mehr, als"),
        ({"languages": ("deutsch",)}, "languages", "Kürzel"),
        ({"description__uk": "x" * 2001}, "description.uk", "höchstens 2000"),
        ({"note": "x" * 2001}, "note", "höchstens 2000"),
        ({"required_documents__en": "a\nb\nc"}, DOCUMENTS, "mehr Zeilen"),
        ({"hours__Mo__0__to": "zwölf"}, "hours.Mo", "Uhrzeiten so"),
        ({"hours__Su__0__from": "9"}, "hours.Su", "ab wann oder bis wann"),
        ({"hours": BY_TEXT, "opening_hours": "Mo-Fr 08:00-12:00; Th 14:00-18:00"}, "opening_hours",
         "am Donnerstag ein Teil der Zeit geschlossen"),
        ({"hours": BY_TEXT, "opening_hours": "Di 10 - 12 Uhr"}, "opening_hours", "Tu 10:00-12:00"),
        ({"hours": BY_TEXT, "opening_hours": "wenn das Licht an ist"}, "opening_hours", "nicht zu verstehen"),
        ({"hours": BY_TEXT, "opening_hours": "Mo-Fr PH 10:00-12:00"}, "opening_hours", "am Anfang"),
        ({"hours": BY_TEXT, "opening_hours": "x" * 400}, "opening_hours", "höchstens 300"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field_in_german(
    changed: dict[str, Any], field: str, said: str
) -> None:
    found = sent(**changed)
    assert found.offer is None
    assert list(found.problems) == [field]
    assert said in found.problems[field]


def test_all_problems_are_told_at_once() -> None:
    found = sent(phone="x", url="x", hours__Mo__0__to="x", needs=(), note="x" * 3000)
    assert set(found.problems) == {"phone", "url", "hours.Mo", "needs", "note"}


def test_what_would_harm_a_screen_is_left_out() -> None:
    """Control and direction characters go; what people write in any script stays."""
    found = sent(name__ar="مكتب\u202eالمواطنين\x00", organization="A\ud800B\tC").offer
    assert found is not None
    assert found.name["ar"] == "مكتبالمواطنين"
    assert found.organization == "AB C"


BAD: dict[str, Any] = {
    "id": "ID!", "kind": 7, "status": "x", "name": 5, "description": {"en": "x"}, "needs": "x", "body": "x",
    "organization": "x" * 3000, "assured_date": "x", "languages": ["German"], "interpretation_services": "x",
    "target_groups": ["x"], "modes": 3, "cost": 3, "residence": ["none"], "eligibility_description": [1],
    "gender_only": "x", "minimum_age": "x", "maximum_age": 1.5, "address": {"city": "x"}, "phone": "x",
    "email": "x", "url": "x", "opening_hours": "x", "registration": "x", "required_documents": ["", 1],
    "capacity": {"available": 5, "maximum": 3, "updated": "x", "waiting_list": 1}, "valid_from": 7,
}  # fmt: skip


def test_each_problem_that_the_catalogue_knows_and_a_form_can_cause_has_german_words() -> None:
    """Forms send texts, lists of texts and true or false; what only a file can say wrong is left out."""
    form_cannot = (
        "list of texts",
        "must be a list",
        "must be true or false",
        "must be a table",
        "by language",
    )
    with pytest.raises(CatalogError) as caught:
        offers_of([BAD, row_of(OFFICE) | {"cost": {"type": "x", "amount": "x"}}], "form")
    unknown = [
        problem
        for problem in caught.value.problems
        if in_german(problem) == OTHERWISE and not any(words in problem.text for words in form_cannot)
    ]
    assert [problem.field for problem in unknown] == ["opening_hours"]  # told apart from the hours themselves
