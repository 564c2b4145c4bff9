"""What one language's word list teaches: how like its examples a message is, and what that speaks for.

Examples are words, phrases and sentences that stand for a need, for an emergency or for nothing at all.
Weights are learned from them by kernel ridge regression (Saunders, Gammerman, Vovk 1998), which has a
closed solution: the same list always gives the same weights, and every score is a sum over words that can
be named.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.features import features, spoken
from catalog.postings import Asked, Floats, Hashes, Postings, hashed

RIDGE = 1.0  # how much the weights of single examples are held down
NEAREST = 0.3  # how much the one nearest example of a code counts beside all of them together
FAR = 0.03  # likeness up to which an example says nothing
BLOCK = 256  # rows that are solved at a time
MOST = 0.5  # share of the codes that have a common word in their examples if it says nothing
TELLING = 0.4  # share of what the strongest word says that a word needs to be named as a reason


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Example:
    """What `text` stands for; `deadline`: it also speaks of a deadline or a threatening letter."""

    code: str
    text: str
    deadline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weighed:
    """`scores`: what a message says for each code, about 0 to 1, and `deadline` for one. `asked`, `likeness`
    and `places`: its features, how like it each example is, and which word each feature is of.
    """

    scores: Floats
    deadline: float
    asked: Asked
    likeness: Floats
    places: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tongue:
    """Immutable. `hollow`: words that say nothing. `codes` ascending; `of_example`: the code of each example,
    by number, in that order, so that those of one code lie together; `lessons`: what each example says for
    each code, and last for a deadline.
    """

    language: str
    hollow: frozenset[str]
    codes: tuple[str, ...]
    of_example: NDArray[np.int16]
    postings: Postings
    lessons: NDArray[np.float16]

    @staticmethod
    def learn(language: str, examples: Iterable[Example], common: Collection[str] = ()) -> "Tongue":
        """Takes seconds for some thousand examples. None may be empty. `common`: what may say nothing."""
        ordered = sorted(set(examples))
        codes = tuple(sorted({example.code for example in ordered}))
        number = {code: place for place, code in enumerate(codes)}
        of_example = np.array([number[example.code] for example in ordered], np.int16)
        words = [spoken(example.text, language) for example in ordered]
        hollow = _hollow(ordered, words, common)
        made_of = [[feature for feature, _ in features(each, language, hollow)] for each in words]
        postings = Postings.build(made_of)
        likeness = np.empty((len(ordered), len(ordered)), np.float32)
        for row, one in enumerate(made_of):
            likeness[row] = postings.likeness(postings.asked(one))
        likeness[np.diag_indices_from(likeness)] += RIDGE
        del made_of
        meant = np.zeros((len(ordered), len(codes) + 1), np.float32)
        meant[np.arange(len(ordered)), of_example] = 1
        meant[:, -1] = [example.deadline for example in ordered]
        return Tongue(
            language=language,
            hollow=hollow,
            codes=codes,
            of_example=of_example,
            postings=postings,
            lessons=_solved(likeness, meant).astype(np.float16),
        )

    def weigh(self, words: Sequence[str]) -> Weighed:
        made_of = list(features(words, self.language, self.hollow))
        asked = self.postings.asked([feature for feature, _ in made_of])
        likeness = self.postings.likeness(asked)
        near = np.flatnonzero(likeness > FAR)
        together = likeness[near] @ self.lessons[near].astype(np.float32)
        first = np.searchsorted(self.of_example, np.arange(len(self.codes)))
        return Weighed(
            scores=(together[:-1] + NEAREST * np.maximum.reduceat(likeness, first)).astype(np.float32),
            deadline=float(together[-1]),
            asked=asked,
            likeness=likeness,
            places=np.array([place for _, place in made_of], np.int32),
        )

    def because(self, weighed: Weighed, code: str, words: Sequence[str]) -> tuple[str, ...]:
        """The words that said so, in their order: those without which the score would be lower most."""
        number = self.codes.index(code)
        worth = self.lessons[:, number].astype(np.float32)
        of_code = np.flatnonzero(self.of_example == number)
        worth[of_code[np.argmax(weighed.likeness[of_code])]] += NEAREST
        shares = self.postings.shares(weighed.asked, worth)
        known = weighed.asked.places >= 0
        of_word = np.bincount(
            weighed.places[known], shares[weighed.asked.places[known]], minlength=len(words)
        )
        least = TELLING * max(float(of_word.max(initial=0.0)), 1e-9)
        return tuple(dict.fromkeys(words[place] for place in np.flatnonzero(of_word >= least).tolist()))

    def knows(self, words: Hashes) -> float:
        """The share of words (`as_words`) that occur in the list, 0 to 1."""
        if not len(words):
            return 0.0
        known = self.postings.known
        found = np.minimum(np.searchsorted(known, words), len(known) - 1)
        return int(np.count_nonzero(known[found] == words)) / len(words)


def _hollow(
    examples: Sequence[Example], words: Sequence[Sequence[str]], common: Collection[str]
) -> frozenset[str]:
    """Those of the common words that most codes have in their examples: "school" is not among them."""
    of_word: dict[str, set[str]] = {word: set() for word in common}
    for example, said in zip(examples, words, strict=True):
        for word in said:
            if word in of_word:
                of_word[word].add(example.code)
    most = MOST * len({example.code for example in examples})
    return frozenset(word for word, codes in of_word.items() if len(codes) >= most)


def _solved(matrix: Floats, wanted: Floats) -> Floats:
    """X for which `matrix` @ X is `wanted`; both are used up. By Gaussian elimination of whole blocks.

    numpy's own solver takes copies of the matrix, hundreds of megabytes each for ten thousand examples. No
    pivots: `matrix` is symmetric, and its eigenvalues are at least RIDGE.
    """
    starts = range(0, len(matrix), BLOCK)
    for start in starts:
        end = start + BLOCK
        beneath = np.linalg.solve(matrix[start:end, start:end], matrix[start:end, end:])
        wanted[end:] -= beneath.T @ wanted[start:end]
        for row in range(end, len(matrix), BLOCK):  # what is right of the diagonal is enough
            done = row - end
            matrix[row : row + BLOCK, row:] -= beneath[:, done : done + BLOCK].T @ matrix[start:end, row:]
    for start in reversed(starts):
        end = start + BLOCK
        rest = wanted[start:end] - matrix[start:end, end:] @ wanted[end:]
        wanted[start:end] = np.linalg.solve(matrix[start:end, start:end], rest)
    return wanted


def as_words(words: Iterable[str]) -> Hashes:
    """Words as they stand among the features of any language."""
    return hashed(f"w:{word}" for word in words)
