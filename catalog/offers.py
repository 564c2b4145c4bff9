"""Offers read from files: either every entry is right, or every problem is told; it keeps nothing."""

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any, cast

from catalog.hours import Hours, HoursError
from catalog.needs import CatalogError, Problem, Taxonomy, packaged_taxonomy
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
from catalog.row import Row, did_you_mean
from catalog.toml_faults import told

__all__ = ["EMAIL", "Offer", "offers_of", "read_offers", "read_toml"]

MAX_FILE = 2_000_000  # bytes
OLDEST = 120  # years
_ID = re.compile(r"[a-z0-9][a-z0-9\-]{1,62}")
_PHONE = re.compile(r"\+[1-9]\d{0,2}(?: ?\d){5,14}")
EMAIL = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9.\-]{3,200}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:_[A-Z][A-Za-z]{1,3})?")


def read_offers(path: Path, taxonomy: Taxonomy | None = None) -> tuple[Offer, ...]:
    """The offers of one TOML file, in its order. Raises CatalogError with every problem at once."""
    raw = read_toml(path)
    rows = raw.get("offer", [])
    unknown = raw.keys() - {"offer"}
    problems = [_stray(path.name, key) for key in sorted(unknown)]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        problems.append(Problem(file=path.name, entry="offer", text="must be a list. Write [[offer]]."))
    if problems:
        raise CatalogError(problems)
    return offers_of(rows, path.name, taxonomy)


def offers_of(
    rows: Iterable[Mapping[str, Any]],
    file: str,
    taxonomy: Taxonomy | None = None,
    numbers: Sequence[int] = (),
    *,
    today: dt.date | None = None,
) -> tuple[Offer, ...]:
    """Offers from plain mappings, however they were read. Raises CatalogError with every problem at once.

    `numbers`: where the mappings stand in a table, one for each; its problems are then CellProblems.
    `today`: no check may be of a later day; without it, as for a town's own files, that is not looked at.
    """
    taxonomy = taxonomy or packaged_taxonomy()
    read = [
        Row(raw, file=file, entry=str(raw.get("id") or f"number {place}"), in_row=number)
        for place, (raw, number) in enumerate(zip(rows, numbers or repeat(0), strict=False), start=1)
    ]
    offers = [_offer(row, taxonomy, today) for row in read]
    _check_doubles(read)
    problems = [problem for row in read for problem in row.problems]
    if problems:
        raise CatalogError(problems)
    return tuple(offer for offer in offers if offer is not None)


def read_toml(path: Path) -> dict[str, Any]:
    """Raises CatalogError if the file is too large, or no UTF-8, or no TOML."""
    if path.stat().st_size > MAX_FILE:
        raise CatalogError([Problem(file=path.name, entry="whole file", text="is larger than 2 MB.")])
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        utf8 = "is not written in UTF-8. Save it as UTF-8."
        raise CatalogError([Problem(file=path.name, entry="whole file", text=utf8)]) from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = Problem(file=path.name, entry="whole file", text=told(error, text))
        raise CatalogError([problem]) from error


def _stray(file: str, key: str) -> Problem:
    return Problem(file=file, entry=key, text=f"only [[offer]] may stand here.{did_you_mean(key, ['offer'])}")


def _check_doubles(rows: Iterable[Row]) -> None:
    """Told once, at the second of those with the same id."""
    seen = Counter[str]()
    for row in rows:
        seen[row.entry] += 1
        if seen[row.entry] == 2:
            row.problem("id", "stands twice. Give one of them another id, or remove it.")


def _offer(row: Row, taxonomy: Taxonomy, today: dt.date | None) -> Offer | None:
    values: dict[str, Any] = {
        **_what(row, taxonomy),
        **_who(row),
        **_where(row),
        **_when(row),
        "origin": row.choice("origin", Origin, Origin.EXISTING),
        "note": row.text("note"),
    }
    row.refuse_unknown()
    _check_together(row, values)
    _check_days(row, values, today or dt.date.max)
    return None if row.problems else Offer(**values)


def _what(row: Row, taxonomy: Taxonomy) -> dict[str, Any]:
    status = row.choice("status", Status)
    shown = status is not Status.DRAFT  # a draft may lack what only a guide knows; nobody sees it before
    values = {
        "id": row.text("id", required=True),
        "kind": row.choice("kind", Kind),
        "status": status,
        "name": row.texts("name", required=True),
        "description": row.texts("description", required=True),
        "needs": row.strings("needs"),
        "body": row.text("body", required=shown),
        "organization": row.text("organization", required=shown),
        "assured_date": row.date("assured_date", required=True),
    }
    _check_pattern(row, "id", _ID, "small letters, digits and hyphens, such as 'women-cafe'")
    for need in cast(tuple[str, ...], values["needs"]):
        if need not in taxonomy.needs:
            row.problem("needs", f"there is no need '{need}'.{did_you_mean(need, taxonomy.needs)}")
    if shown and not values["needs"]:
        row.problem("needs", "is missing. Name at least one need.")
    if values["body"] and values["body"] not in taxonomy.bodies:
        hint = did_you_mean(str(values["body"]), taxonomy.bodies)
        row.problem("body", f"there is no body '{values['body']}'.{hint}")
    return values


