"""What people say in every town, and the offers of one: prepared once; it keeps no message."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from catalog.calls import Calls
from catalog.lessons import Learned
from catalog.offer import Offer
from catalog.offer_search import OfferSearch
from catalog.refusing import Refusals
from catalog.small_talk import ASIDE
from catalog.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What people say in every town: nearly all of an index, made once and shared.

    `tongues` and `feelings`, words about how someone feels, by language; `calls`: cries for help, for a
    person, and words of deadlines; `talk`: phrases of small talk; `refusals`: how people say what they do
    not want.
    """

    tongues: Mapping[str, Tongue]
    calls: Calls
    talk: Calls
    refusals: Refusals
    feelings: Mapping[str, frozenset[str]]

    @staticmethod
    def build(learned: Iterable[Learned]) -> "Speech":
        learned = tuple(learned)
        phrases = [each.phrases for each in learned]
        ignored = frozenset(word for each in phrases for word in each.ignored)
        return Speech(
            tongues={each.tongue.language: each.tongue for each in learned},
            calls=Calls.build(
                chain.from_iterable(each.calls for each in phrases),
                chain.from_iterable(each.polite for each in phrases),
                ignored.union(*(_bare(each.talk) for each in phrases)),
            ),
            talk=Calls.build(chain.from_iterable(each.talk for each in phrases)),
            refusals=Refusals.build(phrases, ignored),
            feelings={each.tongue.language: frozenset(each.phrases.feelings) for each in learned},
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


def _bare(talk: Iterable[str]) -> Iterator[str]:
    """Small talk of one word."""
    said = (line.split() for line in talk)
    return (words[0] for words in said if len(words) == 2 and words[-1] != ASIDE)
