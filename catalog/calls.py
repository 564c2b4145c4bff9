"""Cries for help and for a person: which phrases a message contains, slips of the finger and all; no needs.

A miss may cost a life and a false alarm a glance, so a phrase of several words is found with a spelling
mistake in each, with words run together or torn apart, in any order and with other words in between.
"""

from bisect import bisect_left
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

GENERAL = "emergency"  # a cry for help that does not say what has happened
HUMAN = "human"
DEADLINE = "deadline"
IDIOM = (
    "idiom"  # sounds like an emergency and is none: its words must stand in order, so that it hides no other
)
SURE = 0.86  # likeness that a phrase of one word needs: "teuer" is not "feuer"
SPREAD = 4  # words that may stand between those of a phrase
LETTERS = 4  # of a word that may be misspelt; what was typed may be one shorter
SHORT = 5  # letters up to which a changed letter makes another word; one left out or put in is a mistake
START = 4  # letters by which inflected forms are found
_ALONE = "!"  # after the code of a call that counts only if the message says nothing else
JOINED = 6  # letters of two words run together, or of one that was torn apart

Heard = Mapping[str, Mapping[int, float]]
"""A word of the index, where in the message it was said, and how surely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Words that must stand close together. `alone`: only if the message says nothing else."""

    words: tuple[str, ...]
    code: str
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """Immutable, and packed: there are tens of thousands, and an object for each would take thrice as much.

    `lines`: calls as `lines_of` writes them, ascending. `words`: all of them, `ordered` ascending. `slips`:
    those that may be misspelt, by first letter and length, which is that of the word without doubled letters.
    `polite`: words that do not keep a cry for help from being all that was said. `hollow`: words that say
    nothing, so that with an idiom they make no cry; nor are they ever a slip or a form of another word.
    """

    lines: tuple[str, ...]
    words: frozenset[str]
    ordered: tuple[str, ...]
    slips: Mapping[tuple[str, int], "Slips"]
    polite: frozenset[str]
    hollow: frozenset[str]

    @staticmethod
    def build(lines: Iterable[str], polite: Iterable[str] = (), hollow: Iterable[str] = ()) -> "Calls":
        ordered = tuple(sorted(set(lines)))
        words = frozenset(word for line in ordered for word in line.split()[:-1])
        return Calls(
            lines=ordered,
            words=words,
            ordered=tuple(sorted(words)),
            slips=_slips(sorted(word for word in words if len(word) >= LETTERS)),
            polite=frozenset(polite),
            hollow=frozenset(hollow),
        )

    def beginning(self, first: str, said: Container[str]) -> Iterator[Call]:
        """Those whose first word this is, and all of whose words were said."""
        for line in _starting(self.lines, f"{first} "):
            *words, code = line.split()
            if all(word in said for word in words):
                yield Call(words=tuple(words), code=code.rstrip(_ALONE), alone=code.endswith(_ALONE))

    def starting(self, start: str) -> Iterator[str]:
        """Words that begin so."""
        return _starting(self.ordered, start)


class Slips(NamedTuple):
    """Words, and at the same places the same without doubled letters."""

    words: tuple[str, ...]
    squeezed: tuple[str, ...]


_NONE = Slips((), ())


def lines_of(call: Call) -> Iterator[str]:
    """A call, and the same with words run together, each as one line: its words and last its code."""
    # an idiom run together would be one slip away from the cry that it must not hide; a deadline is
    # no cry, and there are thousands of them
    for spelt in (call, *(_run_together(call) if call.code not in {IDIOM, DEADLINE} else ())):
        yield " ".join((*spelt.words, spelt.code + _ALONE * spelt.alone))


def _starting(ordered: Sequence[str], start: str) -> Iterator[str]:
    for place in range(bisect_left(ordered, start), len(ordered)):
        if not ordered[place].startswith(start):
            return
        yield ordered[place]


def _slips(words: Iterable[str]) -> dict[tuple[str, int], Slips]:
    found: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for word in words:
        squeezed = _squeezed(word)
        found.setdefault((word[0], len(squeezed)), []).append((word, squeezed))
    return {key: Slips(*zip(*some, strict=True)) for key, some in found.items()}


