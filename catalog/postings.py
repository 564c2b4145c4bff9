"""Texts compared by what they are made of: an inverted index in which rare features count more.

It knows neither needs nor offers. A feature is any string (`catalog.features` makes them); a text is a set of
them, as a vector of length one with the inverse frequencies as weights, so that likeness is a cosine.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

STRANGE = 0.5  # share of what it would weigh that an unknown feature takes from the likeness to anything
WHOLE = 2  # how much more a whole word, or two, count than letters in a row
Floats = NDArray[np.float32]
Whole = NDArray[np.int32]
Hashes = NDArray[np.uint32]
_WHOLE = ("w:", "b:")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """The known features of a message: their numbers, ascending, their weights in a vector of length one, and
    for each of all its features the place in these two; -1 is one that no text has.
    """

    numbers: Whole
    weights: Floats
    places: Whole


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Postings:
    """Immutable. `known`: features as hashes, ascending; that of number n is in the texts
    `texts[starts[n]:starts[n + 1]]`, with the weights at the same places. `rarity`: by feature, what it
    weighs. `size`: how many texts there are.
    """

    known: Hashes
    starts: Whole
    rarity: Floats
    texts: Whole
    weights: Floats
    size: int

    @staticmethod
    def build(texts: Iterable[Iterable[str]]) -> "Postings":
        """The order of the texts is their number; one without features is like no other."""
        rows = [np.unique(hashed(features)) for features in texts]
        size = len(rows)
        every = np.concatenate(rows) if rows else np.zeros(0, np.uint32)
        of_text = np.repeat(np.arange(size, dtype=np.int32), [len(row) for row in rows])
        known, place, counts = np.unique(every, return_inverse=True, return_counts=True)
        rarity = (np.log((1 + size) / (1 + counts)) + 1) * np.where(known & 1, WHOLE, 1)
        rarity = rarity.astype(np.float32)
        weights = rarity[place]
        length = np.sqrt(np.bincount(of_text, weights * weights, size))
        order = np.argsort(place, kind="stable")
        return Postings(
            known=known,
            starts=np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
            rarity=rarity,
            texts=of_text[order],
            weights=(weights / np.maximum(length, 1e-9)[of_text])[order].astype(np.float32),
            size=size,
        )

    @property
    def size_of_rare(self) -> float:
        """What a feature weighs that one text alone has, before it counts as a whole word."""
        return float(np.log((1 + self.size) / 2)) + 1

    def asked(self, features: Sequence[str]) -> Asked:
        every, places = np.unique(hashed(features), return_inverse=True)
        found = np.minimum(np.searchsorted(self.known, every), max(len(self.known) - 1, 0))
        there = self.known[found] == every if len(self.known) else np.zeros(len(every), bool)
        numbers = found[there].astype(np.int32)
        weights = self.rarity[numbers]
        renumbered = np.where(there, np.cumsum(there) - 1, -1)
        strange = STRANGE * self.size_of_rare * np.where(every[~there] & 1, WHOLE, 1)
        length = float(np.sqrt((weights * weights).sum() + (strange * strange).sum())) or 1.0
        return Asked(
            numbers=numbers,
            weights=weights / np.float32(length),
            places=renumbered[places].astype(np.int32),
        )

    def likeness(self, asked: Asked) -> Floats:
        """Cosine with every text, 0 to 1, by its number. Features that no text has weigh nothing."""
        places, counts = self._entries(asked)
        parts = self.weights[places] * np.repeat(asked.weights, counts)
        return np.bincount(self.texts[places], parts, self.size).astype(np.float32)

    def shares(self, asked: Asked, worth: Floats) -> Floats:
        """What each feature asked for adds to the sum of likeness times `worth`, which is by text."""
        places, counts = self._entries(asked)
        parts = self.weights[places] * np.repeat(asked.weights, counts) * worth[self.texts[places]]
        owner = np.repeat(np.arange(len(counts)), counts)
        return np.bincount(owner, parts, len(counts)).astype(np.float32)

    def _entries(self, asked: Asked) -> tuple[Whole, Whole]:
        """Places of the entries of all features asked for, one after the other, and how many each has."""
        first = self.starts[asked.numbers]
        counts = self.starts[asked.numbers + 1] - first
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total, dtype=np.int32) + np.repeat(first - (ends - counts), counts).astype(
            np.int32
        )
        return places, counts


def hashed(features: Iterable[str]) -> Hashes:
    """A number for each feature, odd for whole words; two in two billion share one."""
    return np.fromiter((crc32(each.encode()) & ~1 | (each[:2] in _WHOLE) for each in features), np.uint32)
