"""How letters stand in a message to the team: in order, with who wrote them, never cut in two."""

from datetime import UTC, datetime, timedelta

from bot.channels.base import LONGEST_BUBBLE, units
from bot.team_letters import carrying, with_talk
from bot.team_notes import Note
from storage.letters import GUIDE, NEWCOMER, Letter

AT = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
NOTE = Note(text="Fall 1 gehört jetzt Ihnen.")


def letter(number: int, text: str, author: str = NEWCOMER, *, read: bool = False) -> Letter:
    return Letter(
        id=str(number),
        case="1",
        author=author,
        text=text,
        language="ar",
        at=AT + timedelta(days=number),
        picked_up_at=AT if read else None,
    )


def known(count: int) -> list[Letter]:
    """What was said and read by turns: the person's letters have even numbers."""
    by_turns = (NEWCOMER, GUIDE)
    return [letter(number, f"Brief {number}", by_turns[number % 2], read=True) for number in range(count)]


def test_whoever_takes_a_case_reads_the_newest_of_both_sides() -> None:
    told = with_talk(NOTE, known(7), content=True)
    assert told.text.startswith(f"{NOTE.text}\n\n2 frühere Nachrichten stehen am Arbeitsplatz.\n\nPerson,")
    assert [f"„Brief {number}“" in told.text for number in range(7)] == [False] * 2 + [True] * 5
    assert "Guide, 28.11. um 10:05:\n„Brief 5“" in told.text
    assert told.shows == ()


def test_what_nobody_has_read_always_stands_among_them() -> None:
    """Only that is told as shown: the rest was read before."""
    letters = [letter(0, "Neu"), *known(8)[1:]]
    told = with_talk(NOTE, letters, content=True)
    assert [f"„{each.text}“" in told.text for each in letters] == [True, *[False] * 2, *[True] * 5]
    assert told.text.index("„Neu“") < told.text.index("„Brief 3“")
    assert told.shows == ("0",)


def test_what_was_read_before_gives_way_to_what_was_not() -> None:
    """A message holds so much; the newest of what was read is the last to go."""
    letters = [letter(n, str(n) * 1200, GUIDE) for n in range(3)] + [letter(n, str(n) * 1200) for n in (3, 4)]
    told = with_talk(NOTE, letters, content=True)
    assert units(told.text) <= LONGEST_BUBBLE
    assert [each.text in told.text for each in letters] == [False, False, True, True, True]
    assert "2 frühere Nachrichten stehen am Arbeitsplatz." in told.text
    more = with_talk(NOTE, [letter(n, "ä" * 1500) for n in range(3)], content=True)
    assert more.shows == ("0", "1")
    assert more.text.endswith("Und 1 mehr. Tippen Sie auf „Schreiben“, dann kommen die nächsten.")


def test_without_content_it_is_said_how_much_there_is_to_read() -> None:
    assert with_talk(NOTE, known(2), content=False).text.endswith("\n\n2 Nachrichten stehen am Arbeitsplatz.")
    one = with_talk(NOTE, [letter(0, "Neu")], content=False)
    assert (one.text, one.shows) == (f"{NOTE.text}\n\n1 Nachricht steht am Arbeitsplatz.", ())
    assert with_talk(NOTE, [], content=False) == NOTE


def test_each_is_quoted_with_its_day_and_its_time_here_the_oldest_first() -> None:
    told = carrying(NOTE, [letter(0, "أبحث عن شقة"), letter(1, "Fall 2 gehört jetzt Ihnen.")])
    assert told.text == (
        "Fall 1 gehört jetzt Ihnen.\n\n"
        "Person, 23.11. um 10:05:\n„أبحث عن شقة“\n\n"
        "Person, 24.11. um 10:05:\n„Fall 2 gehört jetzt Ihnen.“"
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


def test_a_letter_that_no_message_holds_is_begun_and_not_told_as_shown() -> None:
    """Two thousand pictures are four thousand units; cut in two, half would outlive an erasure."""
    told = carrying(NOTE, [letter(0, "😀" * 2000)])
    assert units(told.text) <= LONGEST_BUBBLE
    assert told.text.endswith("😀 …“\nDer Rest steht am Arbeitsplatz.")
    assert told.shows == ()