def _who(row: Row) -> dict[str, Any]:
    languages = row.strings("languages") or ("de",)
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            row.problem("languages", f"'{language}' is no language code. Write for example 'ar' or 'uk'.")
    return {
        "languages": languages,
        "interpretation_services": row.flag("interpretation_services"),
        "target_groups": row.choices("target_groups", TargetGroup, (TargetGroup.ALL,)),
        "residence": row.choices("residence", Paper),
        "eligibility_description": row.texts("eligibility_description"),
        "gender_only": row.optional("gender_only", GenderOnly),
        "minimum_age": row.whole("minimum_age", most=OLDEST),
        "maximum_age": row.whole("maximum_age", most=OLDEST),
        "cost": _cost(row),
        "childcare": row.choice("childcare", Childcare, Childcare.NONE),
        "wheelchair": row.choice("wheelchair", Wheelchair, Wheelchair.UNKNOWN),
    }


def _where(row: Row) -> dict[str, Any]:
    values = {
        "service_area": row.choice("service_area", Area),
        "modes": row.choices("modes", Mode, (Mode.ONSITE,)),
        "address": _address(row),
        "address_secret": row.flag("address_secret"),
        "phone": row.text("phone") or None,
        "email": row.text("email") or None,
        "url": row.text("url") or None,
        "contact": row.text("contact"),
    }
    _check_pattern(row, "phone", _PHONE, "the international form, such as '+49 69 90009100'")
    _check_pattern(row, "email", EMAIL, "an address such as 'name@example.org'")
    if values["url"] and not str(values["url"]).startswith("https://"):
        row.problem("url", "must begin with https://.")
    return values


def _when(row: Row) -> dict[str, Any]:
    hours = row.text("opening_hours")
    if hours:
        try:
            Hours.parse(hours)
        except HoursError as error:
            row.problem("opening_hours", str(error))
    return {
        "opening_hours": hours,
        "schedule_description": row.texts("schedule_description"),
        "appointment_required": row.flag("appointment_required"),
        "registration": row.choice("registration", Registration, Registration.NONE),
        "booked_by": row.choice("booked_by", BookedBy, BookedBy.PERSON),
        "application_process": row.texts("application_process"),
        "required_documents": row.many_texts("required_documents"),
        "capacity": _capacity(row),
        "valid_from": row.date("valid_from"),
        "valid_to": row.date("valid_to"),
    }


def _cost(row: Row) -> Cost:
    inner = row.table("cost")
    if inner is None:
        return Cost(type=CostType.FREE)
    cost = Cost(
        type=inner.choice("type", CostType) or CostType.FREE,
        amount=inner.number("amount"),
        fees_description=inner.texts("fees_description"),
    )
    inner.refuse_unknown()
    return cost


def _address(row: Row) -> Address | None:
    inner = row.table("address")
    if inner is None:
        return None
    address = Address(
        address_1=inner.text("address_1", required=True),
        postal_code=inner.text("postal_code", required=True),
        city=inner.text("city", required=True),
        part=inner.text("part"),
    )
    inner.refuse_unknown()
    return address


def _capacity(row: Row) -> Capacity | None:
    inner = row.table("capacity")
    if inner is None:
        return None
    capacity = Capacity(
        available=inner.whole("available"),
        maximum=inner.whole("maximum"),
        updated=inner.date("updated"),
        waiting_list=inner.flag("waiting_list"),
    )
    inner.refuse_unknown()
    return capacity


def _check_pattern(row: Row, field: str, pattern: re.Pattern[str], form: str) -> None:
    value = row.raw.get(field)
    if isinstance(value, str) and value and not (len(value) <= 300 and pattern.fullmatch(value)):
        row.problem(field, f"'{value[:80]}' does not look right. Write {form}.")


def _check_together(row: Row, values: Mapping[str, Any]) -> None:
    """What only shows when fields are seen together."""
    first, last = values["valid_from"], values["valid_to"]
    if first and last and last < first:
        row.problem("valid_to", f"{last} lies before valid_from, {first}. Swap or mend them.")
    low, high = values["minimum_age"], values["maximum_age"]
    if low is not None and high is not None and low > high:
        row.problem("maximum_age", f"{high} is less than minimum_age, {low}. Swap or mend them.")
    if values["address_secret"] and values["address"]:
        row.problem("address", "stands here although address_secret is true. Remove the address.")
    places: Capacity = values["capacity"] or Capacity()
    if places.available is not None and places.maximum is not None and places.available > places.maximum:
        row.problem("capacity.available", "is more than the maximum. Mend one of them.")


def _check_days(row: Row, values: Mapping[str, Any], today: dt.date) -> None:
    """What was checked on a day to come would count as fresh until long after that day."""
    places: Capacity = values["capacity"] or Capacity()
    for field, day in (("assured_date", values["assured_date"]), ("capacity.updated", places.updated)):
        if day is not None and day > today:
            row.problem(field, f"{day} lies in the future. Write the day on which somebody last asked.")
