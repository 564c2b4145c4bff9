"""Offers found by what their names and descriptions say, spelling mistakes allowed; it knows no needs.

Letters in a row find candidates in an index, RapidFuzz puts the best of them in order: comparing every name
with it would hold the interpreter for 100 ms at 10,000 offers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from catalog.features import letters, spoken
from catalog.normalise import normalise
from catalog.offer import Offer, Status
from catalog.postings import Postings

CANDIDATES = 40
HALF = 0.5  # the index and RapidFuzz count alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`score` 0 to 1."""

    offer: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OfferSearch:
    """Immutable, one per town: each name of an offer in each language, with the provider, is a text."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    postings: Postings

    @staticmethod
    def build(offers: Sequence[Offer]) -> "OfferSearch":
        # a draft is left out: nobody has read it yet
        named = [offer for offer in offers if offer.status is not Status.DRAFT]
        texts = [(offer.id, text) for offer in named for text in _texts(offer)]
        return OfferSearch(
            ids=tuple(offer for offer, _ in texts),
            names=tuple(text for _, text in texts),
            postings=Postings.build(letters(text.split()) for _, text in texts),
        )

    def find(self, text: str, language: str, *, most: int = 3) -> tuple[Found, ...]:
        """The offers whose name is most like the text, best first, each once; empty if there are none."""
        asked = " ".join(spoken(text, language))
        if not asked or not self.ids:
            return ()
        likeness = self.postings.likeness(self.postings.asked(list(letters(asked.split()))))
        near = np.argpartition(-likeness, min(CANDIDATES, len(likeness)) - 1)[:CANDIDATES]
        scores: dict[str, float] = {}
        for number in near.tolist():
            score = _blended(float(likeness[number]), asked, self.names[number])
            scores[self.ids[number]] = max(score, scores.get(self.ids[number], 0.0))
        best = sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))[:most]
        return tuple(Found(offer=offer, score=round(score, 3)) for offer, score in best if score)


def _blended(likeness: float, asked: str, name: str) -> float:
    return HALF * likeness + HALF * fuzz.ratio(asked, name) / 100 if likeness else 0.0


def _texts(offer: Offer) -> Iterator[str]:
    for language, name in offer.name.items():
        yield normalise(name, language)
        yield normalise(f"{name} {offer.organization}", language)
