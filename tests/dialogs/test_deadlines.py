"""A deadline that somebody writes of: where to go comes first. Two readings: a question."""

from dataclasses import fields

import pytest

from bot.town_script import TownScript
from dialogs.effects import CaseDescribed, GapFound, HumanRequested, NeedNamed, TextRelayed
from dialogs.messages import CHOICE_ID_BYTES
from dialogs.script import Meaning
from tests.dialogs.talk import TO_AGE, Talk, choices_in

EVICTION = "Der Vermieter hat uns gekündigt, wir müssen bis zum 15. aus der Wohnung"
UNSURE = "Sport in der Schule"
URGENT = "date_in_letter"


class Doubting(TownScript):
    """The town's script, to which UNSURE may mean one of two things."""

    __slots__ = ()

    def understand(self, text: str, language: str) -> Meaning:
        if text == UNSURE:
            return Meaning(needs=("social.sport", "edu.school_enrol"), doubt=True)
        return TownScript.understand(self, text, language)


@pytest.fixture
def doubted(script: TownScript) -> Talk:
    return Talk(Doubting(**{one.name: getattr(script, one.name) for one in fields(script) if one.init}))


def test_where_to_go_comes_before_everything_else(talk: Talk) -> None:
    """Also for a guest, of whom nothing is kept."""
    talk.taps("/start", "/language de")
    talk.says(EVICTION)
    assert talk.keys[0].startswith("intake.deadline.")
    assert talk.keys[1] == "offers.found"
    assert "intake.urgency" not in talk.keys
    assert talk.conversation.guest
    assert NeedNamed(needs=("housing.eviction",)) in talk.effects


def test_a_case_that_is_asked_for_then_is_urgent(talk: Talk) -> None:
    talk.taps(*TO_AGE)
    talk.says(EVICTION)
    talk.taps("person:yes", "ask:yes")
    (requested,) = [each for each in talk.effects if isinstance(each, HumanRequested)]
    assert requested.urgency == URGENT


def test_a_deadline_told_to_a_guide_moves_the_case_up(talk: Talk) -> None:
    """The words go to the guide and nowhere else."""
    talk.taps(*TO_AGE)
    talk.says("/human")
    talk.taps("ask:yes")
    talk.says(EVICTION)
    assert TextRelayed(text=EVICTION) in talk.effects
    assert any(isinstance(each, CaseDescribed) and each.urgency == URGENT for each in talk.effects)
    talk.guide_takes()
    talk.says(EVICTION)
    assert any(isinstance(each, CaseDescribed) and each.urgency == URGENT for each in talk.effects)
    assert talk.replies == ()


def test_a_date_that_is_tapped_names_the_place_as_well(talk: Talk) -> None:
    talk.taps("/start", "/language de", "need:work", "detail:work.rights", "urgency:date_in_letter")
    assert talk.keys[0].startswith("intake.deadline.")


def test_of_two_readings_the_person_says_which(doubted: Talk) -> None:
    """The tap leads on as if it had been named; nothing is counted before."""
    doubted.taps("/start", "/language de")
    doubted.says(UNSURE)
    assert doubted.keys == ("unclear.which",)
    assert not doubted.effects
    ids = [choice.id for choice in choices_in(doubted.replies)]
    assert [one.split()[0] for one in ids[-2:]] == ["/need", "/human"]
    assert len([one for one in ids if one.startswith("/offers ")]) == 2
    assert all(len(one.encode()) <= CHOICE_ID_BYTES for one in ids)
    doubted.send(choice=ids[0])
    assert any(isinstance(effect, NeedNamed) for effect in doubted.effects)


def test_words_after_that_question_are_read_afresh(doubted: Talk) -> None:
    doubted.taps("/start", "/language de")
    doubted.says(UNSURE)
    doubted.says("ich suche eine Wohnung")
    assert "offers.found" in doubted.keys


@pytest.mark.parametrize("need", ["digital.bank", "mobility.public_transport"])
def test_what_lies_near_is_shown_and_the_gap_is_noted_all_the_same(talk: Talk, need: str) -> None:
    """An offer for something else fills no gap."""
    talk.taps("/start", "/language de", "need:other", f"need_more:{need.partition('.')[0]}", f"detail:{need}")
    assert talk.keys[0] in ("offers.near", "offers.none")
    assert GapFound(need=need) in talk.effects
