"""From a message to needs, emergencies and deadlines, with the words that said so; it chooses no offers.

Needs are weighed in the chosen language, in the one that the words are of, and in German, whose official
words stand in every language. Emergencies are looked for in every language at once, by their phrases and by
whole sentences that are like them, because a false alarm costs a glance and a miss may cost a life.
"""

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from catalog.calls import DEADLINE, GENERAL, HUMAN, called
from catalog.features import WORDS_AT_MOST, spoken
from catalog.hearing import heard
from catalog.index import Index, Speech
from catalog.lessons import HARMLESS, NOTHING
from catalog.needs import EMERGENCY
from catalog.normalise import MAX_LENGTH
from catalog.refusing import wanted
from catalog.small_talk import beside, small_talk
from catalog.tongue import Tongue, Weighed, as_words

ANY = "auto"  # the language is not known
HITS_AT_MOST = 3
THRESHOLD = 0.18  # score below which a person is asked again instead
OVER_NOTHING = 0.8  # share of what speaks for no need at all that the best need must reach
LISTED = 0.25  # share of the best score that a further hit needs to be listed
LIKELY = 0.6  # and to be taken for meant as well
CLOSE = 0.8  # share of the best score from which the second reading is as likely,
WEAK = 0.28  # score below which the best need is a guess that is better asked about
SURE = 0.7  # unless the best one is as sure as this
SHORT = 6  # words of a message that asks for a person and for no more
BARE = 4  # words of a cry for help that says no more than that
NAMED = 0.75  # likeness to the name of an offer from which that offer is meant
KNOWN = 0.25  # share of the words of an emergency that must be known ones
SENTENCE = 4  # words of a message that may be an emergency by being like others; less says too little
ALARM = 0.66  # score from which a message is an emergency by being like others
ALIKE = 0.8  # share of the likeliest kind from which another one's card is as likely
ALWAYS_DUE = {"housing.eviction"}  # needs that always have a deadline
DUE = 0.22  # score from which a sentence speaks of a deadline by being like others
TRUST = {"de": 0.8}  # in a language that was not chosen
GUESSED = 0.95  # in the language that the words seem to be of
BETTER = 0.15  # share of its words by which another language must know a message better than the chosen one


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedHit:
    """`score` 0 to 1; `words`: what of the message said so, in its order."""

    code: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """Needs best first; emergencies are codes such as "emergency.violence", the most likely first, with the
    words that said so.

    An emergency that does not say of what kind it is, is "emergency" alone. `human`: asks for a person.
    `small_talk`: "greeting", "thanks", "farewell" or "request" if the message is that and nothing else.
    `deadline`: it speaks of a deadline or of a threatening official letter. `doubt`: the needs are guesses,
    or the first two are so close that the person should say which is meant.
    """

    needs: tuple[NeedHit, ...]
    emergencies: Mapping[str, tuple[str, ...]]
    human: bool = False
    small_talk: str = ""
    deadline: bool = False
    doubt: bool = False

    @property
    def likely(self) -> tuple[NeedHit, ...]:
        """The best need, and those that are meant as well rather than instead."""
        return tuple(hit for hit in self.needs if hit.score >= LIKELY * self.needs[0].score)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What one language makes of a message, and how much that counts."""

    tongue: Tongue
    weighed: Weighed
    trust: float

    @property
    def deadline(self) -> float:
        return self.trust * self.weighed.deadline

    def scores(self) -> Iterator[tuple[str, float]]:
        return zip(self.tongue.codes, (self.trust * self.weighed.scores).tolist(), strict=True)

    def because(self, code: str, words: Sequence[str]) -> tuple[str, ...]:
        return self.tongue.because(self.weighed, code, words)


def understand(index: Index, text: str, language: str) -> Understood:
    """All empty if nothing is recognised; `language` may be ANY."""
    speech = index.speech
    written = spoken(text[:MAX_LENGTH], language)
    talk = small_talk(speech.talk, written)
    cries = called(speech.calls, heard(speech.calls, written), written)
    if talk is not None and cries.keys() == {
        GENERAL
    }:  # "help" in one language, thanks or a request in another
        cries = {}
    meant = beside(speech.talk, wanted(speech.refusals, text, language)[:WORDS_AT_MOST])
    says = talk is None and not all(map(str.isdigit, meant))  # a number alone answers a question, or none
    readings = _readings(speech, meant, language) if says else []
    scores = _best(readings)
    needs = tuple(_hits(scores, meant, text, language))
    needs = _with_named_offer(index, needs, meant, language) if says else ()
    due = max((reading.deadline for reading in readings), default=0.0)
    due = due if sum(not word.isdigit() for word in meant) > 1 else 0.0  # "18 to 26" is an age
    # letters struck at random are like some cry as well: without words that are known they are none
    known = max((reading.tongue.knows(as_words(meant)) for reading in readings), default=0.0) >= KNOWN
    kinds = _emergencies(cries.keys(), scores if known else {}, due, len(written))
    if talk is None and not needs:
        talk = small_talk(speech.talk, written, {word for word in written if not _known(readings, word)})
    return Understood(
        needs=needs,
        emergencies={
            code: _shown([written[place] for place in sorted(cries[code])], text, language)
            if code in cries
            else _shown(scores[code][1].because(code, meant), text, language)
            for code in kinds
        },
        human=HUMAN in cries,
        small_talk="" if cries.keys() - {DEADLINE} else talk or "",
        deadline=DEADLINE in cries or due >= DUE or bool(needs and needs[0].code in ALWAYS_DUE),
        doubt=_doubtful(needs),
    )


def _readings(speech: Speech, words: Sequence[str], language: str) -> list[_Reading]:
    chosen, guessed = language, _guessed(speech, words, language)
    trust = {chosen: 1.0, guessed: 1.0 if chosen == ANY else GUESSED} | {chosen: 1.0}
    return [
        _Reading(tongue=tongue, weighed=tongue.weigh(words), trust=share)
        for code, share in {**TRUST, **trust}.items()
        if (tongue := speech.tongues.get(code)) is not None
    ]


def _guessed(speech: Speech, words: Sequence[str], language: str) -> str:
    """The language that knows most of the words; the chosen one unless another knows clearly more."""
    asked = as_words(words)
    known = {code: tongue.knows(asked) for code, tongue in speech.tongues.items()}
    best = max(sorted(known), key=known.__getitem__, default=language)
    return best if known.get(best, 0.0) > known.get(language, -1.0) + BETTER else language


def _best(readings: Iterable[_Reading]) -> dict[str, tuple[float, _Reading]]:
    """For each code the highest score of any language, and which that was."""
    best: dict[str, tuple[float, _Reading]] = {}
    for reading in readings:
        for code, score in reading.scores():
            if code not in best or best[code][0] < score:
                best[code] = score, reading
    return best


def _hits(
    scores: Mapping[str, tuple[float, _Reading]], words: Sequence[str], text: str, language: str
) -> Iterator[NeedHit]:
    needs = sorted(
        ((score, code, reading) for code, (score, reading) in scores.items() if _is_need(code)),
        key=lambda need: (-need[0], need[1]),
    )
    if not needs or needs[0][0] < max(THRESHOLD, OVER_NOTHING * _score(scores, NOTHING)):
        return
    for score, code, reading in needs[:HITS_AT_MOST]:
        if score >= LISTED * needs[0][0]:
            told = _shown(reading.because(code, words), text, language)
            yield NeedHit(code=code, score=round(min(1.0, score), 3), words=told)


def _with_named_offer(
    index: Index, needs: tuple[NeedHit, ...], words: Sequence[str], language: str
) -> tuple[NeedHit, ...]:
    """Who types the name of an offer wants that: the need of it that comes nearest goes first."""
    found = index.search.find(" ".join(words), language, most=1)
    if not found or found[0].score < NAMED or (needs and needs[0].score >= found[0].score):
        return needs
    own = index.needs[found[0].offer]
    first = next((hit.code for hit in needs if hit.code in own), own[0])
    rest = (hit for hit in needs if hit.code != first)
    return (NeedHit(code=first, score=found[0].score, words=tuple(words)), *rest)[:HITS_AT_MOST]


def _is_need(code: str) -> bool:
    return code not in {NOTHING, HARMLESS} and not code.startswith(EMERGENCY)


def _score(scores: Mapping[str, tuple[float, _Reading]], code: str) -> float:
    return scores[code][0] if code in scores else 0.0


def _shown(words: Iterable[str], text: str, language: str) -> tuple[str, ...]:
    """Words as they are compared, each once, as the person wrote them."""
    as_written = {
        word: written.strip(string.punctuation + "…„“”«»؟،؛۔")
        for written in text[:MAX_LENGTH].split()
        for word in spoken(written, language)
    }
    return tuple(dict.fromkeys(as_written.get(word, word) for word in words))


def _emergencies(
    codes: AbstractSet[str], scores: Mapping[str, tuple[float, _Reading]], due: float, length: int
) -> tuple[str, ...]:
    """By the score of their sentences, so that the likeliest card comes first."""
    kinds = {code for code in codes if code.startswith(f"{EMERGENCY}.")}
    if GENERAL in codes and not kinds and length <= BARE:
        return (GENERAL,)
    rank = {code: score for code, (score, _) in scores.items() if code.startswith(EMERGENCY)}
    alarm = _alarm(scores, rank) - due if rank else 0.0
    asks = HUMAN in codes and length <= SHORT  # for a person, and says no more
    if not kinds and not asks and length >= SENTENCE and alarm >= ALARM:
        kinds = {code for code, score in rank.items() if score >= ALIKE * max(rank.values())}
    ordered = sorted(kinds, key=lambda code: (-rank.get(code, 0.0), code))
    return tuple(ordered) or ((GENERAL,) if GENERAL in codes else ())


def _alarm(scores: Mapping[str, tuple[float, _Reading]], rank: Mapping[str, float]) -> float:
    """How much speaks for an emergency of any kind, less what speaks for anything else.

    The shares were chosen on the development messages of all languages, so that hardly one is missed.
    """
    need = max((score for code, (score, _) in scores.items() if _is_need(code)), default=0.0)
    other = 0.7 * need + 0.6 * _score(scores, HARMLESS) + 0.4 * _score(scores, NOTHING)
    return sum(rank.values()) + max(rank.values()) - other


def _doubtful(needs: Sequence[NeedHit]) -> bool:
    """A weak guess; or two readings of the same words are as likely. Of different words both are meant."""
    if needs and needs[0].score < WEAK:
        return True
    if len(needs) < 2 or needs[0].score >= SURE or needs[1].score < CLOSE * needs[0].score:
        return False
    return not set(needs[0].words).isdisjoint(needs[1].words)


def _known(readings: Iterable[_Reading], word: str) -> bool:
    return any(reading.tongue.knows(as_words((word,))) for reading in readings)