def pairs(written: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Neighbours written as one word, with their place and as they were written: "my self" is "myself"."""
    for place, (one, other) in enumerate(pairwise(written)):
        if len(one) + len(other) >= JOINED:
            yield place, one + other, f"{one} {other}"


def slipped(calls: Calls, word: str) -> Iterator[tuple[str, float]]:
    """Known words but one slip away from `word`, and how like they are; doubled letters are no slip."""
    if len(word) < LETTERS - 1:
        return
    typed = _squeezed(word)
    for length in (len(typed) - 1, len(typed), len(typed) + 1):
        like = calls.slips.get((word[0], length), _NONE)
        for meant, slips, place in process.extract(
            typed, like.squeezed, scorer=OSA.distance, score_cutoff=1, limit=None
        ):
            other_word = len(typed) == length <= SHORT and sorted(typed) != sorted(meant)
            if not other_word:
                yield like.words[place], 1 - slips / len(word)


def called(calls: Calls, heard: Heard, written: Sequence[str]) -> dict[str, frozenset[int]]:
    """Codes of the calls in a message (`emergency.*`, GENERAL, HUMAN, DEADLINE), and where they stand."""
    said = list(_said(calls, heard))
    idle = _idle(
        times
        for call in said
        if call.code == IDIOM
        for times in _places(call, heard)
        if _as_long(call, times, written)
    )
    hollow = idle | {place for place, word in enumerate(written) if idle and word in calls.hollow}
    beside = {word: _without(places, idle) for word, places in heard.items()} if idle else heard
    found: dict[str, set[int]] = {}
    covered: dict[str, set[int]] = {}
    for call in said:
        if call.alone:
            covered.setdefault(call.code, set()).update(*_places(call, heard))
        elif call.code != IDIOM:
            # looked for beside the idioms first: else a cry takes the nearer copy of a word that both have
            times = _places(call, beside) or _reaching_out(call, heard, hollow)
            if times:
                found.setdefault(call.code, set()).update(*times)
    meant = {place for place, word in enumerate(written) if word not in calls.polite}
    for code, places in covered.items():
        if meant <= places:
            found.setdefault(code, set()).update(places)
    return {code: frozenset(places) for code, places in found.items()}


def _idle(idioms: Iterable[set[int]]) -> set[int]:
    """Places of idioms; one with words in between gives way to one without that shares a word."""
    idle: set[int] = set()
    gaps = [(max(times) - min(times) + 1 - len(times), times) for times in idioms]
    for gap, times in sorted(gaps, key=itemgetter(0)):
        if not gap or idle.isdisjoint(times):
            idle |= times
    return idle


def _as_long(call: Call, times: AbstractSet[int], written: Sequence[str]) -> bool:
    """Whether no word of an idiom was written as two: "Lager, Feuer!" is no "Lagerfeuer"."""
    letters = sum(len(written[place]) for place in times)
    return letters >= sum(len(word) - 1 for word in call.words)


def _reaching_out(call: Call, heard: Heard, hollow: AbstractSet[int]) -> list[set[int]]:
    """Each time a cry shares words with an idiom but says more: "kicks me out and hits"."""
    return [times for times in _places(call, heard) if not times <= hollow] if hollow else []


def _without(places: Mapping[int, float], idle: Collection[int]) -> dict[int, float]:
    return {place: likeness for place, likeness in places.items() if place not in idle}


def _said(calls: Calls, heard: Heard) -> Iterator[Call]:
    for word in heard:
        yield from calls.beginning(word, heard)


def _places(call: Call, heard: Heard) -> list[set[int]]:
    """Each time a call was said; none if its words stand too far apart or its only word is a guess."""
    if len(call.words) == 1:
        return [{place} for place, likeness in heard[call.words[0]].items() if likeness >= SURE]
    # a guess hides no cry: who "kicks me out" has done what who wants to "kick me out" has not
    least, spread = (SURE, 1) if call.code == IDIOM else (0.0, SPREAD)
    said = [[place for place, likeness in heard[word].items() if likeness >= least] for word in call.words]
    if not all(said):
        return []
    found: list[set[int]] = []
    for place in said[0]:
        near = [min(places, key=lambda other: abs(other - place)) for places in said]
        together = max(near) - min(near) < len(near) + spread
        if together and (call.code != IDIOM or near == sorted(near)):
            found.append(set(near))
    return found


def _run_together(call: Call) -> Iterator[Call]:
    """The same call with two neighbours, or all its words, written as one."""
    words = call.words
    joined = {(*words[:n], words[n] + words[n + 1], *words[n + 2 :]) for n in range(len(words) - 1)}
    joined |= {("".join(words),)} if len(words) > 2 else set()
    for spelt in sorted(joined):
        if min(len(word) for word in set(spelt) - set(words)) >= JOINED:
            yield Call(words=spelt, code=call.code, alone=call.alone)


def _squeezed(word: str) -> str:
    if all(one != other for one, other in pairwise(word)):
        return word  # the same object: nearly all words have no doubled letter
    return "".join(letter for n, letter in enumerate(word) if n == 0 or word[n - 1] != letter)
