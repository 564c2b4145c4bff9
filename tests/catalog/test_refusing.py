"""What people say they do not want is not looked for; what they lack or cannot do is."""

import pytest

from catalog.refusing import wanted
from tests.catalog.town import read, speech


@pytest.mark.parametrize(
    ("language", "text", "need"),
    [
        ("de", "Ich brauche keinen Deutschkurs. Ich suche eine Wohnung.", "housing.search"),
        ("de", "Es geht nicht um das Jobcenter, sondern um meinen Führerschein", "mobility.driving_licence"),
        ("en", "I don't need a flat, I am looking for a job", "work.job_search"),
        ("en", "it is not about the jobcenter but about kindergarten for my son", "edu.kita"),
        ("fa", "کورس لازم ندارم، خانه می‌خواهم", "housing.search"),
    ],
    ids=str,
)
def test_what_is_refused_is_not_offered(language: str, text: str, need: str) -> None:
    assert read(text, language).needs[0].code == need


@pytest.mark.parametrize(
    ("language", "text", "need"),
    [
        ("de", "Ich kann nicht lesen und schreiben", "lang.literacy"),
        ("de", "Ich habe keine Wohnung", "housing.search"),
        ("en", "I cannot sleep since the war", "health.mental"),
        ("en", "no money for the rent", "money.housing_benefit"),
        ("de", "mein Chef zahlt nicht", "work.rights"),
    ],
    ids=str,
)
def test_what_is_lacking_is_no_refusal(language: str, text: str, need: str) -> None:
    """ "No" and "not" are in half of all needs."""
    assert need in [hit.code for hit in read(text, language).needs[:3]]


def test_a_refusal_that_stands_alone_stays() -> None:
    """Something must be looked for, if only to ask what is meant."""
    words = wanted(speech().refusals, "Ich brauche keinen Deutschkurs", "de")
    assert "deutschkurs" in words


@pytest.mark.parametrize("text", ["", "...", "?!,;", "،؟", "x" * 5000, "," * 5000, "kein " * 900], ids=len)
def test_any_text_can_be_taken_apart(text: str) -> None:
    assert isinstance(wanted(speech().refusals, text, "de"), list)


@pytest.mark.parametrize(
    ("language", "text", "need"),
    [
        ("de", "kein Sprachkurs, sondern Arbeit", "work.job_search"),
        ("de", "nicht das Jobcenter, sondern ein Kitaplatz", "edu.kita"),
        ("de", "ich suche keine Wohnung sondern einen Deutschkurs", "lang.first_orientation"),
        ("en", "I do not need a flat, I need work", "work.job_search"),
        ("ar", "لا أريد بيت بل أريد عمل", "work.job_search"),
        ("fa", "نه خانه بلکه کار", "work.job_search"),
    ],
    ids=str,
)
def test_of_this_and_not_that_only_this_is_meant(language: str, text: str, need: str) -> None:
    assert read(text, language).needs[0].code == need


def test_a_no_without_anything_instead_refuses_nothing() -> None:
    """No work is a need."""
    assert "arbeit" in wanted(speech().refusals, "ich habe keine Arbeit, aber eine Wohnung", "de")
