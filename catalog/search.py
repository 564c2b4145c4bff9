"""Finds entries by what they are called, forgiving typing errors; it does not read what people need."""

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from catalog.normalise import normalise

NEAR = 80.0
"""RapidFuzz's similarity, 0 to 100, from which a word counts as another with a typing error."""

FUZZY_FROM = 4
"""Letters of a word from which typing errors are forgiven: of shorter ones too many are near."""

LONGEST = 200  # characters of a search
MOST_WORDS = 8


def found(query: str, texts: Mapping[str, Iterable[str]]) -> list[str]:
    """Keys of the entries in whose `texts` every word of the query occurs, the best first.

    An empty query finds all, in their order. Part of a word is enough: `kurs` finds `Sprachkurs`.
    """
    wanted = normalise(query[:LONGEST]).split()[:MOST_WORDS]
    if not wanted:
        return list(texts)
    scores = {key: _score(wanted, normalise(" ".join(said)).split()) for key, said in texts.items()}
    return sorted((key for key, score in scores.items() if score), key=lambda key: -scores[key])


def _score(wanted: list[str], words: list[str]) -> float:
    """How well the words answer, 0 if one of those wanted is not among them."""
    best = [max((_near(one, word) for word in words), default=0.0) for one in wanted]
    return sum(best) if min(best) else 0.0


def _near(wanted: str, word: str) -> float:
    if word.startswith(wanted):
        return 102.0 if word == wanted else 101.0
    if wanted in word:
        return 100.0
    if len(wanted) < FUZZY_FROM:
        return 0.0
    # of a longer word the best part counts; a shorter one must be the word itself
    score = fuzz.partial_ratio(wanted, word) if len(word) >= len(wanted) else fuzz.ratio(wanted, word)
    return score if score >= NEAR else 0.0
