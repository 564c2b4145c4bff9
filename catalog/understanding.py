"""From a message to needs and emergencies, with the words that said so; it chooses no offers.

A first matcher: words are compared with the index word by word, allowing for spelling mistakes, inflection
and German compounds. It does not understand negation. Emergencies are looked for in every language at once,
because a false alarm costs a glance and a miss may cost a life.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from catalog.calls import GENERAL, HUMAN, called, pairs, slipped
from catalog.index import PREFIX, Index, Term, words_of
from catalog.normalise import MAX_LENGTH
from catalog.small_talk import small_talk

HITS_AT_MOST = 5
THRESHOLD = 0.42  # below it a person is asked again instead
BEHIND = 0.001  # how far a mere feeling ranks behind the need that it is about
NEAR_BEST = 0.55  # share of the best score that a further hit needs
OTHER_LANGUAGE = 0.9  # words of another language than the chosen one; German counts in full
SPELLING = 80  # least likeness in percent of two words, typing mistakes allowed
SHORT = 5  # letters up to which a changed letter makes another word; one left out or put in is a mistake
GUESSED = 0.75  # a misspelt or inflected word of a language other than the chosen one
COMPOUND = 5  # letters of a word found inside a longer one
WORDS_AT_MOST = 120  # of one message
LETTERS_AT_MOST = 40  # of one word; the longest German ones of the catalogue have 30


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedHit:
    """`score` 0 to 1; `words`: what of the message said so, in its order."""

    code: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """Needs best first; emergencies are codes such as "emergency.violence", in no order of weight.

    An emergency that does not say of what kind it is, is "emergency" alone. `human`: asks for a person.
    `small_talk`: "greeting", "thanks", "farewell" or "request" if the message is that and nothing else.
    `deadline`: it speaks of a deadline or of a threatening official letter. `doubt`: the needs are guesses, or
    the first two are so close that the person should say which is meant.
    """

    needs: tuple[NeedHit, ...]
    emergencies: tuple[str, ...]
    human: bool = False
    small_talk: str = ""
    deadline: bool = False
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of the index that a message contains: how surely, and as which word of it."""

    likeness: float
    word: str


def understand(index: Index, text: str, language: str) -> Understood:
    """All empty if nothing is recognised."""
    written = [word[:LETTERS_AT_MOST] for word in words_of(text[:MAX_LENGTH], language)]
    words = list(dict.fromkeys(written))[:WORDS_AT_MOST]
    related = _related(index, words)
    torn = [(both, joined) for _, joined, both in pairs(written[:WORDS_AT_MOST]) if joined in index.terms]
    said = _said([*related, *((both, joined, 1.0) for both, joined in torn)])
    # said as it is written in the lists, it is no need, whatever its words may point to by themselves
    talk = small_talk(index.talk, written)
    needs = _needs(index, said, language, [*words, *(both for both, _ in torn)]) if talk is None else ()
    codes = called(index.calls, _heard(index, related, written), written)
    kinds = sorted(code for code in codes if code not in {GENERAL, HUMAN})
    general = (GENERAL,) if GENERAL in codes else ()
    if talk is None and not needs:
        unknown = {word for word in words if word not in index.terms and word not in index.ignored}
        talk = small_talk(index.talk, written, unknown)
    return Understood(
        needs=needs,
        emergencies=tuple(kinds) or general,
        human=HUMAN in codes,
        small_talk="" if codes else talk or "",
    )


def _needs(
    index: Index, said: Mapping[str, _Said], language: str, words: Sequence[str]
) -> tuple[NeedHit, ...]:
    found: dict[str, list[tuple[float, tuple[str, ...]]]] = {}
    needed: set[str] = set()
    for term in _terms(index, said):
        likeness = min(said[word].likeness for word in term.words)
        part = term.weight * likeness * _trust(term, likeness, language)
        found.setdefault(term.code, []).append((part, tuple(said[word].word for word in term.words)))
        if not index.feelings.issuperset(term.words):
            needed.add(term.code)
    return _best(_felt_less([_hit(code, parts, words) for code, parts in found.items()], needed))


def _felt_less(hits: Sequence[NeedHit], needed: Container[str]) -> Iterator[NeedHit]:
    """Whoever is afraid of something needs help with that first; fear alone stays as sure as it is."""
    best = max((hit.score for hit in hits if hit.code in needed), default=0.0)
    for hit in hits:
        felt = hit.code not in needed and THRESHOLD <= best <= hit.score
        yield replace(hit, score=round(best - BEHIND, 3)) if felt else hit


