"""What of a message is not wanted: "not the job centre, ..."; it knows no needs.

Only what a clause plainly refuses is left out, and only if something else remains: "no money" and "cannot
read" are needs, and so is a refusal that stands alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.features import spoken
from catalog.normalise import MAX_LENGTH
from catalog.phrases import Phrases as Normalised

_CLAUSE = re.compile(r"[.,;:!?\n\u060c\u061b\u061f\u06d4\u1361-\u1368]+")  # Arabic and Ethiopic marks too

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases by their first word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """Phrases of all languages, as in `catalog.lexicon.Refusing`. `hollow`: words that say nothing."""

    next: Phrases
    last: Phrases
    contrast: Phrases
    bare: Phrases
    instead: Phrases
    hollow: frozenset[str]

    @staticmethod
    def build(languages: Sequence[Normalised], hollow: Iterable[str]) -> "Refusals":
        return Refusals(
            next=_by_first(phrase for each in languages for phrase in each.next),
            last=_by_first(phrase for each in languages for phrase in each.last),
            contrast=_by_first(phrase for each in languages for phrase in each.contrast),
            bare=_by_first(phrase for each in languages for phrase in each.bare),
            instead=_by_first(phrase for each in languages for phrase in each.instead),
            hollow=frozenset(hollow),
        )


def wanted(refusals: Refusals, text: str, language: str) -> list[str]:
    """The words of a message without what it refuses; all of them if nothing else would remain."""
    clauses = [spoken(clause, language) for clause in _CLAUSE.split(text[:MAX_LENGTH])]
    followed = zip(clauses, [*clauses[1:], []], strict=True)
    kept = [word for clause, following in followed for word in _kept(refusals, clause, following)]
    says_more = not refusals.hollow.issuperset(kept)
    return kept if says_more else [word for clause in clauses for word in clause]


def _kept(refusals: Refusals, clause: Sequence[str], following: Sequence[str]) -> Iterator[str]:
    refused = _replaced(refusals, clause, following)
    for start, length in _places(refusals.next, clause):
        refused |= set(range(start, _contrast(refusals, clause, start + length)))
    for start, length in _places(refusals.last, clause):
        before = [end for place, size in _places(refusals.contrast, clause) if (end := place + size) <= start]
        refused |= set(range(max(before, default=0), start + length))
    return (word for place, word in enumerate(clause) if place not in refused)


def _replaced(refusals: Refusals, clause: Sequence[str], following: Sequence[str]) -> set[int]:
    """Places of what something else is named for: "kein Kurs, sondern Arbeit"."""
    ends = [place for place, _ in _places(refusals.instead, clause)]
    if any(place == 0 for place, _ in _places(refusals.instead, following)):
        ends.append(len(clause))
    refused: set[int] = set()
    for start, length in _places(refusals.bare, clause):
        end = next((end for end in ends if end >= start + length), start)
        refused |= set(range(start, end))
    return refused


def _contrast(refusals: Refusals, clause: Sequence[str], after: int) -> int:
    return min(
        (place for place, _ in _places(refusals.contrast, clause) if place >= after), default=len(clause)
    )


def _places(phrases: Phrases, clause: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where a phrase begins and how many words it has."""
    for place, word in enumerate(clause):
        for phrase in phrases.get(word, ()):
            if tuple(clause[place : place + len(phrase)]) == phrase:
                yield place, len(phrase)


def _by_first(phrases: Iterable[str]) -> Phrases:
    found: dict[str, set[tuple[str, ...]]] = {}
    for phrase in filter(None, phrases):
        words = tuple(phrase.split())
        found.setdefault(words[0], set()).add(words)
    return {word: tuple(sorted(some)) for word, some in found.items()}
