"""An entry from a service that our own export has written: what it was made of, or what others made of it."""

from collections.abc import Mapping
from typing import Any

from bot.files.hsds_terms import OURS, SAME, TEXTS, own_fields

Object = Mapping[str, Any]


def entry_of(service: Object, ours: Object) -> dict[str, Any]:
    """HSDS's own fields count for what HSDS has, our attributes for the rest."""
    entry: dict[str, Any] = {name: ours[name] for name in OURS if name in ours}
    entry |= {name: service[name] for name in SAME if name in service}
    for name, theirs in TEXTS.items():
        if texts := texts_of(service.get(theirs), name, ours):
            entry[name] = texts
    entry |= {
        "status": _status(service, ours),
        "needs": ours.get("needs", []),
        "body": "".join(ours.get("body", [])[:1]),
        "organization": str((service.get("organization") or {}).get("name", "")),
        "assured_date": service.get("assured_date"),
        "interpretation_services": bool(service.get("interpretation_services")),
        "languages": languages_of(service),
        "required_documents": [_document(each) for each in service.get("required_documents") or ()],
        "cost": _cost(service, ours),
    }
    for name, value in (
        ("phone", first(service, "phones", "number")),
        ("contact", first(service, "contacts", "title")),
    ):
        if value:
            entry[name] = value
    if address := address_of(service):
        entry["address"] = address | ({"part": ours["address.part"]} if "address.part" in ours else {})
    return entry


def texts_of(german: Any, field: str, ours: Object) -> dict[str, Any]:
    """The German text and those of the other languages; none without a German one."""
    others = {
        name.removeprefix(f"{field}."): text for name, text in ours.items() if name.startswith(f"{field}.")
    }
    return {"de": german, **others} if german else {}


def languages_of(service: Object) -> list[str]:
    """Codes, each once; rows without a code say nothing to us."""
    codes = (each.get("code") for each in service.get("languages") or ())
    return list(dict.fromkeys(code for code in codes if code))


def first(service: Object, name: str, field: str) -> Any:
    """The first that is there of a field in a list of objects."""
    return next((each[field] for each in service.get(name) or () if each.get(field)), None)


def address_of(service: Object) -> dict[str, Any] | None:
    """The first of its places that has a street."""
    for place in service.get("service_at_locations") or ():
        for address in (place.get("location") or {}).get("addresses") or ():
            if address.get("address_1"):
                return {name: address.get(name, "") for name in ("address_1", "postal_code", "city")}
    return None


def _status(service: Object, ours: Object) -> str:
    if service["status"] == "active":
        return "active"
    return "draft" if ours.get("status") == "draft" else "inactive"


def _document(document: Object) -> dict[str, Any]:
    return texts_of(document.get("document"), "document", own_fields(document))


def _cost(service: Object, ours: Object) -> dict[str, Any]:
    cost: dict[str, Any] = {"type": ours.get("cost.type", "fee")}
    if texts := texts_of(service.get("fees_description"), "cost.fees_description", ours):
        cost["fees_description"] = texts
    amount = first(service, "cost_options", "amount")
    options = service.get("cost_options") or ()
    if amount is not None or any(option.get("amount") == 0 for option in options):
        cost["amount"] = amount or 0
    return cost
