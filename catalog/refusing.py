"""What of a message is not wanted: "not the job centre, ..."; it knows no needs.

Only what a clause plainly refuses is left out, and only if something else remains: "no money" and "cannot
read" are needs, and so is a refusal that stands alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.features import spoken
from catalog.normalise import MAX_LENGTH

_CLAUSE = re.compile(r"[.,;:!?\n\u060c\u061b\u061f\u06d4\u1361-\u1368]+")  # Arabic and Ethiopic marks too

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases by their first word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """Phrases after or before which stands what is refused, and words after which stands what is not.

    `hollow`: words that say nothing by themselves.
    """

    next: Phrases
    last: Phrases
    contrast: Phrases
    hollow: frozenset[str]

    @staticmethod
    def build(
        next_: Iterable[str], last: Iterable[str], contrast: Iterable[str], hollow: Iterable[str]
    ) -> "Refusals":
        """From normalised phrases and words."""
        return Refusals(
            next=_by_first(next_),
            last=_by_first(last),
            contrast=_by_first(contrast),
            hollow=frozenset(hollow),
        )


def wanted(refusals: Refusals, text: str, language: str) -> list[str]:
    """The words of a message without what it refuses; all of them if nothing else would remain."""
    clauses = [spoken(clause, language) for clause in _CLAUSE.split(text[:MAX_LENGTH])]
    kept = [word for clause in clauses for word in _kept(refusals, clause)]
    says_more = not refusals.hollow.issuperset(kept)
    return kept if says_more else [word for clause in clauses for word in clause]


def _kept(refusals: Refusals, clause: Sequence[str]) -> Iterator[str]:
    refused: set[int] = set()
    for start, length in _places(refusals.next, clause):
        refused |= set(range(start, _contrast(refusals, clause, start + length)))
    for start, length in _places(refusals.last, clause):
        before = [end for place, size in _places(refusals.contrast, clause) if (end := place + size) <= start]
        refused |= set(range(max(before, default=0), start + length))
    return (word for place, word in enumerate(clause) if place not in refused)


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
