"""What a text is made of, for comparing it with others: words, beginnings, letters in a row, consonants.

It knows no meaning. A feature is a short string whose first letters say of what kind it is, so that a word is
never taken for a part of one.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise

from catalog.normalise import words_of
from catalog.skeleton import FAMILIES, skeleton

WORDS_AT_MOST = 150  # of one message
LETTERS_AT_MOST = 40  # of one word; the longest German ones of the catalogue have 30
SHORTEST, LONGEST = 3, 5  # letters in a row
BEGINNING = 5  # letters that most forms of a word share


def spoken(text: str, language: str, most: int = WORDS_AT_MOST) -> list[str]:
    """Normalised words of a message in order, cut to what is looked at."""
    return [word[:LETTERS_AT_MOST] for word in words_of(text, language)[:most]]


def features(words: Sequence[str], language: str, hollow: Container[str]) -> Iterator[tuple[str, int]]:
    """Of each word and of each two neighbours, with the place of the (first) word; some may come twice.

    Words that say nothing (`hollow`) count only as they are: a question is not like another by asking.
    """
    for place, word in enumerate(words):
        for feature in (f"w:{word}",) if word in hollow else _of_word(word, language):
            yield feature, place
    for place, (one, other) in enumerate(pairwise(words)):
        if one not in hollow or other not in hollow:
            yield f"b:{one} {other}", place


def letters(words: Iterable[str]) -> Iterator[str]:
    """All runs of SHORTEST to LONGEST letters in words."""
    for word in words:
        text = f"_{word}_"
        for length in range(SHORTEST, LONGEST + 1):
            for start in range(len(text) - length + 1):
                yield text[start : start + length]


def _of_word(word: str, language: str) -> Iterator[str]:
    yield f"w:{word}"
    if len(word) > BEGINNING:
        yield f"p:{word[:BEGINNING]}"
    yield from letters((word,))
    family = FAMILIES.get(language)
    if family is not None:
        yield from _consonants(skeleton(word, family), family)


def _consonants(bones: str, family: str) -> Iterator[str]:
    if len(bones) > 1:
        yield f"k{family}:{bones}"
    if len(bones) > 3:
        yield f"kp{family}:{bones[:3]}"
