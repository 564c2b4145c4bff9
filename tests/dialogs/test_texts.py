"""The project's own texts: complete in every language, clean, and fit for small buttons."""

import unicodedata
from collections import Counter
from collections.abc import Mapping

import pytest

from bot.town_script import TownScript
from bot.wiring import LOCALES
from dialogs.questionnaire import Questionnaire
from dialogs.questionnaire_file import text_keys
from dialogs.wording_check import placeholders

LANGUAGES = sorted(path.name for path in LOCALES.iterdir() if path.is_dir())
LABEL = 92
"""Characters of a button's label: three lines on a phone 360 px wide, for official German words are long."""


def labels(questionnaires: Mapping[str, Questionnaire]) -> list[str]:
    return [
        f"{questionnaire.id}.{question.id}.{choice.removeprefix('/')}"
        for questionnaire in questionnaires.values()
        for question in questionnaire.questions
        for choice in question.choices
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_stands_in_every_language(script: TownScript, language: str) -> None:
    """A further language is complete when this passes."""
    assert script.wording[language].texts.keys() == script.wording["de"].texts.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same_in_every_language(script: TownScript, language: str) -> None:
    """A lost one is a lost number or name."""
    german = script.wording["de"].texts
    for key, forms in script.wording[language].texts.items():
        assert placeholders(forms[-1]) == placeholders(german[key][-1]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_and_need_has_its_text(script: TownScript, language: str) -> None:
    """What a questionnaire or the taxonomy can show."""
    keys = [key for one in script.questionnaires.values() for key in text_keys(one)]
    keys += [f"need.{code}" for code in script.taxonomy.needs]
    keys += [f"language.{code}" for code in LANGUAGES]
    assert [key for key in keys if not script.wording.has(key, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_hold_no_control_or_direction_characters(language: str) -> None:
    """Directions are set where a text is shown; invisible characters would hide in it."""
    text = (LOCALES / language / "LC_MESSAGES" / "messages.po").read_text("utf-8")
    bad = {c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n\u200c\u200d"}
    assert bad == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_on_a_button(
    script: TownScript, questionnaires: Mapping[str, Questionnaire], language: str
) -> None:
    """On a phone's width, on three lines at most."""
    keys = [*labels(questionnaires), *(f"need.{code}" for code in script.taxonomy.needs)]
    assert {key: text for key in keys if len(text := script.text(key, language)) > LABEL} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_needs_of_a_domain_have_different_names(script: TownScript, language: str) -> None:
    """They stand beneath each other, and a typed name must mean one of them."""
    for domain in script.taxonomy.domains.values():
        names = Counter(
            script.normalise(script.text(f"need.{code}", language), language) for code in domain.needs
        )
        assert max(names.values()) == 1, names


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_of_a_question_have_different_names(
    script: TownScript, questionnaires: Mapping[str, Questionnaire], language: str
) -> None:
    """Also where a word is typed instead of tapped."""
    for questionnaire in questionnaires.values():
        for question in questionnaire.questions:
            keys = [f"{questionnaire.id}.{question.id}.{code.removeprefix('/')}" for code in question.choices]
            names = Counter(script.normalise(script.text(key, language), language) for key in keys)
            assert not names or max(names.values()) == 1, (question.id, names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_domain_on_the_first_screens_has_needs_and_a_text(
    script: TownScript, questionnaires: Mapping[str, Questionnaire], language: str
) -> None:
    """The two screens together name all domains, each once."""
    intake = questionnaires["intake"]
    codes = [*intake["need"].choices, *intake["need_more"].choices]
    assert sorted(set(codes) - {"other", "/human", "/letter"}) == sorted(script.taxonomy.domains)
    assert len(codes) == len(set(codes))
    for domain in script.taxonomy.domains.values():
        assert domain.needs
