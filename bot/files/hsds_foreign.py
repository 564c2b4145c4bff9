"""A draft from a service that somebody else has described: a guide fills in what HSDS does not know."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.files.hsds_entry import address_of, first, languages_of
from bot.files.html_text import plain_text
from bot.files.naming import slug
from bot.files.proposals import Propose, first_needs, phone_from
from bot.files.week import DAYS, Span, hours_of, is_clock
from catalog.offers import EMAIL

Object = Mapping[str, Any]

_BYDAY = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_MORE_THAN_A_WEEK = ("byweekno", "bymonthday", "byyearday", "count", "until")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:_[A-Z][A-Za-z]{1,3})?")
_OLDEST = 120  # years that an entry may name
_NEVER = "1970-01-01"
"""Nobody here has checked it, and HSDS does not say that anybody has."""


def draft_of(service: Object, propose: Propose) -> tuple[dict[str, Any], list[str]]:
    """The entry, and what a guide must know of it. Its texts are taken to be German."""
    name, description = _text(service, "name"), _text(service, "description")
    entry: dict[str, Any] = {
        "id": f"hsds-{slug(service['id'])}",
        "kind": "offer",
        "status": "draft",
        "name": {"de": name or "?"},
        "description": {"de": description or name or "?"},
        "needs": first_needs([*_terms(service), name, description], propose),
        "organization": plain_text(str((service.get("organization") or {}).get("name", ""))),
        "service_area": "municipality",
        "assured_date": str(service.get("assured_date") or service.get("last_modified") or _NEVER)[:10],
        "languages": [code for code in languages_of(service) if _LANGUAGE.fullmatch(code)],
        "interpretation_services": bool(service.get("interpretation_services")),
        "required_documents": [*_documents(service)],
        **dict(_whom(service)),
        **dict(_reached(service)),
        **dict(_cost(service)),
    }
    return entry, [f"{entry['id']}: {lost}" for lost in _lost(service, entry)]


def _whom(service: Object) -> Iterator[tuple[str, Any]]:
    for field in ("eligibility_description", "application_process"):
        if text := _text(service, field):
            yield field, {"de": text}
    for field in ("minimum_age", "maximum_age"):
        if isinstance(age := service.get(field), int | float) and 0 <= age <= _OLDEST:
            yield field, int(age)


def _reached(service: Object) -> Iterator[tuple[str, Any]]:
    if phone := phone_from(str(first(service, "phones", "number") or "")):
        yield "phone", phone
    if EMAIL.fullmatch(email := str(service.get("email", ""))):
        yield "email", email
    if (url := str(service.get("url", ""))).startswith("https://"):
        yield "url", url
    if address := address_of(service):
        yield "address", address
    if hours := hours_of(_week(service) or [[] for _ in DAYS]):
        yield "opening_hours", hours
    elif texts := _schedule_texts(service):
        yield "schedule_description", {"de": texts}


def _cost(service: Object) -> Iterator[tuple[str, Any]]:
    """Free only if nothing at all is said of money."""
    text = _text(service, "fees_description") or _text(service, "fees")
    options = [option for option in service.get("cost_options") or () if option.get("amount")]
    if text or options:
        amount = options[0]["amount"] if len(options) == 1 and _in_euro(options[0]) else None
        texts = {"fees_description": {"de": text}} if text else {}
        yield "cost", {"type": "fee", **texts, **({"amount": amount} if amount else {})}


def _in_euro(option: Object) -> bool:
    return str(option.get("currency", "")).upper() == "EUR"


def _lost(service: Object, entry: Object) -> Iterator[str]:
    """What the service says and the entry cannot take, for a guide to look up."""
    if first(service, "phones", "number") and "phone" not in entry:
        yield "its telephone number is not understood"
    if service.get("url") and "url" not in entry:
        yield "its address on the web does not begin with https://"
    if service.get("schedules") and "opening_hours" not in entry:
        yield "its times are more than a week can say"
    if service["status"] != "active":
        yield f"its status there is '{service['status']}'"


def _week(service: Object) -> list[list[Span]] | None:
    """Weekly hours; None if any of its schedules says more."""
    week: list[list[Span]] = [[] for _ in DAYS]
    for schedule in _schedules(service):
        days = [_BYDAY.get(day.strip()) for day in str(schedule.get("byday", "")).split(",")]
        span = str(schedule.get("opens_at", ""))[:5], str(schedule.get("closes_at", ""))[:5]
        more = any(schedule.get(field) for field in _MORE_THAN_A_WEEK)
        weekly = schedule.get("freq") == "WEEKLY" and schedule.get("interval", 1) == 1 and not more
        if not weekly or None in days or not all(map(is_clock, span)):
            return None
        for day in days:
            if day is not None and span not in week[day]:
                week[day].append(span)
    return week


def _schedules(service: Object) -> list[Object]:
    at_places = [
        each for place in service.get("service_at_locations") or () for each in place.get("schedules") or ()
    ]
    return [*(service.get("schedules") or ()), *at_places]


def _schedule_texts(service: Object) -> str:
    texts = (plain_text(str(each.get("description", ""))) for each in _schedules(service))
    return "\n".join(dict.fromkeys(filter(None, texts)))[:1000]


def _documents(service: Object) -> Iterator[dict[str, str]]:
    for each in service.get("required_documents") or ():
        if text := " ".join(plain_text(str(each.get("document", ""))).split()):
            yield {"de": text}


def _terms(service: Object) -> Iterator[str]:
    for each in service.get("attributes") or ():
        yield str((each.get("taxonomy_term") or {}).get("name", ""))


def _text(service: Object, field: str) -> str:
    return plain_text(str(service.get(field) or ""))
