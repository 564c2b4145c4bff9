"""The closed list of needs, who is responsible for each, and the hotlines; it does not match anything."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

PACKAGED = Path(__file__).with_name("needs.toml")
LABEL_LANGUAGES = ("de", "en")  # every label in needs.toml has both; further languages live in the locales
EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing the author of a file can mend: where it stands, and what to write instead."""

    file: str
    entry: str
    field: str = ""
    text: str

    def __str__(self) -> str:
        where = f"{self.file}, entry '{self.entry}'" + (f", field '{self.field}'" if self.field else "")
        return f"{where}: {self.text}"


class CatalogError(Exception):
    """A catalogue file cannot be used; `problems` holds every reason, never only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        noun = "problem" if len(self.problems) == 1 else "problems"
        super().__init__(f"{len(self.problems)} {noun}\n{lines}")


class UnknownNeed(Exception):
    """A need's code that the taxonomy does not have: the fault of the caller."""


class Safety(StrEnum):
    NONE = "none"
    WATCH = "watch"  # the safety card follows the answer
    CRISIS = "crisis"  # hotlines first, no search for courses


class Level(StrEnum):
    """Where a body sits: town, district, state, federation, welfare organisation, private."""

    TOWN = "town"
    DISTRICT = "district"
    STATE = "state"
    FEDERAL = "federal"
    WELFARE = "welfare"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    code: str
    level: Level
    labels: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """`first` and `also` are codes of bodies: the usual first place, and further places, in order."""

    code: str
    domain: str
    icon: str
    first: tuple[str, ...]
    also: tuple[str, ...]
    safety: Safety
    guide_only: bool
    labels: Mapping[str, str]
    asks: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    code: str
    icon: str
    labels: Mapping[str, str]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotline:
    """`number` is grouped as on posters, in one way everywhere; `verify`: check it before it goes live."""

    id: str
    number: str
    labels: Mapping[str, str]
    needs: tuple[str, ...]
    always_open: bool
    verify: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an offer was not taken up or was dropped; `sensitive` ones are never shown with a person."""

    code: str
    labels: Mapping[str, str]
    sensitive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalWatch:
    """A rule that is about to change: look at it again before each release."""

    topic: str
    source: str
    affects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """All mappings are keyed by code and keep the file's order."""

    domains: Mapping[str, Domain]
    needs: Mapping[str, Need]
    bodies: Mapping[str, Body]
    hotlines: tuple[Hotline, ...]
    reasons: Mapping[str, Reason]
    legal_watch: tuple[LegalWatch, ...]

    def need(self, code: str) -> Need:
        """Raises UnknownNeed."""
        try:
            return self.needs[code]
        except KeyError:
            raise UnknownNeed(code) from None

    def hotlines_of(self, need: str) -> tuple[Hotline, ...]:
        return tuple(hotline for hotline in self.hotlines if need in hotline.needs)


@lru_cache(maxsize=1)
def packaged_taxonomy() -> Taxonomy:
    """The taxonomy that ships with the program, read once."""
    return load_taxonomy(PACKAGED)


