"""What was learned from a word list, kept in files beside it, so that it is learned once and read in no time.

Arrays are mapped, not read: of fifteen languages only what is used comes into memory. What is kept fits
exactly one state of the list, of the needs and of this code; anything else is learned anew.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from catalog.lexicon import LEXICONS, Lexicon, lexicon_of, load_lexicon
from catalog.needs import PACKAGED, Taxonomy
from catalog.normalise import words_of
from catalog.postings import Postings
from catalog.tongue import Example, Tongue

KEPT = LEXICONS / ".learned_cache"
NOTHING = "none"  # the code of what asks for nothing
HARMLESS = "harmless"  # the code of what only sounds like an emergency
_POSTINGS = ("known", "starts", "rarity", "texts", "weights")
_ARRAYS = (*_POSTINGS, "of_example", "lessons")
_CODE = ("features", "lessons", "normalise", "postings", "skeleton", "tongue")
_TEXTS = ("needs", "deadlines", "crises")
_LISTS = ("chatter", "harmless")


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """A language: its phrases, without the examples, and what the examples teach."""

    lexicon: Lexicon
    tongue: Tongue


def languages(folder: Path = LEXICONS) -> tuple[str, ...]:
    """Those that have a word list."""
    return tuple(path.stem for path in sorted(folder.glob("*.toml")))


def learned(language: str, taxonomy: Taxonomy, kept: Path = KEPT) -> Learned:
    """Read from `kept` if that still fits, else learned within seconds and kept where that is possible.

    Raises CatalogError with every problem of the word list.
    """
    state = _state(language)
    folder = kept / language
    found = _read(folder, language, state)
    if found is not None:
        return found
    lexicon, raw = load_lexicon(LEXICONS / f"{language}.toml", taxonomy)
    tongue = Tongue.learn(language, examples_of(lexicon, taxonomy))
    _keep(folder, tongue, {"state": state, "codes": tongue.codes, "words": _without_examples(raw)})
    return Learned(lexicon=lexicon, tongue=tongue)


def fits(language: str, kept: Path = KEPT) -> bool:
    """Whether nothing has to be learned for this language."""
    return _read(kept / language, language, _state(language)) is not None


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


def _without_examples(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Only the tongue needs them, and it has learned them."""
    emptied: dict[str, Any] = {table: {} for table in _TEXTS} | {table: [] for table in _LISTS}
    return {**raw, **emptied}


def _state(language: str) -> str:
    digest = hashlib.sha256(_of_code())
    digest.update((LEXICONS / f"{language}.toml").read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _of_code() -> bytes:
    here = Path(__file__).parent
    parts = [PACKAGED.read_bytes(), *((here / f"{name}.py").read_bytes() for name in _CODE)]
    return hashlib.sha256(b"".join(parts)).digest()


def _read(folder: Path, language: str, state: str) -> Learned | None:
    try:
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        if about["state"] != state:
            return None
        # a plain view of what is mapped: numpy's own class for it makes each access several times slower
        arrays = {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS}
    except (OSError, ValueError, KeyError):  # not there, cut off or foreign
        return None
    postings = Postings(**{name: arrays[name] for name in _POSTINGS}, size=len(arrays["of_example"]))
    tongue = Tongue(
        language=language,
        codes=tuple(about["codes"]),
        of_example=arrays["of_example"],
        postings=postings,
        lessons=arrays["lessons"],
    )
    return Learned(lexicon=lexicon_of(language, about["words"]), tongue=tongue)


def _keep(folder: Path, tongue: Tongue, about: Mapping[str, Any]) -> None:
    arrays = {name: getattr(tongue.postings, name) for name in _POSTINGS}
    arrays |= {"of_example": tongue.of_example, "lessons": tongue.lessons}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "about.json").unlink(missing_ok=True)  # last there, first gone: half a set is none
        for name, array in arrays.items():
            _put(folder / f"{name}.npy", array)
        unfinished = folder / "about.json.part"
        unfinished.write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(folder / "about.json")
    except OSError:  # a folder of the system's: whoever starts learns it each time, until `learn` was run
        return


def _put(path: Path, array: "np.ndarray[Any, Any]") -> None:
    """A file that is mapped somewhere must not change beneath it: a new one takes its name."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        np.save(file, array)
    unfinished.replace(path)
