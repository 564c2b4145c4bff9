"""Emergencies come before everything, in every state: one card, numbers first, no question before them."""

import re
from collections.abc import Callable

import pytest

from bot.rendering import render
from bot.town_script import TownScript
from catalog.needs import Safety
from dialogs.conversation import Purpose
from dialogs.effects import EmergencySeen, HumanRequested, TextRelayed
from tests.dialogs.talk import TO_AGE, TO_CONSENT, TO_OFFERS, Talk


def _handover_open(talk: Talk) -> None:
    talk.taps(*TO_AGE)
    talk.says("/human")


def _waits_for_a_guide(talk: Talk) -> None:
    _handover_open(talk)
    talk.taps("ask:yes")


def _guide_owns(talk: Talk) -> None:
    _waits_for_a_guide(talk)
    talk.guide_takes()


def _erase_open(talk: Talk) -> None:
    talk.taps(*TO_AGE)
    talk.says("/delete")


def _comes_back(talk: Talk) -> None:
    talk.taps(*TO_AGE, "age:skip")
    talk.waits(200)


STATES: dict[str, Callable[[Talk], object]] = {
    "before anything": lambda talk: None,
    "on the first screen": lambda talk: talk.taps("/start"),
    "as a guest in the middle of a question": lambda talk: talk.taps(*TO_OFFERS),
    "before the consent": lambda talk: talk.taps(*TO_CONSENT),
    "in the middle of a question": lambda talk: talk.taps(*TO_AGE),
    "with ticks not yet confirmed": lambda talk: talk.taps(
        *TO_AGE, "age:skip", "german:skip", "household:+partner"
    ),
    "while a handover is asked": _handover_open,
    "while a case waits": _waits_for_a_guide,
    "while a guide has the conversation": _guide_owns,
    "while erasing is asked": _erase_open,
    "after a long silence": _comes_back,
}
WORDS = {
    "de": "Ich will mich umbringen",
    "en": "I want to kill myself",
    "ar": "أريد أن أموت، سأقتل نفسي",
    "uk": "Я хочу вбити себе",
}


@pytest.mark.parametrize("reach", STATES.values(), ids=STATES.keys())
def test_words_of_an_emergency_bring_its_card_first(talk: Talk, reach: Callable[[Talk], object]) -> None:
    """Nothing is asked and nothing else shown before it, and what was going on is not lost."""
    reach(talk)
    before = [(run.id, run.answers, run.draft) for run in talk.conversation.runs]
    talk.says(WORDS["de"])
    assert talk.keys[0] == "emergency.card.suicide"
    assert talk.keys[1:] == (("relay.kept",) if talk.conversation.case is not None else ())
    assert EmergencySeen(kind="emergency.suicide") in talk.effects
    assert [(run.id, run.answers, run.draft) for run in talk.conversation.runs] == before


@pytest.mark.parametrize("reach", STATES.values(), ids=STATES.keys())
def test_the_button_brings_every_number(talk: Talk, reach: Callable[[Talk], object]) -> None:
    """The same in every state."""
    reach(talk)
    talk.taps("/emergency")
    assert talk.keys == ("emergency.card",)
    assert talk.effects == (EmergencySeen(kind="emergency"),)


@pytest.mark.parametrize("reach", STATES.values(), ids=STATES.keys())
def test_after_the_card_the_conversation_goes_on_as_before(
    talk: Talk, reach: Callable[[Talk], object]
) -> None:
    """With the question that was open, for guests as well."""
    reach(talk)
    before = talk.conversation
    talk.says("/continue")
    asked = talk.asks
    talk.conversation = before
    talk.taps("/emergency")
    talk.taps(talk.replies[-1].choices[-1].id)
    assert talk.asks == asked


@pytest.mark.parametrize("language", WORDS)
def test_an_emergency_is_understood_in_every_language(script: TownScript, language: str) -> None:
    """And its card is in that language."""
    talk = Talk(script, language=language)
    talk.says(WORDS[language])
    assert talk.keys == ("emergency.card.suicide",)
    assert script.wording.has("emergency.card.suicide", language)


def test_words_of_an_emergency_reach_a_waiting_case_too(talk: Talk) -> None:
    """The guide reads what the card answered."""
    _waits_for_a_guide(talk)
    talk.says(WORDS["de"])
    assert TextRelayed(text=WORDS["de"]) in talk.effects


@pytest.mark.parametrize("when", ["before a person is asked for", "while that is asked"])
def test_the_guide_hears_of_the_emergency_that_was_seen(talk: Talk, when: str) -> None:
    """By its kind alone: nobody who has said such a thing once should have to say it again to be seen."""
    talk.taps("/start", "/language de")
    if when == "while that is asked":
        talk.says("/human")
    talk.says(WORDS["de"])
    talk.taps(talk.replies[-1].choices[0].id, "ask:yes")
    requested = [effect for effect in talk.effects if isinstance(effect, HumanRequested)]
    assert [(effect.needs, effect.reason) for effect in requested] == [(("emergency.suicide",), "asked")]


def test_an_emergency_keeps_nothing_of_a_guest(talk: Talk) -> None:
    """A card is no consent."""
    talk.says(WORDS["de"])
    assert talk.conversation.guest
    assert not talk.conversation.agreed(Purpose.HANDOVER)
    assert not talk.conversation.runs


def test_nobody_makes_up_a_kind_of_emergency(talk: Talk) -> None:
    """What stands behind the command is not counted and not shown."""
    talk.says("/emergency emergency.my-name")
    assert talk.effects == (EmergencySeen(kind="emergency"),)
    assert talk.keys == ("emergency.card",)


@pytest.mark.parametrize("language", ["de", "en", "ar", "uk"])
def test_every_card_begins_with_a_number(script: TownScript, language: str) -> None:
    """In its first line, before anything is explained."""
    crisis = [code for code, need in script.taxonomy.needs.items() if need.safety is Safety.CRISIS]
    for key in ("emergency.card", *(f"emergency.card.{code.partition('.')[2]}" for code in crisis)):
        assert script.wording.has(key, language), key
        first = script.text(key, language).splitlines()[0]
        assert re.search(r"11[0-9]|0800", first.replace(" ", "")), (key, first)


def test_a_need_in_danger_shows_its_card_before_offers_and_questions(script: TownScript) -> None:
    """Chosen by taps it is answered like the words."""
    talk = Talk(script)
    talk.taps("/start", "/language de", "need:other", "need_more:emergency", "detail:emergency.suicide")
    assert talk.keys[0] == "emergency.card.suicide"
    assert render(script, talk.replies[:1], "de", talk.now)[0].text.splitlines()


def test_needs_that_call_for_a_person_are_those_of_the_taxonomy(script: TownScript) -> None:
    """Watched needs, needs in danger, and needs for guides only; no more and no fewer."""
    person = script.questionnaires["intake"]["person"]
    needs = script.taxonomy.needs.values()
    wanted = {need.code for need in needs if need.guide_only or need.safety is not Safety.NONE}
    assert set(person.when["detail"]) == wanted
