"""A kind word is answered with one; it neither counts as not understood nor moves what is going on."""

import pytest

from tests.dialogs.talk import TO_AGE, TO_OFFERS, Talk


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Hallo", "small_talk.greeting"),
        ("Vielen Dank!", "small_talk.thanks"),
        ("Tschüss", "small_talk.farewell"),
    ],
)
@pytest.mark.parametrize("steps", [TO_OFFERS, TO_AGE], ids=["as a guest", "after the consent"])
def test_the_open_question_stays_where_it_is(talk: Talk, steps: tuple[str, ...], text: str, key: str) -> None:
    """However often it is said; a tap goes on from there."""
    talk.taps(*steps)
    asked, runs = talk.replies[-1], talk.conversation.runs
    for _ in range(4):
        talk.says(text)
        assert talk.keys == (key,)
    assert talk.conversation.runs == runs
    assert talk.conversation.missed == 0
    talk.taps(talk.replies[0].choices[0].id)
    assert talk.replies == (asked,)


def test_a_greeting_before_anything_else_brings_the_first_screen(talk: Talk) -> None:
    """Many do not know that a bot wants to be started by a command."""
    talk.says("Hallo")
    assert talk.keys == ("welcome",)


def test_a_greeting_after_weeks_asks_whether_to_go_on(talk: Talk) -> None:
    """Thanks after weeks are only thanks."""
    talk.taps(*TO_AGE)
    talk.waits(500)
    talk.says("Danke")
    assert talk.keys == ("small_talk.thanks",)
    talk.waits(500)
    talk.says("Guten Morgen")
    assert talk.asks == "resume.ask"


def test_thanks_after_the_guide_are_no_question(talk: Talk) -> None:
    """A person is still one tap away, and a greeting is likely meant for that person."""
    talk.taps(*TO_AGE)
    talk.says("/human")
    talk.taps("ask:yes")
    talk.guide_takes()
    talk.guide_closes()
    talk.says("Danke")
    assert talk.keys == ("small_talk.thanks",)
    assert [choice.id for choice in talk.replies[0].choices] == ["/human", "/need"]
    talk.says("Hallo?")
    assert talk.keys == ("unclear.nobody",)


def test_whoever_waits_for_a_guide_greets_the_guide(talk: Talk) -> None:
    """It is a letter like any other."""
    talk.taps(*TO_AGE)
    talk.says("/human")
    talk.taps("ask:yes")
    talk.says("Hallo")
    assert talk.keys == ("relay.kept",)
