"""Words that point to needs, prepared once for a town; it keeps no message and decides nothing."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern

from catalog.calls import GENERAL, HUMAN, IDIOM, Call, Calls
from catalog.lexicon import Lexicon, load_lexicons, load_small_talk
from catalog.needs import EMERGENCY, Taxonomy
from catalog.normalise import normalise
from catalog.offer import Offer, Status
from catalog.small_talk import ASIDE

PHRASE_WEIGHT = 0.8  # several words together, written for this need
WORD_WEIGHT = 0.6  # one word, written for this need
TEXT_WEIGHT = 0.45  # a word of a label or of its explanation
OFFER_WEIGHT = 0.25  # a word of an offer's name or description, which may serve several needs
RARITY = (0, 1.0, 0.75, 0.5, 0.35, 0.25, 0.15, 0.1)  # by how many needs share a word; beyond: nothing
PREFIX = 4  # letters by which inflected forms are found
_ARTICLE = re.compile(r"^(?:وال|بال|فال|کال|لل|ال)(?=\w{3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that must all be there, and what they then say. `language` is empty for an offer's words."""

    words: tuple[str, ...]
    code: str
    weight: float
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Immutable. The mappings point from a word to terms, from a first letter or a prefix to words.

    `vocabulary`: what may be meant by a misspelt word, by the first letter, which is rarely the wrong one.
    `ignored`: everyday words that are never taken for a misspelt or inflected form of another. `calls`: what
    is no need but a cry for help or for a person; a word of several of its words finds its own misspellings,
    so the vocabulary does not have it. `talk`: phrases of small talk. `feelings`: words that say how someone
    feels about what has happened.
    """

    vocabulary: Mapping[str, tuple[str, ...]]
    ignored: frozenset[str]
    terms: Mapping[str, tuple[Term, ...]]
    prefixes: Mapping[str, tuple[str, ...]]
    calls: Calls
    talk: Calls
    feelings: frozenset[str]

    @staticmethod
    def build(
        taxonomy: Taxonomy,
        offers: Iterable[Offer],
        texts: Mapping[str, Mapping[str, Sequence[str]]],
        lexicons: Sequence[Lexicon] | None = None,
    ) -> "Index":
        """The index of one town alone; see `Speech`."""
        return Speech.build(taxonomy, texts, lexicons).with_offers(taxonomy, offers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What people say in every town: the larger part of an index, made once and shared by all of them.

    The parts are those of an `Index`; `bare`: words that are a call by themselves.
    """

    ignored: frozenset[str]
    bare: frozenset[str]
    terms: Mapping[str, tuple[Term, ...]]
    calls: Calls
    talk: Calls
    feelings: frozenset[str]

    @staticmethod
    def build(
        taxonomy: Taxonomy,
        texts: Mapping[str, Mapping[str, Sequence[str]]],
        lexicons: Sequence[Lexicon] | None = None,
    ) -> "Speech":
        """`texts`: by language and need's code, labels and explanations as newcomers read them.

        German and English labels come from the taxonomy and need not be in `texts`.
        """
        lexicons = load_lexicons(taxonomy) if lexicons is None else lexicons
        talk = list(_talk(lexicons))
        bare_talk = {call.words[0] for call in talk if len(call.words) == 1 and call.code != ASIDE}
        ignored = _words(each.ignored for each in lexicons) | bare_talk
        polite = _words(each.polite for each in lexicons)
        calls = list(_calls(lexicons))
        known: dict[str, tuple[Term, ...]] = {word: () for call in calls for word in call.words}
        texts_terms = _weighed(_text_words(taxonomy, texts), TEXT_WEIGHT, ignored)
        return Speech(
            ignored=ignored,
            bare=frozenset(call.words[0] for call in calls if len(call.words) == 1),
            terms=_with(known, [*_lexicon_terms(lexicons), *texts_terms]),
            calls=Calls.build(calls, polite, ignored),
            talk=Calls.build(talk),
            feelings=_words(each.feelings for each in lexicons),
        )

    def with_offers(self, taxonomy: Taxonomy, offers: Iterable[Offer]) -> Index:
        """The index of a town with these offers."""
        terms = _with(self.terms, _weighed(_offer_words(taxonomy, offers), OFFER_WEIGHT, self.ignored))
        meant = (
            word for word, found in terms.items() if len(word) >= PREFIX and (found or word in self.bare)
        )
        return Index(
            vocabulary=_by_beginning(meant, 1),
            ignored=self.ignored,
            terms=terms,
            prefixes=_by_beginning(terms, PREFIX),
            calls=self.calls,
            talk=self.talk,
            feelings=self.feelings,
        )


