"""How letters stand in a message to the team; whether they may is decided elsewhere."""

from collections.abc import Sequence
from dataclasses import replace

from bot.channels.base import LONGEST_BUBBLE, pieces, units
from bot.team_notes import Note
from casework.days import LOCAL
from storage.letters import BOT, GUIDE, NEWCOMER, Letter

ROOM_FOR_MORE = 300
"""Kept free for the line that says how many are left, and for a link to the desk."""

NEWEST = 5
"""Letters of both sides by which whoever takes a case knows what it is about."""

LONGEST_LETTER = 3000
"""Units of one letter; only one full of pictures has more, for which a message might not do."""

SPEAKERS = {NEWCOMER: "Person", GUIDE: "Guide", BOT: "Bot"}


def carrying(note: Note, letters: Sequence[Letter]) -> Note:
    """The note with these letters beneath, oldest first, as many as one message holds but at least one.

    Not cut into several messages: after an erasure each of them must be found again to be written over.
    """
    shown = _fitting(note, letters)
    return _with(note, "", shown, left=len(letters) - len(shown))


def with_talk(note: Note, letters: Sequence[Letter], *, content: bool) -> Note:
    """The note with what was said in the case before: all that is unread, and the newest of both sides.

    `letters`: all of the case, in order. What does not stand there is counted; without `content` that is all.
    """
    if not content:
        return _with(note, _at_the_desk(len(letters), ""), (), left=0)
    unread = [letter for letter in letters if _is_unread(letter)]
    new = _fitting(note, unread)
    room = LONGEST_BUBBLE - ROOM_FOR_MORE - units(_with(note, "", new, left=0).text)
    known = list[Letter]()
    for letter in reversed(letters[-NEWEST:]):
        room -= 0 if _is_unread(letter) else units(f"\n\n{_words(letter)}")
        if room < 0:
            break
        known += [] if _is_unread(letter) else [letter]
    shown = [letter for letter in letters if letter in new or letter in known]
    earlier = len(letters) - len(unread) - len(known)
    return _with(note, _at_the_desk(earlier, "frühere "), shown, left=len(unread) - len(new))


def _fitting(note: Note, letters: Sequence[Letter]) -> list[Letter]:
    text, shown = note.text, list[Letter]()
    for letter in letters:
        text = f"{text}\n\n{_words(letter)}"
        if shown and units(text) > LONGEST_BUBBLE - ROOM_FOR_MORE:
            break
        shown.append(letter)
    return shown


def _with(note: Note, before: str, letters: Sequence[Letter], *, left: int) -> Note:
    more = f"Und {left} mehr. Tippen Sie auf „Schreiben“, dann kommen die nächsten." if left else ""
    parts = (note.text, before, *(_words(letter) for letter in letters), more)
    shows = tuple(letter.id for letter in letters if _is_unread(letter) and _is_whole(letter))
    return replace(note, text="\n\n".join(part for part in parts if part), shows=shows)


def _at_the_desk(count: int, which: str) -> str:
    if count == 0:
        return ""
    told = f"{which}Nachricht steht" if count == 1 else f"{which}Nachrichten stehen"
    return f"{count} {told} am Arbeitsplatz."


def _is_unread(letter: Letter) -> bool:
    return letter.author == NEWCOMER and letter.picked_up_at is None


def _is_whole(letter: Letter) -> bool:
    return units(letter.text) <= LONGEST_LETTER


def _words(letter: Letter) -> str:
    who, at = SPEAKERS.get(letter.author, letter.author), letter.at.astimezone(LOCAL)
    begun = letter.text if _is_whole(letter) else f"{next(pieces(letter.text, LONGEST_LETTER))} …"
    rest = "" if _is_whole(letter) else "\nDer Rest steht am Arbeitsplatz."
    return f"{who}, {at:%d.%m. um %H:%M}:\n„{begun}“{rest}"