def _heard(
    index: Index, related: Iterable[tuple[str, str, float]], written: Sequence[str]
) -> dict[str, dict[int, float]]:
    """Known words with the places where they were said, for the cries: one slip in a word is allowed."""
    written = written[: 2 * WORDS_AT_MOST]
    places: dict[str, list[int]] = {}
    for place, word in enumerate(written):
        places.setdefault(word, []).append(place)
    heard: dict[str, dict[int, float]] = {}
    for word, known, likeness in (*related, *_slips(index, places)):
        for place in places[word]:
            of_known = heard.setdefault(known, {})
            of_known[place] = max(likeness, of_known.get(place, 0.0))
    for place, joined, _ in pairs(written):
        for known, likeness in slipped(index.calls, joined):
            of_known = heard.setdefault(known, {})
            # "stroke i" is no worse a "stroke" for "strokei" being one with a slip
            if likeness > max(of_known.get(each, 0.0) for each in (place, place + 1)):
                of_known.update({place: likeness, place + 1: likeness})
    return heard


def _slips(index: Index, words: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    for word in words:
        if word not in index.terms and word not in index.ignored:
            yield from ((word, known, likeness) for known, likeness in slipped(index.calls, word))


def _trust(term: Term, likeness: float, language: str) -> float:
    if term.language in {language, ""}:
        return 1.0
    guessed = GUESSED if likeness < 1 else 1.0
    return guessed if term.language == "de" else guessed * OTHER_LANGUAGE


def _best(hits: Iterable[NeedHit]) -> tuple[NeedHit, ...]:
    # of two equally sure ones that of which more is said: "chef wirft mich raus" is about work
    ordered = sorted(hits, key=lambda hit: (-hit.score, -len(hit.words), hit.code))
    least = max(THRESHOLD, NEAR_BEST * ordered[0].score) if ordered else 0
    return tuple(hit for hit in ordered if hit.score >= least)[:HITS_AT_MOST]


def _hit(code: str, parts: Iterable[tuple[float, tuple[str, ...]]], words: Sequence[str]) -> NeedHit:
    """What points the same way adds up, but no word of the message counts twice."""
    used: set[str] = set()
    missing = 1.0
    for weight, said in sorted(parts, key=lambda part: (-part[0], part[1])):
        if not used >= set(said):
            missing *= 1 - weight
            used |= set(said)
    return NeedHit(
        code=code, score=round(1 - missing, 3), words=tuple(word for word in words if word in used)
    )


def _terms(index: Index, said: Mapping[str, _Said]) -> Iterator[Term]:
    """Terms all of whose words were said, each once."""
    for word in said:
        for term in index.terms[word]:
            if term.words[0] == word and all(other in said for other in term.words):
                yield term


def _related(index: Index, words: Sequence[str]) -> list[tuple[str, str, float]]:
    found = [(word, known, likeness) for word in words for known, likeness in _relatives(index, word)]
    return [*found, *_misspelt(index, [word for word in words if _may_be_misspelt(index, word)])]


def _said(related: Iterable[tuple[str, str, float]]) -> dict[str, _Said]:
    said: dict[str, _Said] = {}
    for word, known, likeness in related:
        if known not in said or said[known].likeness < likeness:
            said[known] = _Said(likeness, word)
    return said


def _relatives(index: Index, word: str) -> Iterator[tuple[str, float]]:
    """The word itself, other forms of it, and words that it is put together from."""
    if word in index.terms:
        yield word, 1.0
    if len(word) < PREFIX or word in index.ignored:
        return
    for known in index.prefixes.get(word[:PREFIX], ()):
        if known != word and _common_start(word, known) >= 0.7 * max(len(word), len(known)):
            yield known, 0.85
    for start in range(len(word)):
        for end in range(start + COMPOUND, len(word) + 1):
            if end - start < len(word) and word[start:end] in index.terms:
                yield word[start:end], 0.8


def _common_start(one: str, other: str) -> int:
    length = min(len(one), len(other))
    return next((place for place in range(length) if one[place] != other[place]), length)


def _may_be_misspelt(index: Index, word: str) -> bool:
    return len(word) >= PREFIX and word not in index.terms and word not in index.ignored


def _misspelt(index: Index, words: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    for word in words:
        # few words share a first letter, so the interpreter lock is held for microseconds; cdist would
        # release it, but needs numpy: 15 MB and a tenth of a second of every start
        like = index.vocabulary.get(word[0], ())
        for known, percent, _ in process.extract(
            word, like, scorer=fuzz.ratio, score_cutoff=SPELLING, limit=None
        ):
            same_length = len(word) == len(known)
            other_word = same_length and len(word) <= SHORT and sorted(word) != sorted(known)
            if not other_word:
                yield word, known, percent / 100