def words_of(text: str, language: str | None = None) -> list[str]:
    """Normalised words in order; the Arabic article is taken off, as a word may come with or without it."""
    return [_ARTICLE.sub("", word) for word in normalise(text, language).split()]


def _words(phrases: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(word for some in phrases for word in words_of(" ".join(some)))


def _with(known: Mapping[str, tuple[Term, ...]], terms: Iterable[Term]) -> dict[str, tuple[Term, ...]]:
    added: dict[str, list[Term]] = {}
    for term in terms:
        for word in term.words:
            added.setdefault(word, []).append(term)
    return {**known, **{word: (*known.get(word, ()), *found) for word, found in added.items()}}


def _by_beginning(words: Iterable[str], letters: int) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = {}
    for word in sorted(words):
        grouped.setdefault(word[:letters], []).append(word)
    return {beginning: tuple(found) for beginning, found in grouped.items()}


def _lexicon_terms(lexicons: Iterable[Lexicon]) -> Iterator[Term]:
    for lexicon in lexicons:
        for code, phrases in lexicon.needs.items():
            for words in _spelt(phrases, lexicon.language):
                weight = PHRASE_WEIGHT if len(words) > 1 else WORD_WEIGHT
                yield Term(words=words, code=code, weight=weight, language=lexicon.language)


def _calls(lexicons: Iterable[Lexicon]) -> Iterator[Call]:
    for lexicon in lexicons:
        cries = (
            *lexicon.emergency.items(),
            (GENERAL, lexicon.alarm.phrases),
            (HUMAN, lexicon.human.phrases),
            (IDIOM, lexicon.idioms),
        )
        for code, phrases in cries:
            yield from (Call(words=words, code=code) for words in _spelt(phrases, lexicon.language))
        for code, phrases in ((GENERAL, lexicon.alarm.alone), (HUMAN, lexicon.human.alone)):
            yield from (
                Call(words=words, code=code, alone=True) for words in _spelt(phrases, lexicon.language)
            )


def _talk(lexicons: Iterable[Lexicon]) -> Iterator[Call]:
    tables = [
        *((each.language, each.small_talk) for each in lexicons),
        *load_small_talk().items(),
    ]
    for language, table in tables:
        for kind, phrases in table.items():
            # in order and each as often as it is said, unlike the words of a need
            yield from (Call(words=tuple(words_of(phrase, language)), code=kind) for phrase in phrases)


def _spelt(phrases: Iterable[str], language: str) -> Iterator[tuple[str, ...]]:
    for phrase in phrases:
        yield tuple(dict.fromkeys(map(intern, words_of(phrase, language))))


Said = tuple[str, str, str]  # code of a need, language, word


def _text_words(taxonomy: Taxonomy, texts: Mapping[str, Mapping[str, Sequence[str]]]) -> Iterator[Said]:
    for need in taxonomy.needs.values():
        own = {language: [need.labels[language], need.asks[language]] for language in need.labels}
        for language in own.keys() | texts.keys():
            for text in (*own.get(language, ()), *texts.get(language, {}).get(need.code, ())):
                yield from ((need.code, language, word) for word in words_of(text, language))


def _offer_words(taxonomy: Taxonomy, offers: Iterable[Offer]) -> Iterator[Said]:
    for offer in offers:
        if offer.status is Status.DRAFT:  # nobody has read it yet
            continue
        for texts in (offer.name, offer.description):
            for language, text in texts.items():
                for word in words_of(text, language):
                    yield from ((code, language, word) for code in offer.needs if code in taxonomy.needs)


def _weighed(said: Iterable[Said], weight: float, ignored: Container[str]) -> Iterator[Term]:
    """One term per word and need; a word that many needs share says little about each."""
    unique = {entry for entry in said if entry[2] not in ignored and not entry[0].startswith(EMERGENCY)}
    shared = Counter(word for word, _ in {(word, code) for code, _, word in unique})
    for code, language, word in sorted(unique):
        rarity = RARITY[shared[word]] if shared[word] < len(RARITY) else 0.0
        if rarity and (len(word) > 2 or not word.isascii()):
            yield Term(words=(intern(word),), code=code, weight=weight * rarity, language=language)
