"""How letters of newcomers stand in a message to the team; whether they may is decided elsewhere."""

from collections.abc import Sequence
from dataclasses import replace

from bot.channels.base import LONGEST_BUBBLE, units
from bot.team_notes import Note
from casework.days import LOCAL
from storage.letters import Letter

ROOM_FOR_MORE = 300
"""Kept free for the line that says how many are left, and for a link to the desk."""


def carrying(note: Note, letters: Sequence[Letter]) -> Note:
    """The note with these letters beneath, oldest first, as many as one message holds but at least one.

    Not cut into several messages: after an erasure each of them must be found again to be written over.
    """
    text, shown = note.text, list[str]()
    for letter in letters:
        longer = f"{text}\n\n{_words(letter)}"
        if shown and units(longer) > LONGEST_BUBBLE - ROOM_FOR_MORE:
            break
        text = longer
        shown.append(letter.id)
    left = len(letters) - len(shown)
    if left:
        text = f"{text}\n\nUnd {left} mehr. Tippen Sie auf „Schreiben“, dann kommen die nächsten."
    return replace(note, text=text, shows=tuple(shown))


def _words(letter: Letter) -> str:
    return f"Die Person schrieb am {letter.at.astimezone(LOCAL):%d.%m. um %H:%M}:\n„{letter.text}“"
