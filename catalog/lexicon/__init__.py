"""What people call each need and each emergency, one file per language; reading only, no matching."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.needs import EMERGENCY, CatalogError, Problem, Taxonomy
from catalog.offers import read_toml
from catalog.row import did_you_mean

LEXICONS = Path(__file__).parent
MAX_PHRASE = 80  # characters
_TABLES = ("emergency", "needs")
_CALLS = (("alarm", "phrases"), ("alarm", "alone"), ("human", "phrases"), ("human", "alone"))


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
    `alarm`: an emergency of no kind in particular; `human`: asks for a person.
    """

    language: str
    reviewed: bool
    ignored: tuple[str, ...]
    polite: tuple[str, ...]
    idioms: tuple[str, ...]
    alarm: Cries
    human: Cries
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
    emergency, needs = ({code: tuple(phrases) for code, phrases in raw[table].items()} for table in _TABLES)
    return Lexicon(
        language=language,
        reviewed=raw.get("reviewed", False),
        ignored=tuple(raw.get("ignored", ())),
        polite=tuple(raw.get("polite", ())),
        idioms=tuple(raw.get("idioms", ())),
        alarm=_cries(raw["alarm"]),
        human=_cries(raw["human"]),
        emergency=emergency,
        needs=needs,
    )


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
    for table, kind in _CALLS:
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
