"""From a message to needs, emergencies and deadlines, with the words that said so; it chooses no offers.

Needs are weighed in the chosen language, in the one that the words are of, and in German, whose official
words stand in every language. Emergencies are looked for in every language at once, by their phrases and by
whole sentences that are like them, because a false alarm costs a glance and a miss may cost a life.
"""

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from catalog.alarm import is_need
from catalog.calls import DEADLINE, GENERAL, HUMAN, called
from catalog.features import WORDS_AT_MOST, spoken
from catalog.hearing import heard
from catalog.index import Index, Speech
from catalog.lessons import NOTHING
from catalog.needs import EMERGENCY
from catalog.normalise import MAX_LENGTH
from catalog.reading import Reading
from catalog.refusing import wanted
from catalog.small_talk import beside, small_talk

Cries = Mapping[str, frozenset[int]]
"""What was called, and where its words stand."""

HITS_AT_MOST = 3
THRESHOLD = 0.18  # score below which a person is asked again instead
OVER_NOTHING = 0.6  # share of what speaks for no need at all that the best need must reach
LISTED = 0.25  # share of the best score that a further hit needs to be listed
LIKELY = 0.6  # and to be taken for meant as well
CLOSE = 0.8  # share of the best score from which the second reading is as likely,
WEAK = 0.28  # score below which the best need is a guess that is better asked about
SURE = 0.7  # unless the best one is as sure as this
SHORT = 6  # words of a message that asks for a person and for no more
BARE = 4  # words of a cry for help that says no more than that
NAMED = 0.75  # likeness to the name of an offer from which that offer is meant
SENTENCE = 3  # words of a message that may be an emergency by being like others; less says too little
ALARM = 0.05  # score from which a message is an emergency by being like others
GLIMPSE = 0.25  # score of an emergency from which a message is looked at in parts
PART = 10  # words of a part
PARTS = 6  # at most, about
ALARM_OF_PART = 0.3  # score from which a part of a message is an emergency
UNLIKELY = -0.05  # below it a cry in a longer message is a word of something else
AROUND = 3  # words before and behind a cry that tell what it is about
DOUBTED = {"emergency.medical", "emergency.danger"}  # kinds whose single words are used in much else
ALWAYS_DUE = {"housing.eviction"}  # needs that always have a deadline
DUE = 0.2  # score from which a sentence speaks of a deadline by being like others


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


def understand(index: Index, text: str, language: str) -> Understood:
    """All empty if nothing is recognised; `language` may be ANY."""
    speech = index.speech
    written = spoken(
        text[:MAX_LENGTH], language, most=MAX_LENGTH
    )  # a cry may be the last word of a long story
    talk = small_talk(speech.talk, written)
    meant = beside(speech.talk, wanted(speech.refusals, text, language)[:WORDS_AT_MOST])
    says = talk is None and not all(map(str.isdigit, meant))  # a number alone answers a question, or none
    reading = Reading.build(speech, meant if says else (), language)
    cries = _believed(speech, _cries(speech, written, talk), written, reading, language)
    as_written = _as_written(text, language)
    needs = tuple(_hits(reading, speech.feelings, as_written))
    needs = _with_named_offer(index, needs, meant, language) if says else ()
    if talk is None and not needs:
        unknown = {word for word in written if not reading.knows(word)}
        talk = small_talk(speech.talk, written, unknown)
    return Understood(
        needs=needs,
        emergencies={
            code: _shown(words, as_written)
            for code, words in _emergencies(speech, cries, written, reading, language).items()
        },
        human=HUMAN in cries,
        small_talk="" if cries.keys() - {DEADLINE} else talk or "",
        deadline=DEADLINE in cries or reading.due >= DUE or bool(needs and needs[0].code in ALWAYS_DUE),
        doubt=_doubtful(needs),
    )


def _cries(speech: Speech, written: Sequence[str], talk: str | None) -> Cries:
    cries = called(speech.calls, heard(speech.calls, written), written)
    # "help" in one language, thanks or a request in another
    return {} if talk is not None and cries.keys() == {GENERAL} else cries


