"""What people say in every town, and the offers of one: prepared once; it keeps no message."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern

from catalog.calls import DEADLINE, GENERAL, HUMAN, IDIOM, Call, Calls
from catalog.lessons import Learned
from catalog.lexicon import Lexicon
from catalog.normalise import words_of
from catalog.offer import Offer
from catalog.offer_search import OfferSearch
from catalog.refusing import Refusals
from catalog.small_talk import ASIDE
from catalog.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What people say in every town: nearly all of an index, made once and shared.

    `tongues` by language; `calls`: cries for help, for a person, and words of deadlines; `talk`: phrases of
    small talk; `refusals`: how people say what they do not want.
    """

    tongues: Mapping[str, Tongue]
    calls: Calls
    talk: Calls
    refusals: Refusals

    @staticmethod
    def build(learned: Iterable[Learned]) -> "Speech":
        learned = tuple(learned)
        lexicons = [each.lexicon for each in learned]
        talk = list(_talk(lexicons))
        bare_talk = {call.words[0] for call in talk if len(call.words) == 1 and call.code != ASIDE}
        return Speech(
            tongues={each.tongue.language: each.tongue for each in learned},
            calls=Calls.build(
                _calls(lexicons),
                _words(each.polite for each in lexicons),
                _words(each.ignored for each in lexicons) | bare_talk,
            ),
            talk=Calls.build(talk),
            refusals=Refusals.build(lexicons),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Immutable. `needs`: those of each offer, by its id."""

    speech: Speech
    search: OfferSearch
    needs: Mapping[str, tuple[str, ...]]

    @staticmethod
    def build(speech: Speech, offers: Sequence[Offer]) -> "Index":
        return Index(
            speech=speech,
            search=OfferSearch.build(offers),
            needs={offer.id: offer.needs for offer in offers},
        )


def _words(phrases: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(word for some in phrases for word in words_of(" ".join(some)))


def _calls(lexicons: Iterable[Lexicon]) -> Iterator[Call]:
    for lexicon in lexicons:
        cries = (
            *lexicon.emergency.items(),
            (GENERAL, lexicon.alarm.phrases),
            (HUMAN, lexicon.human.phrases),
            (IDIOM, lexicon.idioms),
            (DEADLINE, lexicon.deadline),
        )
        for code, phrases in cries:
            yield from (Call(words=words, code=code) for words in _spelt(phrases, lexicon.language))
        for code, phrases in ((GENERAL, lexicon.alarm.alone), (HUMAN, lexicon.human.alone)):
            yield from (
                Call(words=words, code=code, alone=True) for words in _spelt(phrases, lexicon.language)
            )


def _talk(lexicons: Iterable[Lexicon]) -> Iterator[Call]:
    for lexicon in lexicons:
        for kind, phrases in lexicon.small_talk.items():
            # in order and each as often as it is said, unlike the words of a cry
            yield from (
                Call(words=tuple(words_of(phrase, lexicon.language)), code=kind) for phrase in phrases
            )


def _spelt(phrases: Iterable[str], language: str) -> Iterator[tuple[str, ...]]:
    for phrase in phrases:
        yield tuple(dict.fromkeys(map(intern, words_of(phrase, language))))
