"""The form for an entry: what stands in it for an offer, and the offer that somebody has filled in."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.catalogue_problems import FAULTS, by_field
from casework.days import day_from
from catalog.hours_week import DAYS, SPANS, Week, WeekError, text_of, week_of
from catalog.needs import CatalogError, Taxonomy
from catalog.normalise import clean
from catalog.offer import Offer, Texts
from catalog.offer_row import row_of
from catalog.offers import offers_of
from catalog.row import MAX_TEXT

TEXTS = (
    "name",
    "description",
    "eligibility_description",
    "schedule_description",
    "application_process",
    "cost.fees_description",
)
"""Fields with a text in each language: their parts are called `name.de`, `name.ar` and so on."""

DOCUMENTS = "required_documents"
"""As well, one paper in a line; the same line in another language is the same paper."""

NO_TEXT = "-"
LINES = (
    *("kind", "status", "body", "organization", "service_area", "phone", "email", "url", "contact", "origin"),
    *("gender_only", "registration", "booked_by", "childcare", "wheelchair", "note", "cost.type"),
    *("address.address_1", "address.postal_code", "address.city", "address.part"),
)
NUMBERS = ("minimum_age", "maximum_age", "cost.amount", "capacity.available", "capacity.maximum")
DATES = ("valid_from", "valid_to")
TICKS = ("needs", "languages", "target_groups", "residence", "modes")
FLAGS = ("interpretation_services", "address_secret", "appointment_required", "capacity.waiting_list")
BY_WEEK, BY_TEXT = "week", "text"
HOLIDAYS, SCHOOL_HOLIDAYS, CHECKED, MODIFIED = "hours.PH", "hours.SH", "checked_today", "modified"
YES = "yes"
LONGEST_WHY = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A form as it was filled in, unchecked: a text by the name of each field, and what is ticked."""

    texts: Mapping[str, str] = field(default_factory=dict)
    ticks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def ticked(self, name: str) -> tuple[str, ...]:
        return self.ticks.get(name, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a form says: an offer, or by the name of each field why it makes none, in German."""

    offer: Offer | None
    problems: Mapping[str, str] = field(default_factory=dict)


def typed_of(offer: Offer) -> Typed:
    """The form as it stands there for this offer."""
    row = row_of(offer)
    texts = {name: str(_at(row, name, "")) for name in (*LINES, *NUMBERS)}
    texts |= {name: f"{on:%Y-%m-%d}" for name in DATES if (on := getattr(offer, name)) is not None}
    texts |= {f"{name}.{code}": said for name in TEXTS for code, said in _at(row, name, {}).items()}
    texts |= _documents_as_lines(offer.required_documents)
    texts["cost.amount"] = texts["cost.amount"].removesuffix(".0").replace(".", ",")
    for name in ("kind", "status", "service_area", "origin", "registration", "booked_by", "childcare"):
        texts[name] = str(getattr(offer, name))
    texts |= {"wheelchair": str(offer.wheelchair), "cost.type": str(offer.cost.type)}
    ticks = {name: tuple(map(str, getattr(offer, name))) for name in TICKS}
    ticks |= {name: (YES,) for name in FLAGS if _at(row, name, False)}
    hours = hours_typed(offer.opening_hours)
    return Typed(texts={**texts, **hours.texts}, ticks={**ticks, **hours.ticks})


def hours_typed(text: str) -> Typed:
    """The fields of the opening hours, as rows of a week if they can hold it."""
    week = week_of(text)
    texts = {"opening_hours": text, "hours": BY_TEXT if week is None else BY_WEEK}
    for day, spans in zip(DAYS, (week or Week()).days, strict=True):
        for number, (start, end) in enumerate(spans):
            texts |= {f"hours.{day}.{number}.from": start, f"hours.{day}.{number}.to": end}
    closed = [] if week is None else [(HOLIDAYS, week.closed_on_holidays)]
    closed += [] if week is None else [(SCHOOL_HOLIDAYS, week.closed_in_school_holidays)]
    if not text:
        closed = [(HOLIDAYS, True)]  # nearly everything is closed then, and it is easily forgotten
    return Typed(texts=texts, ticks={name: (YES,) for name, is_closed in closed if is_closed})


def settled(typed: Typed, base: Offer) -> Typed:
    """The same, by the way in which somebody wrote hours although the other one was still marked."""
    way, stood = typed.text("hours"), hours_typed(base.opening_hours)
    new_text = typed.text("opening_hours").strip() not in ("", base.opening_hours)
    times = {name: typed.text(name).strip() for name in _TIMES}
    new_times = any(times.values()) and any(said != stood.text(name) for name, said in times.items())
    if new_text == new_times or way not in (BY_WEEK, BY_TEXT):
        return typed
    return Typed(texts={**typed.texts, "hours": BY_TEXT if new_text else BY_WEEK}, ticks=typed.ticks)


def read(typed: Typed, base: Offer, today: dt.date, taxonomy: Taxonomy) -> Read:
    """The offer that the form says. What it has no field for, and the order of ticks, is that of `base`."""
    too_long = {name: _TOO_LONG for name, said in typed.texts.items() if len(said) > MAX_TEXT}
    try:
        hours = _hours(typed, base)
        bad_hours: dict[str, str] = {}
    except WeekError as error:
        hours, bad_hours = "", {f"hours.{DAYS[day]}": FAULTS[fault] for day, fault in error.faults}
    row = _row(typed, base, hours, today)
    problems = _documents_problem(typed) | too_long | bad_hours
    try:
        (offer,) = offers_of([row], "form", taxonomy, today=today)
    except CatalogError as error:
        return Read(offer=None, problems=by_field(error.problems, hours) | problems)
    return Read(offer=None if problems else offer, problems=problems)


_TOO_LONG = f"Das ist zu lang: höchstens {MAX_TEXT} Zeichen."


def _row(typed: Typed, base: Offer, hours: str, today: dt.date) -> dict[str, Any]:
    row = row_of(base)
    for name, value in _said(typed).items():
        _put(row, name, value)
    for name in TICKS:
        row[name] = _in_order(typed.ticked(name), tuple(map(str, getattr(base, name))))
    row |= {DOCUMENTS: _documents(typed), "opening_hours": hours}
    row |= {"assured_date": today} if YES in typed.ticked(CHECKED) else {}
    row |= {"origin": "modified_by_kisi"} if YES in typed.ticked(MODIFIED) else {}
    if not row["address"]:
        del row["address"]
    _date_places(row, base, today)
    return row


def _said(typed: Typed) -> dict[str, Any]:
    """All but lists; an empty value where nothing is said."""
    return {
        **{name: " ".join(clean(typed.text(name)).split()) for name in LINES},
        "note": clean(typed.text("note")),
        **{name: _number(typed.text(name)) for name in NUMBERS},
        **{name: day_from(typed.text(name).strip()) or typed.text(name).strip() for name in DATES},
        **{name: _by_language(typed, name) for name in TEXTS},
        **{name: YES in typed.ticked(name) for name in FLAGS},
    }


def _hours(typed: Typed, base: Offer) -> str:
    """Raises WeekError. Rows that say what stood there before leave its text as it was."""
    if typed.text("hours") == BY_TEXT:
        return " ".join(clean(typed.text("opening_hours")).split())
    days = tuple(
        tuple(
            (typed.text(f"hours.{day}.{number}.from"), typed.text(f"hours.{day}.{number}.to"))
            for number in range(SPANS)
        )
        for day in DAYS
    )
    text = text_of(
        Week(
            days=days,
            closed_on_holidays=YES in typed.ticked(HOLIDAYS),
            closed_in_school_holidays=YES in typed.ticked(SCHOOL_HOLIDAYS),
        )
    )
    return base.opening_hours if week_of(text) == week_of(base.opening_hours) else text


def _put(row: dict[str, Any], name: str, value: Any) -> None:
    """Sets a field, or one of a table inside; what says nothing is left out, so that the default counts."""
    table, _, inner = name.rpartition(".")
    inside = dict(row.get(table) or {}) if table else row
    inside.pop(inner, None)
    if value is not False and value not in ("", {}):  # nought is a figure
        inside[inner] = value
    if table:
        row[table] = inside


def _at(row: Mapping[str, Any], name: str, otherwise: Any) -> Any:
    table, _, inner = name.rpartition(".")
    return (row.get(table, {}) if table else row).get(inner, otherwise)


def _number(typed: str) -> float | str:
    """A number if it is one; else the text, about which the catalogue says what is wrong."""
    plain = typed.strip().replace(",", ".")
    return float(plain) if _NUMBER.fullmatch(plain) else plain


def _by_language(typed: Typed, name: str) -> dict[str, str]:
    found = {code: clean(typed.text(f"{name}.{code}")) for code in languages_in(typed, name)}
    return {code: said for code, said in found.items() if said}


def languages_in(typed: Typed, name: str) -> list[str]:
    """Languages for which the form has a field of that text."""
    beginning = f"{name}."
    return [field.removeprefix(beginning) for field in typed.texts if field.startswith(beginning)]


def _in_order(ticked: Sequence[str], former: Sequence[str]) -> list[str]:
    """What was there before keeps its place: what stands first counts most."""
    kept = [value for value in former if value in ticked]
    return kept + [value for value in dict.fromkeys(ticked) if value not in kept]


def _documents(typed: Typed) -> list[Texts]:
    lines = {code: _lines(typed.text(f"{DOCUMENTS}.{code}")) for code in languages_in(typed, DOCUMENTS)}
    papers: list[Texts] = []
    for number in range(max(map(len, lines.values()), default=0)):
        said = {code: found[number] for code, found in lines.items() if number < len(found)}
        papers.append({code: text for code, text in said.items() if text != NO_TEXT})
    return papers


def _documents_problem(typed: Typed) -> dict[str, str]:
    german = len(_lines(typed.text(f"{DOCUMENTS}.de")))
    for code in languages_in(typed, DOCUMENTS):
        if len(_lines(typed.text(f"{DOCUMENTS}.{code}"))) > german:
            return {DOCUMENTS: "Hier stehen mehr Zeilen als auf Deutsch. Jede Zeile ist ein Papier."}
    return {}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in clean(text).split("\n") if line.strip()]


def _documents_as_lines(documents: Sequence[Texts]) -> dict[str, str]:
    codes = dict.fromkeys(code for texts in documents for code in texts)
    return {
        f"{DOCUMENTS}.{code}": "\n".join(texts.get(code) or NO_TEXT for texts in documents) for code in codes
    }


def _date_places(row: dict[str, Any], base: Offer, today: dt.date) -> None:
    """Figures of places that somebody has changed are of today."""
    places = {name: value for name, value in row.get("capacity", {}).items() if name != "updated"}
    former = row_of(base).get("capacity", {})
    if not places:
        row.pop("capacity", None)
        return
    same = places == {name: value for name, value in former.items() if name != "updated"}
    updated = former.get("updated") if same else today
    # the form has no field in which a day to come could be mended; of such figures nobody knows the day
    updated = None if updated is not None and updated > today else updated
    row["capacity"] = places | ({"updated": updated} if updated is not None else {})


def has_text(name: str) -> bool:
    """Whether the form has a text of this name; names of other languages than ours may be among them."""
    if name in _PLAIN:
        return True
    field, _, code = name.rpartition(".")
    return field in _IN_LANGUAGES and _CODE.fullmatch(code) is not None


_IN_LANGUAGES = frozenset({*TEXTS, DOCUMENTS})
_CODE = re.compile(r"[a-z]{2,3}(?:_[A-Z][A-Za-z]{1,3})?")
_NUMBER = re.compile(r"-?[0-9]{1,16}(?:\.[0-9]{1,16})?")  # neither nan, inf nor 1e9
_TIMES = frozenset(
    f"hours.{day}.{number}.{end}" for day in DAYS for number in range(SPANS) for end in ("from", "to")
)
_PLAIN = frozenset({*LINES, *NUMBERS, *DATES, *_TIMES, "hours", "opening_hours"})
BOXES = frozenset({*TICKS, *FLAGS, HOLIDAYS, SCHOOL_HOLIDAYS, CHECKED, MODIFIED})
"""Names of everything to tick."""
