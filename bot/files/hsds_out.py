"""Offers as services of Open Referral HSDS 3, in one page of JSON; what HSDS lacks rides in attributes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.files.columns import value_at
from bot.files.entries import as_json
from bot.files.hsds_check import problems_of
from bot.files.hsds_terms import OURS, SAME, TEXTS, attribute, object_id
from bot.files.week import by_days, week_of
from bot.files.whole_file import write_whole
from catalog.needs import CatalogError, Taxonomy, packaged_taxonomy
from catalog.offer import Area, Offer
from catalog.offer_row import row_of

INTERPRETING = "Dolmetschen ist möglich."
_BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_AREAS = {Area.MUNICIPALITY: "Kommune", Area.DISTRICT: "Kreis", Area.STATE: "Land", Area.FEDERAL: "Bund"}

Object = dict[str, Any]


def write_hsds(path: Path, offers: Sequence[Offer], town: str, taxonomy: Taxonomy | None = None) -> None:
    """Raises CatalogError if a service does not fit the published schema, or the file cannot be written."""
    services = [service_of(offer, town, taxonomy or packaged_taxonomy()) for offer in offers]
    problems = [
        problem
        for offer, service in zip(offers, services, strict=True)
        for problem in problems_of(service, path.name, offer.id)
    ]
    if problems:
        raise CatalogError(problems)
    page = {
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": services,
    }
    write_whole(path, json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode())


def service_of(offer: Offer, town: str, taxonomy: Taxonomy) -> Object:
    """A full service object. `town` makes its ids different from those of the same offer elsewhere."""
    entry = as_json(row_of(offer, whole=True))
    own = object_id(town, offer.id)
    service: Object = {
        "id": own,
        **{theirs: entry[ours]["de"] for ours, theirs in TEXTS.items() if entry.get(ours)},
        "status": "active" if entry["status"] == "active" else "inactive",
        **{name: entry[name] for name in SAME if entry.get(name) is not None},
        "assured_date": entry["assured_date"],
        "languages": [
            {"id": object_id(own, "language", code), "code": code, "name": code}
            for code in entry["languages"]
        ],
        "service_areas": [
            {"id": object_id(own, "area"), "name": _AREAS[offer.service_area], "extent_type": "name"}
        ],
        "attributes": [*_attributes(own, entry, taxonomy)],
    }
    if entry["interpretation_services"]:
        service["interpretation_services"] = INTERPRETING
    return service | dict(_parts(own, entry))


def _parts(own: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if name := entry["organization"]:
        yield "organization", {"id": object_id("organization", name), "name": name, "description": name}
    if entry.get("phone"):
        yield "phones", [{"id": object_id(own, "phone"), "number": entry["phone"], "type": "voice"}]
    if entry["contact"]:
        yield "contacts", [{"id": object_id(own, "contact"), "title": entry["contact"]}]
    if entry["opening_hours"]:
        yield "schedules", [*_schedules(own, entry["opening_hours"])]
    if entry.get("address"):
        yield "service_at_locations", [_place(own, entry)]
    if entry["required_documents"]:
        yield "required_documents", [*_documents(own, entry["required_documents"])]
    yield from _costs(own, entry["cost"])


def _attributes(own: str, entry: Mapping[str, Any], taxonomy: Taxonomy) -> Iterator[Object]:
    """Needs and body as terms that others can read as well, the rest as values."""
    for code in entry["needs"]:
        need = taxonomy.needs[code]
        yield attribute(own, "needs", code, _term("needs", code, need.labels["de"], need.asks["de"]))
    if entry["body"]:
        label = taxonomy.bodies[entry["body"]].labels["de"]
        yield attribute(own, "body", entry["body"], _term("bodies", entry["body"], label, label))
    for field in OURS:
        if entry.get(field) not in (None, "", {}):
            yield attribute(own, field, entry[field])
    if entry["status"] == "draft":
        yield attribute(own, "status", "draft")
    yield attribute(own, "cost.type", entry["cost"]["type"])
    for field, text in _translations(entry):
        yield attribute(own, field, text)
    if entry.get("address", {}).get("part"):
        yield attribute(own, "address.part", entry["address"]["part"])


def _translations(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in (*TEXTS, "cost.fees_description"):
        texts = value_at(entry, field) or {}
        yield from ((f"{field}.{language}", text) for language, text in texts.items() if language != "de")


def _term(kind: str, code: str, name: str, description: str) -> Object:
    return {
        "id": object_id(kind, code),
        "code": code,
        "name": name,
        "description": description,
        "taxonomy": f"Kurze Wege: {kind}",
        "language": "de",
    }


def _place(own: str, entry: Mapping[str, Any]) -> Object:
    address = entry["address"]
    where = object_id("location", address["address_1"], address["postal_code"], address["city"])
    accessible = {
        "yes": "rollstuhlgerecht",
        "limited": "teilweise rollstuhlgerecht",
        "no": "nicht rollstuhlgerecht",
    }
    wheelchair = accessible.get(entry["wheelchair"])
    return {
        "id": object_id(own, where),
        "service_id": own,
        "location": {
            "id": where,
            "location_type": "physical",
            "addresses": [
                {
                    "id": object_id(where, "address"),
                    "address_1": address["address_1"],
                    "postal_code": address["postal_code"],
                    "city": address["city"],
                    "state_province": "Hessen",
                    "country": "DE",
                    "address_type": "physical",
                }
            ],
        }
        | (
            {"accessibility": [{"id": object_id(own, "access"), "description": wheelchair}]}
            if wheelchair
            else {}
        ),
    }


def _schedules(own: str, hours: str) -> Iterator[Object]:
    """One for each span of the week; hours that say more than a week can are a description alone."""
    spans = by_days(week_of(hours) or [])
    if not spans:
        yield {"id": object_id(own, "schedule"), "description": hours}
    for (start, end), days in spans.items():
        yield {
            "id": object_id(own, "schedule", start, end),
            "freq": "WEEKLY",
            "interval": 1,
            "wkst": "MO",
            "byday": ",".join(_BYDAY[day] for day in days),
            "opens_at": start,
            "closes_at": end,
            "description": hours,
        }


def _documents(own: str, documents: Sequence[Mapping[str, str]]) -> Iterator[Object]:
    for number, texts in enumerate(documents):
        document = object_id(own, "document", str(number))
        others = [
            attribute(document, f"document.{code}", text) for code, text in texts.items() if code != "de"
        ]
        yield {"id": document, "document": texts["de"]} | ({"attributes": others} if others else {})


def _costs(own: str, cost: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if texts := cost.get("fees_description"):
        yield "fees_description", texts["de"]
    if cost.get("amount") is not None:
        yield "cost_options", [{"id": object_id(own, "cost"), "amount": cost["amount"], "currency": "EUR"}]