def _believed(speech: Speech, cries: Cries, written: Sequence[str], reading: Reading, language: str) -> Cries:
    """Without a cry of one word in a message that is unlikely to be one, if the words around it are harmless.

    "He had a stroke": only the words around it can tell. Several, as in "he beats me", are always believed.
    """
    if len(written) <= SHORT or reading.alarm >= UNLIKELY:
        return cries

    def believed(code: str, places: frozenset[int]) -> bool:
        if code not in DOUBTED or len(places) > 1:
            return True
        place = min(places)
        around = written[max(0, place - AROUND) : place + AROUND + 1]
        return not Reading.build(speech, around, language).harmless

    return {code: places for code, places in cries.items() if believed(code, places)}


def _hits(
    reading: Reading, feelings: Mapping[str, frozenset[str]], as_written: Mapping[str, str]
) -> list[NeedHit]:
    """Best first; but what has happened goes before what only words about feelings speak for."""
    needs = sorted(
        ((score, code) for code, score in reading.scores.items() if is_need(code)),
        key=lambda need: (-need[0], need[1]),
    )
    if not needs or needs[0][0] < max(THRESHOLD, OVER_NOTHING * reading.scores.get(NOTHING, 0.0)):
        return []
    told: list[tuple[bool, NeedHit]] = []
    for score, code in needs[:HITS_AT_MOST]:
        if score >= LISTED * needs[0][0]:
            words, tongue = reading.because(code), reading.of[code].tongue
            about = set(words) - tongue.hollow
            felt = bool(about) and feelings[tongue.language] >= about
            hit = NeedHit(code=code, score=round(min(1.0, score), 3), words=_shown(words, as_written))
            told.append((felt, hit))
    happened = next((place for place, (felt, _) in enumerate(told) if not felt), 0)
    return [hit for _, hit in (told[happened], *told[:happened], *told[happened + 1 :])]


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


def _shown(words: Iterable[str], as_written: Mapping[str, str]) -> tuple[str, ...]:
    """Words as they are compared, each once, as the person wrote them."""
    return tuple(dict.fromkeys(as_written.get(word, word) for word in words))


def _as_written(text: str, language: str) -> dict[str, str]:
    return {
        word: written.strip(string.punctuation + "…„“”«»؟،؛۔")
        for written in text[:MAX_LENGTH].split()
        for word in spoken(written, language)
    }


def _emergencies(
    speech: Speech, cries: Cries, written: Sequence[str], reading: Reading, language: str
) -> dict[str, Sequence[str]]:
    """With the words that said so; by the score of their sentences: the likeliest card comes first."""
    said: dict[str, Sequence[str]] = {
        code: [written[place] for place in sorted(places)]
        for code, places in cries.items()
        if code.startswith(EMERGENCY)
    }
    kinds = said.keys() - {GENERAL}
    if kinds or (said and len(written) <= BARE):
        ordered = sorted(kinds or said, key=lambda code: (-reading.scores.get(code, 0.0), code))
        return {code: said[code] for code in ordered}
    asks = HUMAN in cries and len(written) <= SHORT  # for a person, and says no more
    if not asks and len(written) >= SENTENCE and reading.alarm >= ALARM:
        return reading.emergencies
    part = _part(speech, reading, language)
    return part.emergencies if part is not None and part.alarm >= ALARM_OF_PART else said


def _part(speech: Speech, reading: Reading, language: str) -> Reading | None:
    """The most alarming part of a message that speaks of other things too, if anything is like a cry."""
    words = reading.words
    if len(words) <= PART or max(reading.rank.values(), default=0.0) < GLIMPSE:
        return None
    step = max(PART // 2, len(words) // PARTS)
    parts = (words[start : start + PART] for start in range(0, len(words) - PART + step, step))
    return max((Reading.build(speech, each, language) for each in parts), key=attrgetter("alarm"))


def _doubtful(needs: Sequence[NeedHit]) -> bool:
    """A weak guess; or two readings of the same words are as likely. Of different words both are meant."""
    if needs and needs[0].score < WEAK:
        return True
    if len(needs) < 2 or needs[0].score >= SURE or needs[1].score < CLOSE * needs[0].score:
        return False
    return not set(needs[0].words).isdisjoint(needs[1].words)
