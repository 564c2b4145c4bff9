"""Somebody got a letter: three taps to a place that helps, and nothing of the letter kept."""

import pytest

from bot.town_script import TownScript
from dialogs.letters import NEEDS, may_be_due, needs_of_letter
from dialogs.messages import CHOICE_ID_BYTES
from tests.dialogs.talk import TO_AGE, Talk, choices_in


def test_every_sender_of_the_questionnaire_has_needs_that_there_are(script: TownScript) -> None:
    senders = script.questionnaires["letter"]["sender"].choices
    assert set(senders) == set(NEEDS)
    for needs in NEEDS.values():
        assert set(needs) <= script.taxonomy.needs.keys()


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        ({"sender": ("landlord",), "date": ("none",), "envelope": ("ordinary",)}, False),
        ({"sender": ("landlord",), "date": ("later",), "envelope": ("ordinary",)}, True),
        ({"sender": ("court",), "date": ("unknown",), "envelope": ("unknown",)}, True),
        ({"sender": ("school",), "date": ("none",), "envelope": ("yellow",)}, True),
        ({"sender": ("unknown",), "date": ("unknown",), "envelope": ("unknown",)}, False),
    ],
    ids=["nothing of the kind", "a date", "a court", "a yellow envelope", "nothing known"],
)
def test_a_date_a_court_or_a_yellow_envelope_may_mean_a_deadline(
    answers: dict[str, tuple[str, ...]], due: bool
) -> None:
    assert may_be_due(answers) is due
    assert needs_of_letter(answers)


def test_three_taps_lead_to_offers_and_nothing_of_the_letter_stays(talk: Talk) -> None:
    talk.taps(*TO_AGE, "/letter", "sender:landlord", "date:this_week", "envelope:yellow")
    assert talk.keys[:2] == ("letter.yellow", "intake.deadline.open")
    assert "offers.found" in talk.keys
    assert [run.questionnaire for run in talk.conversation.runs] == ["intake"]
    assert talk.conversation.runs[0].answers["detail"] == ("housing.tenancy", "admin.letters")
    assert talk.conversation.runs[0].answers["urgency"] == ("date_in_letter",)


def test_without_a_date_nobody_is_hurried(talk: Talk) -> None:
    talk.taps("/start", "/language de", "/letter", "sender:school", "date:none", "envelope:ordinary")
    assert not any(key.startswith("intake.deadline") for key in talk.keys)
    assert talk.asks == "intake.urgency"


def test_a_step_back_leads_through_the_letter_and_out_of_it(talk: Talk) -> None:
    talk.taps("/start", "/language de", "/letter", "sender:court", "/back")
    assert talk.asks == "letter.sender"
    talk.taps("/back")
    assert talk.asks == "intake.need"


def test_a_guests_answers_about_a_letter_fit_into_the_buttons(talk: Talk) -> None:
    for tap in ("/start", "/language de", "/letter", "sender:creditor", "date:unknown"):
        talk.taps(tap)
        assert all(len(choice.id.encode()) <= CHOICE_ID_BYTES for choice in choices_in(talk.replies))


def test_words_typed_instead_are_understood_as_anywhere(talk: Talk) -> None:
    talk.taps("/start", "/language de", "/letter")
    talk.says("ich suche eine Wohnung")
    assert "offers.found" in talk.keys
