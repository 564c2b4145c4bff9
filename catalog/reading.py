"""What the languages make of some words: how much speaks for each need, each emergency and a deadline."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.alarm import alarm
from catalog.index import Speech
from catalog.lessons import HARMLESS, NOTHING
from catalog.needs import EMERGENCY
from catalog.tongue import Tongue, Weighed, as_words

ANY = "auto"  # the language is not known
TRUST = {"de": 0.8}  # in a language that was not chosen
GUESSED = 0.95  # in the language that the words seem to be of
BETTER = 0.15  # share of its words by which another language must know a message better than the chosen one
ALIKE = 0.8  # share of the likeliest kind from which another one's card is as likely
KNOWN = 0.25  # share of the words of an emergency that must be known ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What one language makes of the words, and how much that counts."""

    tongue: Tongue
    weighed: Weighed
    trust: float

    @property
    def deadline(self) -> float:
        return self.trust * self.weighed.deadline

    def scores(self) -> Iterator[tuple[str, float]]:
        return zip(self.tongue.codes, (self.trust * self.weighed.scores).tolist(), strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`scores`: for each code the highest of any language, and `of` which that was; empty if nothing is read.

    `due`: what speaks for a deadline. `known`: the share of words that a list has, where it has most.
    """

    words: Sequence[str]
    scores: Mapping[str, float]
    of: Mapping[str, Language]
    due: float
    known: float

    @staticmethod
    def build(speech: Speech, words: Sequence[str], language: str) -> "Reading":
        languages = tuple(_languages(speech, words, language)) if words else ()
        of: dict[str, Language] = {}
        scores: dict[str, float] = {}
        for each in languages:
            for code, score in each.scores():
                if code not in scores or scores[code] < score:
                    scores[code], of[code] = score, each
        several = sum(not word.isdigit() for word in words) > 1  # "18 to 26" is an age
        return Reading(
            words=words,
            scores=scores,
            of=of,
            due=max((each.deadline for each in languages), default=0.0) if several else 0.0,
            known=max((each.tongue.knows(as_words(words)) for each in languages), default=0.0),
        )

    @property
    def alarm(self) -> float:
        """What speaks for an emergency; see `catalog.alarm`."""
        # letters struck at random are like some cry as well: without words that are known they are none
        return alarm(self.scores, self.due, len(self.words), self.known) if self.known >= KNOWN else 0.0

    @property
    def rank(self) -> dict[str, float]:
        """The scores of the kinds of emergencies."""
        return {code: score for code, score in self.scores.items() if code.startswith(EMERGENCY)}

    @property
    def harmless(self) -> bool:
        """Whether it is more like what only sounds like an emergency, or like nothing, than like any."""
        other = max(self.scores.get(HARMLESS, 0.0), self.scores.get(NOTHING, 0.0))
        return max(self.rank.values(), default=0.0) < other

    @property
    def emergencies(self) -> dict[str, Sequence[str]]:
        """The kinds that are most likely if it is one, the likeliest first, with the words that said so."""
        rank = self.rank
        likely = [code for code, score in rank.items() if score >= ALIKE * max(rank.values())]
        return {code: self.because(code) for code in sorted(likely, key=lambda code: (-rank[code], code))}

    def because(self, code: str) -> tuple[str, ...]:
        """The words that said so, in their order."""
        language = self.of[code]
        return language.tongue.because(language.weighed, code, self.words)

    def knows(self, word: str) -> bool:
        return any(each.tongue.knows(as_words((word,))) for each in self.of.values())


def _languages(speech: Speech, words: Sequence[str], chosen: str) -> Iterator[Language]:
    guessed = _guessed(speech, words, chosen)
    trust = {chosen: 1.0, guessed: 1.0 if chosen == ANY else GUESSED} | {chosen: 1.0}
    for code, share in {**TRUST, **trust}.items():
        tongue = speech.tongues.get(code)
        if tongue is not None:
            yield Language(tongue=tongue, weighed=tongue.weigh(words), trust=share)


def _guessed(speech: Speech, words: Sequence[str], language: str) -> str:
    """The language that knows most of the words; the chosen one unless another knows clearly more."""
    asked = as_words(words)
    known = {code: tongue.knows(asked) for code, tongue in speech.tongues.items()}
    best = max(sorted(known), key=known.__getitem__, default=language)
    return best if known.get(best, 0.0) > known.get(language, -1.0) + BETTER else language
