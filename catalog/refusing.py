"""What of a message is not wanted: "not the job centre, ..."; it knows no needs.

Only what a clause plainly refuses is left out, and only if something else remains: "no money" and "cannot
read" are needs, and so is a refusal that stands alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.features import spoken
from catalog.lexicon import Lexicon
from catalog.normalise import MAX_LENGTH, words_of

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
    def build(lexicons: Iterable[Lexicon]) -> "Refusals":
        lexicons = tuple(lexicons)
        return Refusals(
            next=_phrases((each.language, each.refusing.next) for each in lexicons),
            last=_phrases((each.language, each.refusing.last) for each in lexicons),
            contrast=_phrases((each.language, each.refusing.contrast) for each in lexicons),
            hollow=frozenset(word for each in lexicons for word in words_of(" ".join(each.ignored))),
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


def _phrases(lists: Iterable[tuple[str, Sequence[str]]]) -> Phrases:
    found: dict[str, set[tuple[str, ...]]] = {}
    for language, texts in lists:
        for text in texts:
            words = tuple(words_of(text, language))
            if words:
                found.setdefault(words[0], set()).add(words)
    return {word: tuple(sorted(some)) for word, some in found.items()}
