"""Whether a message is a greeting, thanks, a farewell or a bare request for help; it looks for no needs."""

from collections.abc import Container, Iterator, Sequence

from catalog.calls import Calls, slipped

GREETING, THANKS, FAREWELL, REQUEST = KINDS = ("greeting", "thanks", "farewell", "request")
"""Of several in one message the later one counts: who thanks and takes leave, takes leave.

A request asks for help without a word of what for; whoever cries for it is heard before (`catalog.calls`).
"""

ASIDE = "aside"  # talk about the talk itself, and words beside a greeting
WORDS_AT_MOST = 16  # who writes more has more to say
PHRASE = 8  # words of the longest phrase


def small_talk(talk: Calls, written: Sequence[str], unknown: Container[str] = ()) -> str | None:
    """One of KINDS, or empty for asides alone; None if anything else, or nothing, is said.

    Phrases must stand as they are, one after the other. `unknown`: words that may be a slip of the finger;
    all others must be written as in the lists.
    """
    if not 0 < len(written) <= WORDS_AT_MOST:
        return None
    kinds: set[str] = set()
    place = 0
    while place < len(written):
        kind, length = _longest(talk, written[place:], unknown)
        if not length:
            return None
        kinds.add(kind)
        place += length
    return next((kind for kind in reversed(KINDS) if kind in kinds), "")


def beside(talk: Calls, written: Sequence[str]) -> list[str]:
    """What is said beside greeting, thanks and the like; everything if nothing is."""
    return list(_beside(talk, written)) or list(written)


def _beside(talk: Calls, written: Sequence[str]) -> Iterator[str]:
    place = 0
    while place < len(written):
        kind, length = _longest(talk, written[place : place + PHRASE], ())
        if not length or kind == ASIDE:  # "and", "good", "please": words of whole sentences too
            yield written[place]
            length = 1
        place += length


def _longest(talk: Calls, rest: Sequence[str], unknown: Container[str]) -> tuple[str, int]:
    """Kind and length of the longest phrase that `rest` begins with; length 0 if there is none."""
    firsts = [first for first in _meant(talk, rest[0], unknown) if first in talk.words]
    said = {word for each in rest if firsts for word in _meant(talk, each, unknown)}
    fitting = [
        (call.code, len(call.words))
        for first in firsts
        for call in talk.beginning(first, said)
        if len(call.words) <= len(rest)
        and all(
            word == each or word in _meant(talk, each, unknown)
            for word, each in zip(call.words, rest, strict=False)
        )
    ]
    return max(fitting, key=lambda found: found[1], default=("", 0))


def _meant(talk: Calls, word: str, unknown: Container[str]) -> tuple[str, ...]:
    """What a word may have been meant to be, itself first."""
    return (word, *(known for known, _ in slipped(talk, word))) if word in unknown else (word,)
