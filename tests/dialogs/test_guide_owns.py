"""While a guide has the conversation the bot is silent, but for commands and emergencies."""

import pytest

from dialogs.effects import (
    CaseDescribed,
    EmergencySeen,
    ErasureRequested,
    MediaRefused,
    NeedNamed,
    TextRelayed,
)
from dialogs.messages import Media
from tests.dialogs.talk import TO_AGE, Talk


@pytest.fixture
def owned(talk: Talk) -> Talk:
    """Someone in the middle of the questions whose case a guide has taken."""
    talk.taps(*TO_AGE)
    talk.says("/human")
    talk.taps("ask:yes")
    talk.guide_takes()
    return talk


@pytest.mark.parametrize("text", ["Danke!", "1", "Ja", "18 bis 26", "Wohnung suchen", "شكرا", "/ fünf Euro"])
def test_what_is_written_goes_to_the_guide_and_the_bot_is_silent(owned: Talk, text: str) -> None:
    """Numbers and words that were buttons a moment ago are meant for the human now."""
    turn = owned.says(text)
    assert turn.replies == ()
    assert turn.effects == (TextRelayed(text=text),)


@pytest.mark.parametrize("command", ["/help", "/mydata", "/privacy", "/language"])
@pytest.mark.parametrize("text", ["1", "Weiter", "2"])
def test_an_answer_to_the_guide_is_not_taken_for_a_button(owned: Talk, command: str, text: str) -> None:
    """Even when the person looked something up in between."""
    owned.says(command)
    turn = owned.says(text)
    assert turn.effects == (TextRelayed(text=text),)


def test_buttons_of_a_resting_question_apply_nothing(owned: Talk) -> None:
    """The question rests until the guide gives the conversation back."""
    run = owned.conversation.runs[0]
    turn = owned.send(choice=f"{run.id}.age:18_26")
    assert [reply.key for reply in turn.replies] == ["relay.with_guide"]
    assert turn.conversation.runs == (run,)


@pytest.mark.parametrize(
    "command", ["/start", "/need", "/easy", "/back", "/edit town", "/human", "/continue"]
)
def test_commands_that_ask_something_rest_too(owned: Talk, command: str) -> None:
    """It is said who is speaking."""
    before = owned.conversation.runs
    turn = owned.says(command)
    assert [reply.key for reply in turn.replies] == ["relay.with_guide"]
    assert turn.conversation.runs == before


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("/help", "help.with_guide"),
        ("/Help", "help.with_guide"),
        ("/hilfe", "help.with_guide"),
        ("/unknown", "help.with_guide"),
        ("/data", "mydata.kept"),
        ("/mydata", "mydata.kept"),
        ("/privacy", "consent.more"),
        ("/language", "language.menu"),
        ("/emergency", "emergency.card"),
    ],
)
def test_commands_still_work(owned: Talk, command: str, key: str) -> None:
    """Rights and emergencies do not wait for a guide; phones write the first letter large."""
    owned.says(command)
    assert owned.keys == (key,)


@pytest.mark.parametrize("command", ["/delete", "/DELETE"])
def test_whoever_erases_hears_that_the_guide_can_write_no_more(owned: Talk, command: str) -> None:
    """Phones write the first letter large; and nobody is to wait for an answer that cannot come."""
    owned.says(command)
    assert owned.keys == ("erase.case", "erase.ask")


def test_a_voice_message_is_answered_without_asking_anything(owned: Talk) -> None:
    """The guide does not get it, so both must hear that."""
    owned.send()
    assert owned.keys == ("media.guide.file",)
    assert owned.effects == (MediaRefused(media="file"),)


def test_a_text_that_is_too_long_is_told_the_guide_too(owned: Talk) -> None:
    """In one message, and without a word of it."""
    owned.send(media=Media.TOO_LONG)
    assert owned.keys == ("media.too_long",)
    assert owned.effects == (MediaRefused(media="too_long"),)


def test_an_album_is_answered_once(owned: Talk) -> None:
    """Ten photos are ten messages; the next one after a while is another matter."""
    owned.send()
    owned.send(media=Media.VOICE)
    assert (owned.replies, owned.effects) == ((), ())
    owned.waits(0.1)
    owned.send()
    assert owned.keys == ("media.guide.file",)


def test_where_to_bring_a_photo_is_one_tap_away(owned: Talk) -> None:
    """And the conversation stays with the guide."""
    owned.send()
    owned.taps("/visit")
    assert owned.keys == ("offers.visit", "offer.card", "relay.with_guide")
    assert owned.says("Ich komme morgen").replies == ()


def test_an_emergency_is_answered_and_reaches_the_guide_as_well(owned: Talk) -> None:
    """First the number, and the words are not lost."""
    text = "Mein Mann hat mich geschlagen und will mich töten"
    turn = owned.says(text)
    assert turn.replies[0].key.startswith("emergency.card.")
    assert turn.replies[1].key == "relay.kept"
    assert TextRelayed(text=text) in turn.effects
    assert any(isinstance(effect, EmergencySeen) for effect in turn.effects)


