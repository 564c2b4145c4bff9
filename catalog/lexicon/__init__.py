"""What people call each need and each emergency, one file per language; reading only, no matching."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.needs import EMERGENCY, CatalogError, Problem, Taxonomy
from catalog.offers import read_toml
from catalog.row import did_you_mean
from catalog.small_talk import ASIDE, KINDS

LEXICONS = Path(__file__).parent
MAX_PHRASE = 120  # characters
_TABLES = ("emergency", "crises", "needs", "deadlines")
_EMERGENCIES = ("emergency", "crises")
_OPTIONAL = ("ignored", "polite", "idioms", "feelings", "deadline", "chatter", "harmless")
_LISTS = (
    *(("alarm", "phrases"), ("alarm", "alone"), ("human", "phrases"), ("human", "alone")),
    *(("refusing", "next"), ("refusing", "last"), ("refusing", "contrast")),
    *(("small_talk", kind) for kind in (*KINDS, ASIDE)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cries:
    """`phrases` count wherever they stand, `alone` only if the message says nothing else."""

    phrases: tuple[str, ...]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusing:
    """Phrases after which (`next`) or before which (`last`) stands what is not wanted, up to the end of the
    clause or a word of `contrast`, after which stands what is. A `bare` no ("kein") refuses only what stands
    between it and a word of `instead` ("sondern"), which says that the other is meant.
    """

    next: tuple[str, ...]
    last: tuple[str, ...]
    contrast: tuple[str, ...]
    bare: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Texts by the code of a need or of an emergency. `reviewed`: a native speaker has read it.

    Examples, that a message is compared with as a whole: `needs`, `deadlines` (by the need that they are
    about), `crises` (whole sentences of emergencies), `harmless` (what has their words and is none),
    `chatter` (asks for nothing).

    Phrases all of whose words must stand close together, in any order: `emergency`, `deadline`, `alarm` (an
    emergency of no kind in particular), `human` (asks for a person); `idioms`, in order: they sound like an
    emergency and are none.

    Words: `ignored` say nothing; `polite` stand beside a cry that is all that was said; `feelings` say how
    someone feels about what has happened, which any other need outweighs. `small_talk`: by KINDS and ASIDE.
    """

    language: str
    reviewed: bool
    ignored: tuple[str, ...]
    polite: tuple[str, ...]
    idioms: tuple[str, ...]
    feelings: tuple[str, ...]
    deadline: tuple[str, ...]
    chatter: tuple[str, ...]
    harmless: tuple[str, ...]
    alarm: Cries
    human: Cries
    refusing: Refusing
    small_talk: Mapping[str, tuple[str, ...]]
    emergency: Mapping[str, tuple[str, ...]]
    crises: Mapping[str, tuple[str, ...]]
    needs: Mapping[str, tuple[str, ...]]
    deadlines: Mapping[str, tuple[str, ...]]


def load_lexicon(path: Path, taxonomy: Taxonomy) -> Lexicon:
    """One language. Raises CatalogError with every problem."""
    raw = read_toml(path)
    problems = list(_problems(raw, path.name, taxonomy))
    if problems:
        raise CatalogError(problems)
    return _lexicon(path.stem, raw)


def load_lexicons(taxonomy: Taxonomy, folder: Path = LEXICONS) -> tuple[Lexicon, ...]:
    """All lexicons of a folder, by language. Raises CatalogError with the problems of all files at once."""
    found: list[Lexicon] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append(load_lexicon(path, taxonomy))
        except CatalogError as error:
            problems += error.problems
    if problems:
        raise CatalogError(problems)
    return tuple(found)


def _lexicon(language: str, raw: Mapping[str, Any]) -> Lexicon:
    tables = {table: _by_code(raw.get(table, {})) for table in _TABLES}
    lists = {name: tuple(raw.get(name, ())) for name in _OPTIONAL}
    return Lexicon(
        language=language,
        reviewed=raw.get("reviewed", False),
        ignored=lists["ignored"],
        polite=lists["polite"],
        idioms=lists["idioms"],
        feelings=lists["feelings"],
        deadline=lists["deadline"],
        chatter=lists["chatter"],
        harmless=lists["harmless"],
        alarm=Cries(**_by_code(raw["alarm"])),
        human=Cries(**_by_code(raw["human"])),
        refusing=Refusing(**_by_code(raw["refusing"])),
        small_talk=_by_code(raw["small_talk"]),
        emergency=tables["emergency"],
        crises=tables["crises"],
        needs=tables["needs"],
        deadlines=tables["deadlines"],
    )


def _by_code(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {code: tuple(phrases) for code, phrases in table.items()}


def _problems(raw: Mapping[str, Any], file: str, taxonomy: Taxonomy) -> Iterator[Problem]:
    for table in _TABLES:
        yield from _table_problems(raw, table, file, taxonomy)
    for name in _OPTIONAL:
        yield from _phrase_problems(file, name, raw.get(name, []))
    for table, kind in _LISTS:
        yield from _phrase_problems(file, f"{table}.{kind}", raw.get(table, {}).get(kind))
    for kind in ("bare", "instead"):
        yield from _phrase_problems(file, f"refusing.{kind}", raw.get("refusing", {}).get(kind, []))
    for table in _EMERGENCIES:
        for code in taxonomy.domains[EMERGENCY].needs:
            if code not in raw.get(table, {}):
                text = f"has no phrases in [{table}]. Every language must know every emergency."
                yield Problem(file=file, entry=code, text=text)


def _table_problems(raw: Mapping[str, Any], table: str, file: str, taxonomy: Taxonomy) -> Iterator[Problem]:
    rows = raw.get(table)
    if not isinstance(rows, Mapping):
        yield Problem(file=file, entry=table, text=f"there is no table [{table}]. Add it.")
        return
    for code, phrases in rows.items():
        known = code in taxonomy.needs and (taxonomy.needs[code].domain == EMERGENCY) == (
            table in _EMERGENCIES
        )
        if not known:
            hint = did_you_mean(code, taxonomy.needs)
            yield Problem(file=file, entry=code, text=f"no such code belongs in [{table}].{hint}")
        yield from _phrase_problems(file, code, phrases)


def _phrase_problems(file: str, code: str, phrases: Any) -> Iterator[Problem]:
    if not isinstance(phrases, list) or not all(isinstance(phrase, str) for phrase in phrases):
        yield Problem(file=file, entry=code, text='must be a list of phrases such as ["find a flat"].')
        return
    for phrase, times in Counter(phrases).items():
        if not 0 < len(phrase.strip()) <= MAX_PHRASE:
            yield Problem(file=file, entry=code, text=f"'{phrase[:40]}' is empty or too long.")
        if times > 1:
            yield Problem(file=file, entry=code, text=f"'{phrase}' stands twice. Remove one.")
