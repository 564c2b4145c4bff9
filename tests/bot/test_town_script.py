"""What the engine is told of a text, with the words of the town's own offers and of all labels."""

from functools import lru_cache

import pytest

from bot.town_script import TownScript
from bot.wiring import script_from_files
from dialogs.script import Meaning
from tests.catalog.town import erlenfels

EVERYDAY = {
    "de": (
        "bist du noch da?",
        "wer bist du?",
        "wie heißt du?",
        "ich verstehe nicht",
        "Kannst du mich verstehen?",
        "hörst du mich?",
        "bist du ein Roboter?",
        "was kannst du?",
        "einen Moment bitte",
        "keine Ahnung",
        "das stimmt nicht",
        "wie spät ist es?",
        "vielleicht später",
        "ich komme aus Syrien",
    ),
    "en": (
        "are you still there?",
        "who are you?",
        "are you a robot?",
        "can you hear me",
        "I do not understand",
        "I don't understand you",
        "moment please",
        "that is wrong",
        "it doesn't work",
        "leave me alone",
        "what time is it?",
        "maybe later",
    ),
    "ar": (
        "هل ما زلت هناك؟",
        "من أنت؟",
        "لا أفهم",
        "ما فهمت عليك",
        "هل أنت روبوت؟",
        "هل تسمعني؟",
        "لحظة من فضلك",
        "كم الساعة؟",
        "هل تتكلم العربية؟",
        "هل سألتني هناك قبل قليل",
        "أنا من سوريا",
    ),
    "uk": (
        "ви ще тут?",
        "хто ви?",
        "я не розумію",
        "ви мене розумієте?",
        "ти робот?",
        "ви мене чуєте?",
        "хвилинку, будь ласка",
        "це неправильно",
        "котра година?",
        "може пізніше",
        "я з України",
    ),
}


@lru_cache(maxsize=1)
def script() -> TownScript:
    return script_from_files(erlenfels())


@pytest.mark.parametrize(
    ("language", "text"), [(la, text) for la, texts in EVERYDAY.items() for text in texts], ids=str
)
def test_an_everyday_sentence_is_no_need(language: str, text: str) -> None:
    """Offers of a refuge for "are you still there?" look as if nobody listened."""
    assert script().understand(text, language) == Meaning()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hallo!", "greeting"),
        ("شكرا", "thanks"),
        ("до побачення", "farewell"),
        ("Hallo, können Sie mir helfen?", "request"),
    ],
)
def test_small_talk_reaches_the_engine(text: str, kind: str) -> None:
    """It answers a greeting, instead of saying that it was not understood."""
    assert script().understand(text, "de") == Meaning(small_talk=kind)
