"""What was learned from a word list, kept in files beside it, so that it is learned once and read in no time.

Arrays are mapped, not read: of fifteen languages only what is used comes into memory. What is kept fits
exactly one state of the list, of the needs and of this code; anything else is learned anew.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from catalog.lexicon import LEXICONS, Lexicon, load_lexicon
from catalog.needs import PACKAGED, Taxonomy
from catalog.normalise import words_of
from catalog.packed import pack, unpack
from catalog.phrases import Phrases
from catalog.postings import Postings
from catalog.tongue import Example, Tongue

KEPT = LEXICONS / ".learned_cache"
NOTHING = "none"  # the code of what asks for nothing
HARMLESS = "harmless"  # the code of what only sounds like an emergency
_POSTINGS = ("known", "starts", "rarity", "texts", "weights")
_CODE = (
    *("calls", "features", "lessons", "lexicon/__init__", "needs", "normalise", "packed", "phrases"),
    *("postings", "skeleton", "small_talk", "tongue"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A language: its phrases, and what its examples teach."""

    phrases: Phrases
    tongue: Tongue


def languages(folder: Path = LEXICONS) -> tuple[str, ...]:
    """Those that have a word list."""
    return tuple(path.stem for path in sorted(folder.glob("*.toml")))


def learned(language: str, taxonomy: Taxonomy, kept: Path = KEPT, mark: str = "") -> Learned:
    """Read from `kept` if that still fits, else learned within seconds and kept where that is possible.
    `mark`: no other process that may learn at the same time has the same.

    Raises CatalogError with every problem of the word list.
    """
    found = remembered(language, kept)
    if found is not None:
        return found
    state = _state(language)
    lexicon = load_lexicon(LEXICONS / f"{language}.toml", taxonomy)
    phrases = Phrases.of(lexicon)
    tongue = Tongue.learn(language, examples_of(lexicon, taxonomy), phrases.ignored)
    found = Learned(phrases=phrases, tongue=tongue)
    _keep(_place(kept, language), mark, found, state)
    return found


def remembered(language: str, kept: Path = KEPT) -> Learned | None:
    """What was learned once, if it is kept there and still fits."""
    return _read(_place(kept, language), language, _state(language))


def fits(language: str, kept: Path = KEPT) -> bool:
    """Whether nothing has to be learned for this language."""
    return remembered(language, kept) is not None


def examples_of(lexicon: Lexicon, taxonomy: Taxonomy) -> Iterator[Example]:
    """Those of the list, and for German and English the needs' own labels and explanations."""
    yield from _needs(lexicon)
    # a single word of a cry is in much else as well
    cries = {code: [each for each in texts if " " in each] for code, texts in lexicon.emergency.items()}
    for table in (lexicon.crises, cries):
        yield from (Example(code=code, text=text) for code, texts in table.items() for text in texts)
    nothing = (lexicon.chatter, *lexicon.small_talk.values())
    yield from (Example(code=NOTHING, text=text) for texts in nothing for text in texts)
    yield from (Example(code=HARMLESS, text=text) for text in (*lexicon.harmless, *lexicon.idioms))
    for need in taxonomy.needs.values():
        for by_language in (need.labels, need.asks):
            if lexicon.language in by_language:
                yield Example(code=need.code, text=by_language[lexicon.language])


def _needs(lexicon: Lexicon) -> Iterator[Example]:
    """A need's example that has the words of a deadline speaks of one too."""
    deadlines = [frozenset(words_of(phrase, lexicon.language)) for phrase in lexicon.deadline]
    for code, texts in lexicon.needs.items():
        for text in texts:
            words = frozenset(words_of(text, lexicon.language))
            yield Example(code=code, text=text, deadline=any(words >= phrase for phrase in deadlines))
    for code, texts in lexicon.deadlines.items():
        yield from (Example(code=code, text=text, deadline=True) for text in texts)


def _state(language: str) -> str:
    digest = hashlib.sha256(_of_code())
    digest.update((LEXICONS / f"{language}.toml").read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _of_code() -> bytes:
    here = Path(__file__).parent
    parts = [PACKAGED.read_bytes(), *((here / f"{name}.py").read_bytes() for name in _CODE)]
    return hashlib.sha256(b"".join(parts)).digest()


def _place(kept: Path, language: str) -> Path:
    return kept / f"{language}.learned"


def _read(path: Path, language: str, state: str) -> Learned | None:
    found = unpack(path)
    if found is None or found[0]["state"] != state:
        return None
    about, arrays = found
    postings = Postings(**{name: arrays[name] for name in _POSTINGS}, size=len(arrays["of_example"]))
    phrases = Phrases(**{name: tuple(lines) for name, lines in about["phrases"].items()})
    tongue = Tongue(
        language=language,
        hollow=frozenset(about["hollow"]),
        codes=tuple(about["codes"]),
        of_example=arrays["of_example"],
        postings=postings,
        lessons=arrays["lessons"],
    )
    return Learned(phrases=phrases, tongue=tongue)


def _keep(path: Path, mark: str, found: Learned, state: str) -> None:
    about = {
        "state": state,
        "codes": found.tongue.codes,
        "hollow": sorted(found.tongue.hollow),
        "phrases": asdict(found.phrases),
    }
    arrays = {name: getattr(found.tongue.postings, name) for name in _POSTINGS}
    arrays |= {"of_example": found.tongue.of_example, "lessons": found.tongue.lessons}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        pack(path, about, arrays, mark)
    except OSError:  # a folder of the system's: whoever starts learns it each time, until `learn` was run
        return
