"""Before a consent nothing is kept; each consent is its own and remembers what was read."""

from dataclasses import replace

import pytest

from bot.town_script import TownScript
from dialogs.conversation import Consent, Purpose
from dialogs.effects import ConsentGiven, ConsentRefused, ErasureRequested, HumanRequested
from tests.dialogs.talk import NOON, TO_AGE, TO_CONSENT, TO_OFFERS, TO_TOWN, Talk


def test_a_consent_remembers_version_language_and_time(talk: Talk) -> None:
    """What was agreed to, in which words, and when."""
    talk.taps(*TO_CONSENT)
    talk.waits(1)
    talk.taps("consent:yes")
    assert talk.conversation.consents == (
        Consent(
            purpose=Purpose.INTAKE,
            version=talk.script.consent_versions[Purpose.INTAKE],
            language="de",
            at=talk.now,
        ),
    )
    assert ConsentGiven(purpose=Purpose.INTAKE) in talk.effects


def test_the_version_of_a_consent_names_the_questionnaire(script: TownScript) -> None:
    """So that one can tell later which questions somebody agreed to."""
    assert script.consent_versions[Purpose.INTAKE].startswith(f"{script.questionnaires['intake'].version}-")


@pytest.mark.parametrize("steps", [TO_CONSENT, TO_OFFERS, ("/start",), ()], ids=len)
def test_before_a_consent_somebody_is_a_guest(talk: Talk, steps: tuple[str, ...]) -> None:
    """No run, no answer, no case, wherever they are."""
    for step in steps:
        talk.taps(step)
    assert talk.conversation.guest
    assert (talk.conversation.runs, talk.conversation.known, talk.conversation.case) == ((), {}, None)


def test_what_was_answered_before_the_consent_is_kept_after_it(talk: Talk) -> None:
    """Nobody has to say twice what they need."""
    talk.taps(*TO_TOWN)
    assert talk.answers["detail"] == ("lang.first_orientation",)
    assert talk.answers["urgency"] == ("has_time",)


@pytest.mark.parametrize(
    ("answer", "shown"), [("only_information", "intake.information"), ("under_16", "offers.youth")]
)
def test_who_does_not_agree_is_helped_all_the_same(talk: Talk, answer: str, shown: str) -> None:
    """Information goes on, the refusal is only counted, and someone under 16 gets the youth service."""
    talk.taps(*TO_CONSENT, f"consent:{answer}")
    assert talk.keys[0] == shown
    assert talk.effects == (ConsentRefused(),)
    talk.taps("/need", "need:housing", "detail:housing.search")
    assert "offer.card" in talk.keys


def test_a_handover_asks_its_own_consent(talk: Talk) -> None:
    """Who agreed that answers are kept has not agreed that somebody reads them."""
    talk.taps(*TO_AGE)
    talk.says("/human")
    assert talk.asks == "handover.ask"
    assert talk.effects == ()
    talk.taps("ask:yes")
    assert [c.purpose for c in talk.conversation.consents] == [Purpose.INTAKE, Purpose.HANDOVER]
    assert talk.asks == "intake.age"


def test_who_says_no_to_a_handover_goes_on_where_they_were(talk: Talk) -> None:
    """No case, no consent, the same question."""
    talk.taps(*TO_AGE)
    talk.says("/human")
    talk.taps("ask:no")
    assert talk.asks == "intake.age"
    assert not talk.conversation.agreed(Purpose.HANDOVER)
    assert talk.conversation.case is None


def test_a_handover_does_not_make_the_answers_kept(talk: Talk) -> None:
    """Someone who only wants a person is asked for the other consent when its turn comes."""
    talk.taps(*TO_OFFERS)
    talk.says("/human")
    talk.taps("ask:yes", "urgency:today", "more:yes")
    assert talk.asks == "intake.consent"
    assert talk.conversation.runs == ()


def test_a_second_handover_asks_again(talk: Talk) -> None:
    """When the first is closed, its consent has been used up for what was then."""
    talk.taps(*TO_AGE)
    talk.says("/human")
    talk.taps("ask:yes")
    talk.guide_takes()
    talk.guide_closes()
    talk.taps("/human")
    assert talk.asks == "handover.ask"
    talk.taps("ask:yes")
    assert [e.reason for e in talk.effects if isinstance(e, HumanRequested)] == ["asked"]


def test_a_consent_to_new_words_is_a_new_consent(script: TownScript) -> None:
    """The version that was read stands beside the former one."""
    talk = Talk(script)
    talk.taps(*TO_OFFERS)
    talk.says("/human")
    talk.taps("ask:yes")
    talk.guide_closes()
    talk.script = replace(script, consent_versions={Purpose.HANDOVER: "2-new"})
    talk.taps("/human", "ask:yes")
    assert [consent.version for consent in talk.conversation.consents] == [
        script.consent_versions[Purpose.HANDOVER],
        "2-new",
    ]


def test_there_is_no_step_back_over_a_consent(talk: Talk) -> None:
    """It is shown what is kept and how it is erased: going back would look like taking it back."""
    talk.taps(*TO_TOWN)
    talk.says("/back")
    assert talk.asks == "mydata.kept"
    assert [choice.id for choice in talk.replies[-1].choices] == ["/delete", "/continue"]
    talk.taps("/continue")
    assert talk.asks == "intake.town"


def test_a_consent_is_not_edited_either(talk: Talk) -> None:
    """Only what stands in the summary can be changed one by one."""
    talk.taps(*TO_AGE)
    talk.says("/edit consent")
    assert talk.asks == "intake.age"
    assert talk.answers["consent"] == ("yes",)


@pytest.mark.parametrize("way", ["/need", "start again"])
def test_who_agreed_once_is_not_asked_again_in_a_new_round(talk: Talk, way: str) -> None:
    """Neither for consent nor for what is known for good, even if the first round was left half done."""
    talk.taps(*TO_AGE, "age:27_59")
    if way == "/need":
        talk.says("/need")
    else:
        talk.waits(5)
        talk.says("/start")
        talk.taps("ask:start_anew")
    assert talk.asks == "intake.need"
    talk.taps("need:work", "detail:work.training", "urgency:today")
    assert talk.asks == "intake.german"


def test_erasing_leaves_the_language_and_nothing_else(talk: Talk) -> None:
    """The goodbye is said, and the next message comes from a stranger."""
    talk.taps(*TO_AGE)
    talk.says("/delete")
    talk.taps("ask:yes")
    assert talk.effects == (ErasureRequested(),)
    assert talk.keys == ("erase.done",)
    assert (talk.conversation.guest, talk.conversation.runs, talk.conversation.known) == (True, (), {})
    assert talk.conversation.language == "de"
    assert talk.now == NOON


def test_nothing_is_erased_before_it_is_confirmed(talk: Talk) -> None:
    """One question stands before it."""
    talk.taps(*TO_AGE)
    before = talk.answers
    talk.says("/delete")
    assert talk.effects == ()
    talk.taps("ask:no")
    assert talk.answers == before


def test_whoever_agrees_to_letters_reads_that_they_pass_through_a_messenger(script: TownScript) -> None:
    """Where the town has decided so, and before the question; elsewhere it would be untrue."""
    talk = Talk(replace(script, letters_by_messenger=True))
    talk.taps("/start", "/language de", "/human")
    assert talk.keys[-2:] == ("handover.telegram", "handover.ask")
    plain = Talk(script)
    plain.taps("/start", "/language de", "/human")
    assert "handover.telegram" not in plain.keys
