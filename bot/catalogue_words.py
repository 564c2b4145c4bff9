"""What guides call the fields of an entry and what stands in them, in German; it changes nothing."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from bot.card_words import money, names_of
from bot.offer_labels import LABELS
from catalog.hours_week import END_OF_DAY, MIDNIGHT, SPANS, runs, week_of
from catalog.needs import Taxonomy
from catalog.offer import Address, Capacity, Cost
from dialogs.wording import SOURCE

FIELDS: Mapping[str, str] = {
    "name": "Name",
    "description": "Beschreibung",
    "needs": "Themen",
    "kind": "Art",
    "status": "Stand",
    "body": "Stelle",
    "organization": "Träger",
    "service_area": "Für wen im Umkreis",
    "assured_date": "Zuletzt geprüft",
    "languages": "Sprachen vor Ort",
    "interpretation_services": "Sprachmittlung",
    "target_groups": "Zielgruppen",
    "modes": "Wie man hinkommt",
    "cost": "Kosten",
    "residence": "Verlangte Papiere",
    "eligibility_description": "Wer darf kommen",
    "gender_only": "Nur für",
    "minimum_age": "Alter ab",
    "maximum_age": "Alter bis",
    "address": "Adresse",
    "address_secret": "Adresse geheim",
    "phone": "Telefon",
    "email": "E-Mail",
    "url": "Internetseite",
    "contact": "Ansprechstelle",
    "opening_hours": "Öffnungszeiten",
    "schedule_description": "Zeiten in Worten",
    "appointment_required": "Termin nötig",
    "registration": "Anmeldung",
    "booked_by": "Wer vereinbart",
    "application_process": "So meldet man sich an",
    "required_documents": "Mitbringen",
    "capacity": "Plätze",
    "childcare": "Kinderbetreuung",
    "wheelchair": "Rollstuhl",
    "valid_from": "Gilt ab",
    "valid_to": "Gilt bis",
    "origin": "Herkunft",
    "note": "Notiz für das Team",
}

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
NOTHING = "–"


def label(value: StrEnum) -> str:
    return LABELS[type(value)][value]


def language_name(code: str) -> str:
    (name,) = names_of((code,), SOURCE)
    return name


def told(field: str, value: Any, taxonomy: Taxonomy) -> str:
    """What stands in a field, in one line or several, a dash for nothing; of texts the German one."""
    if value is None or value in ("", (), {}):
        return NOTHING
    if field == "needs":
        return ", ".join(_need(code, taxonomy) for code in value)
    if field == "languages":
        return ", ".join(names_of(value, SOURCE))
    if field == "body":
        body = taxonomy.bodies.get(value)
        return body.labels[SOURCE] if body is not None else str(value)
    return hours_in_words(value) if field == "opening_hours" else _plain(value)


def hours_in_words(text: str) -> str:
    """`Mo–Mi, Fr 08:00–12:00; nicht an Feiertagen`; what no week can hold stays in OpenStreetMap's syntax."""
    week = week_of(text)
    if week is None:
        return text
    said = [
        f"{_days([day for day, found in enumerate(week.days) if found == spans])} "
        + ", ".join(f"{start}–{END_OF_DAY if end == MIDNIGHT else end}" for start, end in spans)
        for spans in dict.fromkeys(filter(None, week.days))
    ]
    said += ["nicht an Feiertagen"] if week.closed_on_holidays else []
    said += ["nicht in den Schulferien"] if week.closed_in_school_holidays else []
    return "; ".join(said)


def _days(days: list[int]) -> str:
    names = [[WEEKDAYS[day][:2] for day in run] for run in runs(days)]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > SPANS else ", ".join(run) for run in names)


def _need(code: str, taxonomy: Taxonomy) -> str:
    need = taxonomy.needs.get(code)
    return need.labels[SOURCE] if need is not None else code


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "ja" if value else "nein"
        case StrEnum():
            return label(value)
        case dt.date():
            return f"{value:%d.%m.%Y}"
        case tuple():
            return "\n".join(map(_plain, value)) if _texts(value) else ", ".join(map(_plain, value))
        case Mapping():
            return str(value.get(SOURCE, NOTHING))
        case Address() | Cost() | Capacity():
            return ", ".join(_parts(value))
        case _:
            return str(value)


def _texts(values: tuple[Any, ...]) -> bool:
    return all(isinstance(value, Mapping) for value in values)


def _parts(value: Address | Cost | Capacity) -> Iterator[str]:
    match value:
        case Address():
            yield f"{value.address_1}, {value.postal_code} {value.city}"
            yield from [value.part] if value.part else []
        case Cost():
            yield label(value.type)
            yield from [money(value.amount, SOURCE)] if value.amount is not None else []
            yield from [value.fees_description[SOURCE]] if value.fees_description else []
        case Capacity():
            yield f"{'?' if value.available is None else value.available} frei"
            yield from [f"von {value.maximum}"] if value.maximum is not None else []
            yield from ["mit Warteliste"] if value.waiting_list else []
