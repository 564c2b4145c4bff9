"""Words for guides: every field of an entry and all that can stand in it has German ones."""

from dataclasses import fields, replace

import pytest

from bot.catalogue_changes import Difference, differences
from bot.catalogue_words import FIELDS, hours_in_words, label
from bot.offer_labels import LABELS
from catalog.needs import packaged_taxonomy
from catalog.offer import Capacity, Cost, CostType, Offer, Wheelchair
from tests.catalog.town import offer

OFFICE = offer("buergerbuero-erlenfels")
FEES = OFFICE.cost.fees_description
TAXONOMY = packaged_taxonomy()


def test_every_field_has_a_name() -> None:
    """Also one that is new: guides read it in the history."""
    assert {field.name for field in fields(Offer)} - {"id"} == set(FIELDS)


@pytest.mark.parametrize("kind", LABELS, ids=lambda kind: kind.__name__)
def test_every_choice_has_words(kind: type) -> None:
    assert all(label(member) for member in kind)  # type: ignore[attr-defined]
    assert set(LABELS[kind]) == set(kind)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("Mo-We,Fr 08:00-12:00; Th 08:00-12:00,14:00-18:00; PH off",
         "Mo–Mi, Fr 08:00–12:00; Do 08:00–12:00, 14:00–18:00; nicht an Feiertagen"),
        ("Sa,Su 19:00-24:00; SH off", "Sa, So 19:00–24:00; nicht in den Schulferien"),
        ("Apr-Oct: Fr 18:00-20:00", "Apr-Oct: Fr 18:00-20:00"),
    ],
    ids=["an office", "until midnight", "what no week can hold"],
)  # fmt: skip
def test_hours_are_told_in_words(hours: str, words: str) -> None:
    assert hours_in_words(hours) == words


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (replace(OFFICE, wheelchair=Wheelchair.NO), [("Rollstuhl", "geeignet", "nicht geeignet")]),
        (replace(OFFICE, needs=OFFICE.needs[:1]), [("Themen", "Anmelden, Strom, Müll, Pass und Urkunden",
                                                   "Anmelden, Strom, Müll")]),
        (replace(OFFICE, description={"de": "Kurz."}), [
            ("Beschreibung (Deutsch)", OFFICE.description["de"], "Kurz."),
            *((f"Beschreibung ({name})", OFFICE.description[code], "–")
              for code, name in (("en", "Englisch"), ("ar", "Arabisch"), ("uk", "Ukrainisch")))]),
        (replace(OFFICE, cost=replace(OFFICE.cost, fees_description={**FEES, "ar": "x"})),
         [("Kosten in Worten (Arabisch)", "–", "x")]),
        (replace(OFFICE, cost=Cost(type=CostType.FEE, amount=12.5)),
         [("Kosten", f"kostet etwas, {FEES['de']}", "kostet etwas, 12,50\u00a0€")]),
        (replace(OFFICE, required_documents=OFFICE.required_documents[:1]),
         [("Mitbringen", "Pass oder Ausweis\nWohnungsgeberbestätigung", "Pass oder Ausweis")]),
        (replace(OFFICE, capacity=Capacity(available=0, maximum=12, waiting_list=True)),
         [("Plätze", "–", "0 frei, von 12, mit Warteliste")]),
        (replace(OFFICE, interpretation_services=True), [("Sprachmittlung", "nein", "ja")]),
        (OFFICE, []),
    ],
    ids=["a choice", "needs", "texts", "a text within", "money", "papers", "places", "yes and no", "nothing"],
)  # fmt: skip
def test_a_difference_names_the_field_and_what_stood_there(
    after: Offer, told: list[tuple[str, str, str]]
) -> None:
    expected = tuple(Difference(label=name, before=old, after=new) for name, old, new in told)
    assert differences(OFFICE, after, TAXONOMY) == expected
