"""One place of Integreat as a draft: its texts by language, its times, how it is reached; no persons."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.files.html_text import cut, plain_text
from bot.files.proposals import Propose, first_needs, phone_from
from bot.files.week import Span, hours_of, is_clock
from catalog.offers import EMAIL

Object = Mapping[str, Any]

GERMAN = "de"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:_[A-Za-z]{2,4})?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_AUTHORITY = re.compile(r"behörde|\bamt\b|ämter|rathaus|verwaltung", re.IGNORECASE)
_ADVICE = re.compile(r"beratung", re.IGNORECASE)
_WHEELCHAIR = {"True": "yes", "False": "no"}
_NEVER = "1970-01-01"
"""Integreat says when a text was changed, not when somebody checked it; and here nobody has."""


def draft_of(
    ident: str, texts: Mapping[str, Object], pages: Sequence[tuple[str, str]], propose: Propose
) -> tuple[dict[str, Any], list[str]]:
    """The entry, and what of the place it cannot take. `pages`: title and path of those that link to it."""
    place = texts[GERMAN]
    category = plain_text(_text(place.get("category"), "name"))
    title, description = _title(place), _description(place)
    titles = [name for name, _ in pages]
    entry: dict[str, Any] = {
        "id": ident,
        "kind": _kind(f"{category} {title}"),
        "status": "draft",
        "name": {language: _title(each) for language, each in _in_order(texts) if _title(each)},
        "description": {language: _description(each) for language, each in _in_order(texts)},
        "needs": first_needs([title, category, *titles, description[:300]], propose),
        "organization": plain_text(_text(place.get("organization"), "name")),
        "service_area": "municipality",
        "assured_date": _day(place),
        "wheelchair": _WHEELCHAIR.get(str(place.get("barrier_free")), "unknown"),
        "note": _note(place, pages),
        **dict(_reached(place)),
    }
    return entry, [f"{ident} ({cut(title, 60)}): {lost}" for lost in _lost(place, entry)]


def _in_order(texts: Mapping[str, Object]) -> Iterator[tuple[str, Object]]:
    yield GERMAN, texts[GERMAN]
    for language in sorted(texts):
        if language != GERMAN and _LANGUAGE.fullmatch(language):
            yield language, texts[language]


def _title(place: Object) -> str:
    return cut(plain_text(_text(place, "title")), 200) or "?"


def _description(place: Object) -> str:
    """The first of its texts that says anything; the name, if none does."""
    texts = (plain_text(_text(place, field)) for field in ("content", "excerpt", "meta_description"))
    return next(filter(None, texts), _title(place))


def _kind(words: str) -> str:
    if _AUTHORITY.search(words):
        return "authority"
    return "advice_centre" if _ADVICE.search(words) else "offer"


def _day(place: Object) -> str:
    found = _DATE.match(_text(place, "last_updated") or _text(place, "modified_gmt"))
    return found[0] if found else _NEVER


def _note(place: Object, pages: Sequence[tuple[str, str]]) -> str:
    """Where it comes from, for guides; addresses of pages of Integreat, no words of them."""
    named = [f"Aus Integreat: {_text(place, 'url')}"] if _text(place, "url") else ["Aus Integreat"]
    named += [f"Auch auf der Seite: {path}" for _, path in pages[:5]]
    if link := _text(place, "appointment_url"):
        named.append(f"Termine: {link}")
    return cut("\n".join(named), 1000)


def _reached(place: Object) -> Iterator[tuple[str, Any]]:
    location = place.get("location")
    address = [plain_text(_text(location, name)) for name in ("address", "postcode", "town")]
    if all(address):
        yield "address", dict(zip(("address_1", "postal_code", "city"), address, strict=True))
    if phone := next(filter(None, map(phone_from, _said(place, "phone_number"))), ""):
        yield "phone", phone
    if email := next((each for each in _said(place, "email") if EMAIL.fullmatch(each)), ""):
        yield "email", email
    websites = (*_said(place, "website"), _text(place.get("organization"), "website"))
    if url := next((each for each in websites if each.startswith("https://")), ""):
        yield "url", url
    if contact := next(_said(place, "area_of_responsibility"), ""):  # the name of a person stays there
        yield "contact", cut(plain_text(contact), 200)
    week, by_appointment = _week(place)
    if hours := hours_of(week):
        yield "opening_hours", hours
    if by_appointment:
        yield "appointment_required", True


def _said(place: Object, field: str) -> Iterator[str]:
    """What the place says itself, then what its contacts do."""
    contacts = place.get("contacts")
    for each in (place, *(contacts if isinstance(contacts, list) else ())):
        if text := _text(each, field):
            yield text


def _week(place: Object) -> tuple[list[list[Span]], bool]:
    """Seven days from Monday on, and whether one may come by appointment only."""
    days = place.get("opening_hours")
    days = days if isinstance(days, list) and len(days) == 7 else [{}] * 7
    read = [day if isinstance(day, Mapping) else {} for day in days]
    return [_spans(day) for day in read], any(day.get("appointmentOnly") is True for day in read)


def _spans(day: Object) -> list[Span]:
    if day.get("closed"):
        return []
    if day.get("allDay"):
        return [("00:00", "24:00")]
    slots = day.get("timeSlots")
    spans = [
        (_text(slot, "start"), _text(slot, "end")) for slot in (slots if isinstance(slots, list) else ())
    ]
    return [span for span in spans if all(map(is_clock, span))]


def _lost(place: Object, entry: Object) -> Iterator[str]:
    if place.get("temporarily_closed"):
        yield "is closed for the time being, says Integreat"
    if any(_said(place, "phone_number")) and "phone" not in entry:
        yield "its telephone number is not understood"
    if place.get("opening_hours") and "opening_hours" not in entry and any(_week(place)[0]):
        yield "its opening hours are not understood"


def _text(found: Any, field: str) -> str:
    value = found.get(field) if isinstance(found, Mapping) else None
    return value.strip() if isinstance(value, str) else ""
