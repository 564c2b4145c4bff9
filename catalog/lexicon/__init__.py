"""What people call each need and each emergency, one file per language; reading only, no matching.

How they greet and thank stands there too; for languages without a file of their own in one file for all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.needs import EMERGENCY, CatalogError, Problem, Taxonomy
from catalog.offers import read_toml
from catalog.row import did_you_mean
from catalog.small_talk import ASIDE, KINDS

LEXICONS = Path(__file__).parent
SMALL_TALK = LEXICONS.parent / "small_talk.toml"
MAX_PHRASE = 80  # characters
_TABLES = ("emergency", "needs")
_LISTS = (
    *(("alarm", "phrases"), ("alarm", "alone"), ("human", "phrases"), ("human", "alone")),
    *(("small_talk", kind) for kind in (*KINDS, ASIDE)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cries:
    """`phrases` count wherever they stand, `alone` only if the message says nothing else."""

    phrases: tuple[str, ...]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Phrases by the code of a need. `reviewed`: a native speaker has read the emergency phrases.

    All words of a phrase must occur in a message, in any order. `ignored`: words that say nothing; `polite`:
    words beside a cry that is all that was said; `idioms`: what sounds like an emergency and is none;
    `feelings`: words for how someone feels about what has happened, which any other need outweighs; `alarm`:
    an emergency of no kind in particular; `human`: asks for a person; `small_talk`: by KINDS and ASIDE.
    """

    language: str
    reviewed: bool
    ignored: tuple[str, ...]
    polite: tuple[str, ...]
    idioms: tuple[str, ...]
    feelings: tuple[str, ...]
    alarm: Cries
    human: Cries
    small_talk: Mapping[str, tuple[str, ...]]
    emergency: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, tuple[str, ...]]


def load_lexicons(taxonomy: Taxonomy, folder: Path = LEXICONS) -> tuple[Lexicon, ...]:
    """All lexicons of a folder, by language. Raises CatalogError with the problems of all files at once."""
    raws = {path: read_toml(path) for path in sorted(folder.glob("*.toml"))}
    problems = [problem for path, raw in raws.items() for problem in _problems(raw, path.name, taxonomy)]
    if problems:
        raise CatalogError(problems)
    return tuple(_lexicon(path.stem, raw) for path, raw in raws.items())


def _lexicon(language: str, raw: Mapping[str, Any]) -> Lexicon:
    emergency, needs = (_by_code(raw[table]) for table in _TABLES)
    return Lexicon(
        language=language,
        reviewed=raw.get("reviewed", False),
        ignored=tuple(raw.get("ignored", ())),
        polite=tuple(raw.get("polite", ())),
        idioms=tuple(raw.get("idioms", ())),
        feelings=tuple(raw.get("feelings", ())),
        alarm=_cries(raw["alarm"]),
        human=_cries(raw["human"]),
        small_talk=_by_code(raw["small_talk"]),
        emergency=emergency,
        needs=needs,
    )


def load_small_talk(path: Path = SMALL_TALK) -> dict[str, dict[str, tuple[str, ...]]]:
    """By language, KINDS and ASIDE, where there is no lexicon. Raises CatalogError with every problem."""
    raw = read_toml(path)
    problems = [
        problem
        for language, table in raw.items()
        for kind in (*KINDS, ASIDE)
        for problem in _phrase_problems(path.name, f"{language}.{kind}", table.get(kind))
    ]
    if problems:
        raise CatalogError(problems)
    return {language: _by_code(table) for language, table in raw.items()}


def _by_code(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {code: tuple(phrases) for code, phrases in table.items()}


def _cries(raw: Mapping[str, Any]) -> Cries:
    return Cries(phrases=tuple(raw["phrases"]), alone=tuple(raw["alone"]))


def _problems(raw: Mapping[str, Any], file: str, taxonomy: Taxonomy) -> Iterator[Problem]:
    for table in _TABLES:
        rows = raw.get(table)
        if not isinstance(rows, Mapping):
            yield Problem(file=file, entry=table, text=f"there is no table [{table}]. Add it.")
            continue
        for code, phrases in rows.items():
            known = code in taxonomy.needs and (taxonomy.needs[code].domain == EMERGENCY) == (
                table == EMERGENCY
            )
            if not known:
                hint = did_you_mean(code, taxonomy.needs)
                yield Problem(file=file, entry=code, text=f"no such code belongs in [{table}].{hint}")
            yield from _phrase_problems(file, code, phrases)
    for table, kind in _LISTS:
        yield from _phrase_problems(file, f"{table}.{kind}", raw.get(table, {}).get(kind))
    for code in taxonomy.domains[EMERGENCY].needs:
        if code not in raw.get(EMERGENCY, {}):
            yield Problem(
                file=file, entry=code, text="has no phrases. Every language must know every emergency."
            )


def _phrase_problems(file: str, code: str, phrases: Any) -> Iterator[Problem]:
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) for phrase in phrases):
        yield Problem(file=file, entry=code, text='must be a list of phrases such as ["find a flat"].')
        return
    for phrase in phrases:
        if not 0 < len(phrase.strip()) <= MAX_PHRASE:
            yield Problem(file=file, entry=code, text=f"'{phrase[:40]}' is empty or too long.")
        if phrases.count(phrase) > 1:
            yield Problem(file=file, entry=code, text=f"'{phrase}' stands twice. Remove one.")
