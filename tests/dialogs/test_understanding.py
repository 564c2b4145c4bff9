"""People answer with words and numbers where buttons are offered; what is unclear means nothing."""

import pytest

from bot.town_script import TownScript
from dialogs.messages import Choice, Reply
from dialogs.understanding import meant
from tests.dialogs.talk import TO_CONSENT, TO_OFFERS, Talk

NEED, URGENCY, CONSENT = TO_OFFERS[:2], TO_OFFERS, TO_CONSENT
TYPED = [
    ("de", NEED, "Deutsch lernen", "need:lang"),
    ("de", NEED, "DEUTSCH LERNEN!", "need:lang"),
    ("de", NEED, "deutch lernen", "need:lang"),
    ("de", NEED, "Wohnnen", "need:housing"),
    ("de", NEED, "  wohnen.  ", "need:housing"),
    ("de", NEED, "1", "need:lang"),
    ("de", NEED, "11", "need:other"),
    ("de", NEED, "3.", "need:work"),
    ("de", NEED, "٢", "need:housing"),
    ("de", NEED, "۲", "need:housing"),
    ("de", NEED, "Briefe & Formulare", "need:admin"),
    ("de", URGENCY, "Überspringen", "urgency:skip"),
    ("de", URGENCY, "uberspringen", "urgency:skip"),
    ("en", NEED, "learn germann", "need:lang"),
    ("en", NEED, "LEARN GERMAN", "need:lang"),
    ("en", NEED, "Deutsch lernen", "need:lang"),
    ("en", NEED, "child care and school", "need:edu"),
    ("en", URGENCY, "it can wait", "urgency:has_time"),
    ("ar", NEED, "السكن", "need:housing"),
    ("ar", NEED, "الســكن", "need:housing"),
    ("ar", NEED, "السَّكَن", "need:housing"),
    ("ar", NEED, "تعلم اللغه الالمانيه", "need:lang"),
    ("ar", NEED, "١١", "need:other"),
    ("ar", NEED, "٣", "need:work"),
    ("ar", URGENCY, "تخطي", "urgency:skip"),
    ("ar", URGENCY, "هذا الاسبوع", "urgency:this_week"),
    ("uk", NEED, "Вивчати німецьку", "need:lang"),
    ("uk", NEED, "житло", "need:housing"),
    ("uk", NEED, "здоровя", "need:health"),
    ("uk", NEED, "Здоров'я", "need:health"),
    ("uk", URGENCY, "пропустить", "urgency:skip"),
]
UNCLEAR = [
    ("de", NEED, "0"),
    ("de", NEED, "12"),
    ("de", NEED, "1000000000000"),
    ("de", NEED, "½"),
    ("de", NEED, "?"),
    ("de", NEED, "😀"),
    ("de", NEED, "xyz"),
    ("ar", NEED, "شكرا"),
    ("uk", NEED, "дякую"),
]


def shown(*labels: str) -> tuple[Reply, ...]:
    return (
        Reply(key="k", choices=tuple(Choice(id=f"r.q:{n}", key=label) for n, label in enumerate(labels))),
    )


def walked(script: TownScript, language: str, steps: tuple[str, ...]) -> Talk:
    talk = Talk(script, language=language)
    for step in steps:
        talk.taps(f"/language {language}" if step.startswith("/language") else step)
    return talk


@pytest.mark.parametrize(("language", "steps", "text", "choice"), TYPED, ids=lambda value: str(value)[-30:])
def test_a_typed_label_or_number_counts_as_its_button(
    script: TownScript, language: str, steps: tuple[str, ...], text: str, choice: str
) -> None:
    """In the person's language and in German, nearly right, in any digits."""
    talk = walked(script, language, steps)
    found = meant(text, talk.conversation.shown, script, language)
    assert found is not None
    assert found.id.endswith("." + choice)


@pytest.mark.parametrize(("language", "steps", "text"), UNCLEAR, ids=lambda value: str(value)[-30:])
def test_what_is_no_label_and_no_number_means_no_button(
    script: TownScript, language: str, steps: tuple[str, ...], text: str
) -> None:
    """It is then read as a need, or asked again."""
    assert meant(text, walked(script, language, steps).conversation.shown, script, language) is None


