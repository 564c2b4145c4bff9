"""Offers and rows for the tests of the ways in and out."""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as some

from bot.catalogue_problems import OTHERWISE, in_sheet
from bot.files.entries import Entries
from bot.files.formats import Writing, read_files, write_file
from catalog.needs import CatalogError, Problem, packaged_taxonomy
from catalog.normalise import clean
from catalog.offer import (
    Address,
    Area,
    BookedBy,
    Capacity,
    Childcare,
    Cost,
    CostType,
    GenderOnly,
    Kind,
    Mode,
    Offer,
    Origin,
    Paper,
    Registration,
    Status,
    TargetGroup,
    Wheelchair,
)

NEEDS = tuple(packaged_taxonomy().needs)
BODIES = tuple(packaged_taxonomy().bodies)
LANGUAGES = ("en", "ar", "uk", "fa", "ti")
HEADS = (
    "Kennung",
    "Name",
    "Beschreibung",
    "Stand",
    "Art",
    "Bedarf 1",
    "Zuständige Stelle",
    "Träger",
    "Gebiet",
)
ROW = ("cafe", "Café", "Reden.", "aktiv", "Angebot", "lang.low_threshold", "begegnung", "Verein", "Kommune")


def sheet(path: Path, *rows: Sequence[str], heads: Sequence[str] = ()) -> Path:
    """A file of text with these rows, parted by semicolons; each ends with the day of the check."""
    lines = [heads or (*HEADS, "Geprüft am"), *rows]
    path.write_text("\n".join(";".join(line) for line in lines), "utf-8")
    return path


def row(**changed: str) -> list[str]:
    """A row that is right, but for these fields by the first word of their head."""
    usual = dict(zip((head.split()[0] for head in HEADS), ROW, strict=True)) | {"Geprüft": "02.11.2026"}
    return list((usual | changed).values())


def problems(read: Any, *arguments: Any) -> list[str]:
    """What is told when this cannot be done; of a spreadsheet all of it can be told in German."""
    try:
        read(*arguments)
    except CatalogError as error:
        without = [problem.text for problem in error.problems if not has_german(problem)]
        assert without == [], "add these to bot/catalogue_told.py"
        return [str(problem) for problem in error.problems]
    raise AssertionError("nothing was wrong")


def has_german(problem: Problem) -> bool:
    """Of hours it is the hours themselves that are told."""
    of_a_sheet = re.search(r"\.(?:csv|xlsx)\b", problem.file) is not None
    return not of_a_sheet or problem.field == "opening_hours" or in_sheet(problem) != OTHERWISE


def read_file(path: Path) -> Entries:
    return read_files([path])


def write(path: Path, offers: Sequence[Offer], *, template: bool = False) -> None:
    write_file(path, Writing(offers=offers, town="erlenfels", template=template))


# Texts as they are kept: nothing that `clean` would drop, and not a single code of a list.
_LETTERS = some.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Mn", "Me", "Zl", "Zp")
)
_words = (
    some.text(_LETTERS, min_size=1, max_size=30).map(clean).filter(lambda text: text == clean(text) != "")
)
_awkward = some.sampled_from(
    [
        "=1+1",
        "+49",
        "-",
        "@x",
        "'=1",
        "''",
        "a\nb",
        'a "b"',
        "a;b,c",
        "_x0041_",
        "0",
        "nein",
        "–",
        "[x]",
        "1.5",
    ]
)
texts = some.one_of(_words, _awkward)
_lines = texts.map(lambda text: " ".join(text.split()))


def by_language(text: some.SearchStrategy[str] = texts) -> some.SearchStrategy[dict[str, str]]:
    others = some.dictionaries(some.sampled_from(LANGUAGES), text, max_size=2)
    return some.builds(lambda german, rest: {"de": german, **rest}, text, others)


def _several(kind: Any, least: int = 0) -> Any:
    return some.lists(some.sampled_from(list(kind)), min_size=least, max_size=3, unique=True).map(tuple)


_days = some.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
_amounts = some.integers(0, 100_000).map(lambda cents: cents / 100)
_capacities = some.one_of(
    some.none(),
    some.builds(
        Capacity,
        available=some.one_of(some.none(), some.integers(0, 5)),
        maximum=some.one_of(some.none(), some.integers(5, 50)),
        updated=some.one_of(some.none(), _days),
        waiting_list=some.booleans(),
    ),
)
_addresses = some.one_of(
    some.none(),
    some.builds(
        Address,
        address_1=texts,
        postal_code=some.sampled_from(["65998", "01067"]),
        city=texts,
        part=some.one_of(some.just(""), texts),
    ),
)
offers = some.builds(
    Offer,
    id=some.from_regex(r"[a-z][a-z0-9\-]{3,20}", fullmatch=True),
    kind=some.sampled_from(Kind),
    status=some.sampled_from(Status),
    name=by_language(),
    description=by_language(),
    needs=_several(NEEDS, 1),
    body=some.sampled_from(BODIES),
    organization=texts,
    service_area=some.sampled_from(Area),
    assured_date=_days,
    languages=_several(("de", "en", "ar", "ckb", "pt_BR"), 1),
    interpretation_services=some.booleans(),
    target_groups=_several(TargetGroup),
    modes=_several(Mode),
    cost=some.builds(
        Cost,
        type=some.sampled_from(CostType),
        amount=some.one_of(some.none(), _amounts),
        fees_description=some.one_of(some.just({}), by_language()),
    ),
    residence=_several(Paper),
    eligibility_description=some.one_of(some.just({}), by_language()),
    gender_only=some.one_of(some.none(), some.sampled_from(GenderOnly)),
    minimum_age=some.one_of(some.none(), some.integers(0, 30)),
    maximum_age=some.one_of(some.none(), some.integers(30, 120)),
    address=_addresses,
    address_secret=some.just(False),
    phone=some.sampled_from([None, "+49 6172 9990"]),
    email=some.sampled_from([None, "a@wege.test"]),
    url=some.sampled_from([None, "https://wege.test/=x"]),
    contact=some.one_of(some.just(""), texts),
    opening_hours=some.sampled_from(["", "Mo-Fr 09:00-12:00; PH off"]),
    schedule_description=some.one_of(some.just({}), by_language()),
    appointment_required=some.booleans(),
    registration=some.sampled_from(Registration),
    booked_by=some.sampled_from(BookedBy),
    application_process=some.one_of(some.just({}), by_language()),
    required_documents=some.lists(by_language(_lines), max_size=3).map(tuple),
    capacity=_capacities,
    childcare=some.sampled_from(Childcare),
    wheelchair=some.sampled_from(Wheelchair),
    valid_from=some.one_of(some.none(), some.just(dt.date(2026, 1, 31))),
    valid_to=some.one_of(some.none(), some.just(dt.date(2027, 2, 28))),
    origin=some.sampled_from(Origin),
    note=some.one_of(some.just(""), texts),
)
"""Offers that a catalogue may hold, with everything that may trip a spreadsheet."""

several_offers = some.lists(offers, min_size=1, max_size=3, unique_by=lambda offer: offer.id).map(tuple)
