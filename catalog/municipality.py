"""One town as its folder describes it: who it is, its offers, the shared files it uses, its legal pages."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.hours import Hours, HoursError
from catalog.leftovers import leftovers_in, leftovers_on
from catalog.needs import CatalogError, Problem, Taxonomy
from catalog.offers import Offer, read_offers, read_toml
from catalog.row import Row

MUNICIPALITIES = Path(__file__).with_name("municipalities")
PAGES = ("imprint", "privacy", "accessibility")
ENTRY_POINT = re.compile(r"[A-Za-z0-9_-]{1,32}")
WAY_BACK = re.compile(r"[A-Za-z0-9]{4}(-?[A-Za-z0-9]{4}){3}")
"""What a link may carry besides an entry point: a code by which someone finds their conversation again."""

OTHER_ENTRY = "other"
"""Counted for a link that names no entry point of the town."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """`third_country`: inhabitants with a passport from outside the EU; coverage is counted against it."""

    total: int
    third_country: int
    source: str
    counted_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """How the guide, or the deputy, is reached. `office_hours` in the OpenStreetMap syntax, may be empty."""

    role: str
    phone: str
    mobile: str = ""
    email: str = ""
    office_hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """`shared` is keyed by the name of the shared file; `pages` by name and language, German always there."""

    id: str
    name: str
    district: str
    state: str
    postal_codes: tuple[str, ...]
    parts: tuple[str, ...]
    population: Population
    guide: Desk
    deputy: Desk
    fictional: bool
    own: tuple[Offer, ...]
    shared: Mapping[str, tuple[Offer, ...]]
    pages: Mapping[tuple[str, str], str]
    entry_points: tuple[str, ...] = ()
    """Codes of the places where links to the bot hang: contacts are counted by them."""
    team_bot_shows_content: bool = False
    """Whether what people write may pass through the team's messenger; else number, topic and a link do."""
    quarterly_question: bool = False
    """Whether contacts of the town's own offers are asked by mail, once a quarter, if the entry is right."""

    @property
    def offers(self) -> tuple[Offer, ...]:
        return self.own + tuple(offer for offers in self.shared.values() for offer in offers)


def load_municipality(path: Path, taxonomy: Taxonomy | None = None) -> Municipality:
    """Read a town's folder. Raises CatalogError with the problems of all its files at once."""
    raw = read_toml(path / "municipality.toml")
    row = Row(raw, file=f"{path.name}/municipality.toml", entry=str(raw.get("id") or path.name))
    names = row.strings("shared")
    own = _offers(row, path / "offers.toml", taxonomy)
    shared = {name: _offers(row, path.parent / "shared" / f"{name}.toml", taxonomy) for name in names}
    town = _town(row, own, shared, _pages(row, path))
    row.refuse_unknown()
    _check_ids(row, town.offers)
    if not town.fictional:
        row.problems += _leftovers(path, raw, names)
    if row.problems:
        raise CatalogError(row.problems)
    return town


def _town(
    row: Row,
    own: tuple[Offer, ...],
    shared: Mapping[str, tuple[Offer, ...]],
    pages: Mapping[tuple[str, str], str],
) -> Municipality:
    return Municipality(
        id=row.text("id", required=True),
        name=row.text("name", required=True),
        district=row.text("district", required=True),
        state=row.text("state", required=True),
        postal_codes=row.strings("postal_codes"),
        parts=row.strings("parts"),
        population=_population(row),
        guide=_desk(row, "guide"),
        deputy=_desk(row, "deputy"),
        fictional=row.flag("fictional"),
        own=own,
        shared=shared,
        pages=pages,
        entry_points=_entry_points(row),
        team_bot_shows_content=row.flag("team_bot_shows_content"),
        quarterly_question=row.flag("quarterly_question"),
    )


def _entry_points(row: Row) -> tuple[str, ...]:
    """Codes as they stand in links; one that reads like the code of a way back would be taken for it."""
    codes = row.strings("entry_points")
    for code in codes:
        if not ENTRY_POINT.fullmatch(code):
            allowed = "at most 32 letters without accents, digits, _ and -"
            row.problem("entry_points", f"'{code[:80]}' cannot stand in a link. Take {allowed}.")
        elif WAY_BACK.fullmatch(code):
            why = "looks like the code of a way back: 16 letters and digits"
            row.problem("entry_points", f"'{code}' {why}. Make it longer or shorter, or put _ into it.")
        elif code == OTHER_ENTRY:
            row.problem("entry_points", f"'{code}' is counted for links that name none. Take another.")
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        row.problem("entry_points", f"'{code[:80]}' stands twice. Leave one out.")
    return codes


def _offers(row: Row, path: Path, taxonomy: Taxonomy | None) -> tuple[Offer, ...]:
    if not path.is_file():
        row.problem(
            "shared", f"there is no file {path.parent.name}/{path.name}. Add it or take the name out."
        )
        return ()
    try:
        return read_offers(path, taxonomy)
    except CatalogError as error:
        row.problems += error.problems
        return ()


def _pages(row: Row, path: Path) -> dict[tuple[str, str], str]:
    pages = {}
    for name in PAGES:
        for file in sorted(path.glob(f"{name}.*.md")):
            pages[name, file.name.split(".")[1]] = file.read_text(encoding="utf-8")
        if (name, "de") not in pages:
            row.problem(name, f"there is no page {name}.de.md. Write it: the law asks for it.")
    return pages


def _population(row: Row) -> Population:
    inner = row.required_table("population")
    population = Population(
        total=inner.whole("total", most=100_000_000) or 0,
        third_country=inner.whole("third_country") or 0,
        source=inner.text("source", required=True),
        counted_on=inner.date("counted_on", required=True) or dt.date.min,
    )
    inner.refuse_unknown()
    return population


def _desk(row: Row, field: str) -> Desk:
    inner = row.required_table(field)
    desk = Desk(
        role=inner.text("role", required=True),
        phone=inner.text("phone", required=True),
        mobile=inner.text("mobile"),
        email=inner.text("email"),
        office_hours=inner.text("office_hours"),
    )
    inner.refuse_unknown()
    if desk.office_hours:
        try:
            Hours.parse(desk.office_hours)
        except HoursError as error:
            inner.problem("office_hours", str(error))
    return desk


def _leftovers(path: Path, raw: Mapping[str, Any], shared: tuple[str, ...]) -> Iterator[Problem]:
    yield from leftovers_in(f"{path.name}/municipality.toml", raw)
    for file in (path / "offers.toml", *(path.parent / "shared" / f"{name}.toml" for name in shared)):
        with suppress(OSError, CatalogError):  # that it cannot be read is told already
            yield from leftovers_in(file.name, read_toml(file))
    for page in sorted(file for name in PAGES for file in path.glob(f"{name}.*.md")):
        yield from leftovers_on(f"{path.name}/{page.name}", page.read_text(encoding="utf-8"))


def _check_ids(row: Row, offers: tuple[Offer, ...]) -> None:
    seen: set[str] = set()
    for offer in offers:
        if offer.id in seen:
            text = f"offer '{offer.id}' stands in two files of this town. Keep one."
            row.problems.append(Problem(file=row.file, entry=offer.id, field="id", text=text))
        seen.add(offer.id)
