"""The phrases of one language in the form in which messages are compared with them; it compares nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from catalog.calls import DEADLINE, GENERAL, HUMAN, IDIOM, Call, lines_of
from catalog.lexicon import Lexicon
from catalog.normalise import normalise, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Normalised. `calls` (cries for help, for a person, and words of deadlines) and `talk`: lines as of
    `catalog.calls.lines_of`; the others: words, or phrases of words, as in `Lexicon`.
    """

    calls: tuple[str, ...]
    talk: tuple[str, ...]
    polite: tuple[str, ...]
    ignored: tuple[str, ...]
    feelings: tuple[str, ...]
    next: tuple[str, ...]
    last: tuple[str, ...]
    contrast: tuple[str, ...]
    bare: tuple[str, ...]
    instead: tuple[str, ...]

    @staticmethod
    def of(lexicon: Lexicon) -> "Phrases":
        language, refusing = lexicon.language, lexicon.refusing
        return Phrases(
            calls=_ordered(chain.from_iterable(map(lines_of, _calls(lexicon)))),
            talk=_ordered(chain.from_iterable(map(lines_of, _talk(lexicon)))),
            polite=_ordered(words_of(" ".join(lexicon.polite), language)),
            ignored=_ordered(words_of(" ".join(lexicon.ignored), language)),
            feelings=_ordered(words_of(" ".join(lexicon.feelings), language)),
            next=_ordered(normalise(phrase, language) for phrase in refusing.next),
            last=_ordered(normalise(phrase, language) for phrase in refusing.last),
            contrast=_ordered(normalise(phrase, language) for phrase in refusing.contrast),
            bare=_ordered(normalise(phrase, language) for phrase in refusing.bare),
            instead=_ordered(normalise(phrase, language) for phrase in refusing.instead),
        )


def _ordered(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts)))


def _calls(lexicon: Lexicon) -> Iterator[Call]:
    anywhere = (
        *lexicon.emergency.items(),
        (GENERAL, lexicon.alarm.phrases),
        (HUMAN, lexicon.human.phrases),
        (IDIOM, lexicon.idioms),
        (DEADLINE, lexicon.deadline),
    )
    alone = ((GENERAL, lexicon.alarm.alone), (HUMAN, lexicon.human.alone))
    for only, cries in ((False, anywhere), (True, alone)):
        for code, phrases in cries:
            for phrase in phrases:
                words = tuple(dict.fromkeys(words_of(phrase, lexicon.language)))
                yield Call(words=words, code=code, alone=only)


def _talk(lexicon: Lexicon) -> Iterator[Call]:
    for kind, phrases in lexicon.small_talk.items():
        # in order and each as often as it is said, unlike the words of a cry
        yield from (Call(words=tuple(words_of(phrase, lexicon.language)), code=kind) for phrase in phrases)