@pytest.mark.parametrize("typed", ["İŞ ARAMA", "iş arama", "İş Arama", "is arama"])
def test_a_turkish_i_counts_with_and_without_its_dot(script: TownScript, typed: str) -> None:
    """Plain lower case would part the dotted I from its letter."""
    found = meant(typed, shown("İş arama", "Ev arama"), script, "tr")
    assert found is not None
    assert found.id == "r.q:0"


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("children 0 to 5", ("Children 0 to 2", "Children 3 to 5")),
        ("course", ("Course A", "Course B")),
        ("karte mit datun", ("Karte mit Datum", "Karte mit Daten")),
    ],
    ids=str,
)
def test_what_is_near_two_labels_means_neither(
    script: TownScript, typed: str, labels: tuple[str, ...]
) -> None:
    """A wrong guess would be worse than asking again."""
    assert meant(typed, shown(*labels), script, "en") is None


def test_an_exact_label_wins_over_a_near_one(script: TownScript) -> None:
    """However much they look alike."""
    found = meant("Karte mit Daten", shown("Karte mit Datum", "Karte mit Daten"), script, "de")
    assert found is not None
    assert found.id == "r.q:1"


def test_nothing_is_meant_where_nothing_is_shown(script: TownScript) -> None:
    """A number without buttons is a text."""
    assert meant("1", (), script, "de") is None
    assert meant("1", (Reply(key="k"),), script, "de") is None


def test_the_choices_of_the_question_are_counted(script: TownScript) -> None:
    """It stands last; the buttons of cards and answers above it do not count."""
    found = meant("1", (*shown("A", "B"), *shown("C")), script, "de")
    assert found is not None
    assert found.key == "C"
    assert meant("2", (*shown("A", "B"), *shown("C")), script, "de") is None


def test_a_long_question_is_repeated_only_on_request(talk: Talk) -> None:
    """Its buttons are still there, and one tap brings them again; a page shows them all the time."""
    talk.taps(*NEED)
    asked = talk.replies[-1]
    talk.says("xkcd qwrt")
    assert [choice.id.partition(" ")[0] for choice in talk.replies[0].choices] == ["/continue", "/human"]
    assert talk.conversation.shown[-1] == asked
    talk.taps(talk.replies[0].choices[0].id)
    assert talk.replies == (asked,)


def test_nobody_counts_up_to_a_question_that_was_not_repeated(talk: Talk) -> None:
    """In a messenger the buttons sent last are others."""
    talk.taps(*NEED)
    talk.says("xkcd qwrt")
    talk.says("2")
    assert talk.keys == ("unclear",)


def test_a_new_question_is_shown_whole(talk: Talk) -> None:
    """Only one that stands there already is not repeated."""
    talk.taps(*NEED)
    talk.says("/help")
    talk.says("xkcd qwrt")
    assert talk.keys == ("unclear", "intake.need")


def test_a_short_question_is_simply_asked_again(talk: Talk) -> None:
    """Such as whether everything is to be erased."""
    talk.taps(*NEED)
    talk.says("/delete")
    talk.says("xkcd qwrt")
    assert talk.keys == ("unclear", "erase.ask")


def test_after_three_tries_a_person_is_offered(talk: Talk) -> None:
    """And the count begins anew."""
    talk.taps(*NEED)
    for _ in range(2):
        talk.says("xkcd qwrt")
        assert talk.keys == ("unclear",)
    talk.says("xkcd qwrt")
    assert (talk.keys[0], talk.asks) == ("unclear.person", "handover.ask")
    talk.taps("ask:no")
    talk.says("xkcd qwrt")
    assert talk.keys == ("unclear",)


def test_an_understood_message_ends_the_count(talk: Talk) -> None:
    """Three misses in a row are needed."""
    talk.taps(*NEED)
    talk.says("xkcd qwrt")
    talk.says("xkcd qwrt")
    talk.says("Wohnen")
    talk.says("xkcd qwrt")
    assert talk.keys[0] == "unclear"


def test_a_word_on_a_button_that_is_also_a_command_is_that_button(talk: Talk) -> None:
    """People do not know what a command is."""
    talk.taps(*TO_OFFERS, "urgency:skip")
    talk.says("ich möchte mit einem menschen sprechen")
    assert talk.asks == "handover.ask"