def test_everything_can_be_erased_while_a_guide_writes(owned: Talk) -> None:
    """The one question that the bot still asks."""
    owned.says("/delete")
    owned.taps("ask:yes")
    assert owned.effects == (ErasureRequested(),)


def test_a_bare_number_never_erases_while_a_guide_writes(owned: Talk) -> None:
    """A 1 after "How many children?" is an answer to the guide, also while the bot asks."""
    owned.says("/delete")
    turn = owned.says("1")
    assert turn.effects == (TextRelayed(text="1"),)


def test_who_does_not_erase_is_back_with_the_guide(owned: Talk) -> None:
    """No question of the intake comes up in between."""
    owned.says("/delete")
    owned.taps("ask:no")
    assert owned.keys == ("relay.with_guide",)
    assert owned.says("Hallo?").replies == ()


def test_after_the_guide_the_questions_go_on(owned: Talk) -> None:
    """Where they rested."""
    owned.guide_closes()
    owned.says("/continue")
    assert owned.asks == "intake.age"


def test_while_a_case_waits_what_is_written_reaches_it(talk: Talk) -> None:
    """The question that was open is not asked once more: it is still there."""
    talk.taps(*TO_AGE)
    talk.says("/human")
    talk.taps("ask:yes")
    turn = talk.says("Mein Telefon ist kaputt")
    assert turn.effects == (TextRelayed(text="Mein Telefon ist kaputt"),)
    assert talk.keys == ("relay.kept",)
    talk.taps("age:18_26")
    assert talk.asks == "intake.german"


def _waits(talk: Talk) -> None:
    talk.taps("/start", "/language de", "/human", "ask:yes")


def test_who_waits_is_told_whom_to_call_meanwhile(talk: Talk) -> None:
    """And where to look: asking for a person must not make the help worse."""
    _waits(talk)
    talk.says("Mein Baby hat 40 Fieber")
    assert talk.keys == ("relay.kept", "relay.numbers")
    assert "116 117" in str(talk.replies[1].args["lines"])
    talk.send(choice=talk.replies[-1].choices[0].id)
    assert talk.effects[0] == NeedNamed(needs=("health.doctor",))
    assert CaseDescribed(needs=("health.doctor",), urgency=None) in talk.effects
    assert "offers.found" in talk.keys
    talk.says("Danke")
    assert talk.asks == "relay.kept"
    assert "relay.numbers" not in [reply.key for reply in talk.conversation.shown]


def test_who_waits_is_asked_for_no_topic_but_may_look(talk: Talk) -> None:
    """Then it is said who reads what they write, and nothing is said that is true before a consent alone."""
    _waits(talk)
    assert talk.keys == ("handover.waiting", "handover.meanwhile")
    talk.taps("/need")
    assert talk.asks == "intake.need.waiting"
    talk.taps("need:other")
    assert talk.asks == "intake.need_more.waiting"
    assert not any(key.startswith("intake.notice") for key in talk.keys)


def test_who_waits_is_not_asked_to_describe_it_to_the_program(talk: Talk) -> None:
    """It would go to the guide."""
    _waits(talk)
    talk.taps("/need", "need:housing", "detail:other")
    assert "intake.describe" not in talk.keys


def test_a_photo_does_not_reach_a_waiting_case_either(talk: Talk) -> None:
    """Nobody is told who has nothing to do with it yet, and no person is offered a second time."""
    talk.taps(*TO_AGE)
    talk.says("/human")
    talk.taps("ask:yes")
    talk.send()
    assert talk.keys == ("media.guide.file",)
    assert [choice.id for choice in talk.replies[0].choices] == ["/visit"]
    assert talk.effects == ()


@pytest.mark.parametrize("text", ["Ok, dann bis morgen um neun", "xkcd qwrt", "Ja"])
def test_who_goes_on_writing_after_the_guide_hears_that_nobody_reads_it(owned: Talk, text: str) -> None:
    """And how to be heard again, as often as they write."""
    owned.guide_closes()
    for _ in range(4):
        owned.says(text)
        assert owned.keys == ("unclear.nobody",)
        assert owned.replies[0].choices[0].id == "/human"
        assert owned.effects == ()


def test_a_need_in_what_is_written_after_the_guide_is_answered_too(owned: Talk) -> None:
    """After the word that nobody reads it."""
    owned.guide_closes()
    owned.says("Ich suche eine Wohnung")
    assert owned.keys[:2] == ("unclear.nobody", "offers.found")
    owned.says("xkcd qwrt")
    assert owned.keys[0] == "unclear"


def test_a_waiting_case_is_not_opened_twice(talk: Talk) -> None:
    """Asking again says that it is on its way."""
    talk.taps(*TO_AGE)
    talk.says("/human")
    talk.taps("ask:yes")
    talk.says("/human")
    assert talk.keys == ("handover.already",)
    assert talk.effects == ()