def load_taxonomy(path: Path = PACKAGED) -> Taxonomy:
    """Read a taxonomy. Raises CatalogError with every problem of the file at once."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        text = f"this is not readable as TOML: {error}"
        raise CatalogError([Problem(file=path.name, entry="whole file", text=text)]) from error
    problems = tuple(_problems(raw, path.name))
    if problems:
        raise CatalogError(problems)
    return _taxonomy(raw)


def _taxonomy(raw: Mapping[str, Any]) -> Taxonomy:
    needs = [_need(row) for row in raw["need"]]
    return Taxonomy(
        domains={row["code"]: _domain(row, needs) for row in raw["domain"]},
        needs={need.code: need for need in needs},
        bodies={code: _body(code, row) for code, row in raw["body"].items()},
        hotlines=tuple(_hotline(row) for row in raw["hotline"]),
        reasons={code: _reason(code, row) for code, row in raw["reason"].items()},
        legal_watch=tuple(_watch(row) for row in raw.get("legal_watch", ())),
    )


def _labels(row: Mapping[str, Any]) -> dict[str, str]:
    return {language: row[language] for language in LABEL_LANGUAGES}


def _need(row: Mapping[str, Any]) -> Need:
    return Need(
        code=row["code"],
        domain=row["code"].partition(".")[0],
        icon=row["icon"],
        first=tuple(row["first"]),
        also=tuple(row.get("also", ())),
        safety=Safety(row.get("safety", "none")),
        guide_only=row.get("guide_only", False),
        labels=_labels(row),
        asks={language: row[f"ask_{language}"] for language in LABEL_LANGUAGES},
        note=row.get("note", ""),
    )


def _domain(row: Mapping[str, Any], needs: Iterable[Need]) -> Domain:
    own = tuple(need.code for need in needs if need.domain == row["code"])
    return Domain(code=row["code"], icon=row["icon"], labels=_labels(row), needs=own)


def _body(code: str, row: Mapping[str, Any]) -> Body:
    return Body(code=code, level=Level(row["level"]), labels=_labels(row), note=row.get("note", ""))


def _hotline(row: Mapping[str, Any]) -> Hotline:
    return Hotline(
        id=row["id"],
        number=row["number"],
        labels=_labels(row),
        needs=tuple(row["needs"]),
        always_open=row["always_open"],
        verify=row.get("verify", False),
        note=row.get("note", ""),
    )


def _reason(code: str, row: Mapping[str, Any]) -> Reason:
    return Reason(code=code, labels=_labels(row), sensitive=row.get("sensitive", False))


def _watch(row: Mapping[str, Any]) -> LegalWatch:
    return LegalWatch(topic=row["topic"], source=row["source"], affects=tuple(row["affects"]))


SHAPES: Mapping[str, Mapping[str, type]] = {  # what a row must have, by table
    "domain": {"code": str, "icon": str, "de": str, "en": str},
    "need": {"code": str, "icon": str, "de": str, "en": str, "ask_de": str, "ask_en": str, "first": list},
    "hotline": {"id": str, "number": str, "de": str, "en": str, "needs": list, "always_open": bool},
    "legal_watch": {"topic": str, "source": str, "affects": list},
    "body": {"level": str, "de": str, "en": str},
    "reason": {"de": str, "en": str},
}


def _problems(raw: Mapping[str, Any], file: str) -> Iterator[Problem]:
    missing = [table for table in SHAPES if table not in raw and table != "legal_watch"]
    for table in missing:
        yield Problem(file=file, entry=table, text=f"there is no table '{table}'. Add it.")
    shape_problems = list(_shape_problems(raw, file))
    yield from shape_problems
    if not missing and not shape_problems:
        yield from _link_problems(raw, file)


def _rows(raw: Mapping[str, Any], table: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    rows = raw.get(table, ())
    if isinstance(rows, Mapping):
        yield from rows.items()
        return
    for number, row in enumerate(rows, start=1):
        yield str(row.get("code") or row.get("id") or f"{table} number {number}"), row


def _shape_problems(raw: Mapping[str, Any], file: str) -> Iterator[Problem]:
    for table, shape in SHAPES.items():
        for entry, row in _rows(raw, table):
            for field, kind in shape.items():
                if not isinstance(row.get(field), kind) or row[field] in ("", []):
                    text = f"'{field}' is missing or is no {kind.__name__}. Write it."
                    yield Problem(file=file, entry=entry, field=field, text=text)


def _link_problems(raw: Mapping[str, Any], file: str) -> Iterator[Problem]:
    bodies, domains = set(raw["body"]), {row["code"] for row in raw["domain"]}
    yield from _doubles(raw, file)
    for row in raw["need"]:
        unknown = [body for body in (*row["first"], *row.get("also", ())) if body not in bodies]
        for body in unknown:
            text = f"no body '{body}'. Add [body.{body}] or use one that exists."
            yield Problem(file=file, entry=row["code"], field="first/also", text=text)
        if row["code"].partition(".")[0] not in domains:
            text = "its domain does not exist. Add a [[domain]] or rename the need."
            yield Problem(file=file, entry=row["code"], field="code", text=text)
        yield from _closed(file, row["code"], "safety", row.get("safety", "none"), Safety)
    for entry, row in raw["body"].items():
        yield from _closed(file, entry, "level", row["level"], Level)
    yield from _unknown_needs(raw, file, {row["code"] for row in raw["need"]})


def _doubles(raw: Mapping[str, Any], file: str) -> Iterator[Problem]:
    for table, key in (("domain", "code"), ("need", "code"), ("hotline", "id")):
        codes = [row[key] for row in raw[table]]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield Problem(file=file, entry=code, field=key, text="stands twice. Remove or rename one.")


def _unknown_needs(raw: Mapping[str, Any], file: str, codes: set[str]) -> Iterator[Problem]:
    for table, field in (("hotline", "needs"), ("legal_watch", "affects")):
        for entry, row in _rows(raw, table):
            for code in row[field]:
                if code not in codes:
                    text = f"no need '{code}'. Use a code of this file's [[need]] entries."
                    yield Problem(file=file, entry=entry, field=field, text=text)


def _closed(file: str, entry: str, field: str, value: str, kind: type[StrEnum]) -> Iterator[Problem]:
    allowed = [member.value for member in kind]
    if value not in allowed:
        text = f"'{value}' is not possible here. Use one of: {', '.join(allowed)}."
        yield Problem(file=file, entry=entry, field=field, text=text)
