"""How letters stand in a message to the team: in order, as the person's words, never cut in two."""

from datetime import UTC, datetime, timedelta

from bot.channels.base import LONGEST_BUBBLE, units
from bot.team_letters import carrying
from bot.team_notes import Note
from storage.letters import NEWCOMER, Letter

AT = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
NOTE = Note(text="Fall 1 gehört jetzt Ihnen.")


def letter(number: int, text: str) -> Letter:
    return Letter(
        id=str(number), case="1", author=NEWCOMER, text=text, language="ar", at=AT + timedelta(days=number)
    )


def test_each_is_quoted_with_its_day_and_its_time_here_the_oldest_first() -> None:
    told = carrying(NOTE, [letter(0, "أبحث عن شقة"), letter(1, "Fall 2 gehört jetzt Ihnen.")])
    assert told.text == (
        "Fall 1 gehört jetzt Ihnen.\n\n"
        "Die Person schrieb am 23.11. um 10:05:\n„أبحث عن شقة“\n\n"
        "Die Person schrieb am 24.11. um 10:05:\n„Fall 2 gehört jetzt Ihnen.“"
    )
    assert told.shows == ("0", "1")


def test_without_letters_the_note_stays_as_it_is() -> None:
    assert carrying(NOTE, []) == NOTE


def test_what_does_not_fit_is_left_for_the_next_time_and_said() -> None:
    """Only what is shown counts as read; of several messages not all could be written over when erased."""
    letters = [letter(number, "ä" * 1500) for number in range(5)]
    told = carrying(NOTE, letters)
    assert units(told.text) <= LONGEST_BUBBLE
    assert told.shows == ("0", "1")
    assert told.text.endswith("Und 3 mehr. Tippen Sie auf „Schreiben“, dann kommen die nächsten.")
    assert carrying(NOTE, letters[2:]).shows == ("2", "3")


def test_one_is_shown_however_long_it_is() -> None:
    """Else nobody could ever read it here."""
    assert carrying(NOTE, [letter(0, "😀" * 2000), letter(1, "kurz")]).shows == ("0",)
