"""How our own fields ride in HSDS: which are its own, which go into attributes, and the ids of objects."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

PREFIX = "kurze-wege:"
"""How the `link_type` of an attribute begins that holds one of our fields; its value is JSON."""

NEEDS = f"{PREFIX}needs"
BODY = f"{PREFIX}body"
TEXTS = {  # field of ours with texts by language -> field of a service with the German one
    "name": "name",
    "description": "description",
    "eligibility_description": "eligibility_description",
    "application_process": "application_process",
}
SAME = ("url", "email", "minimum_age", "maximum_age")
"""Fields that are the same in both."""

OURS = (
    "id",
    "kind",
    "service_area",
    "target_groups",
    "residence",
    "gender_only",
    "modes",
    "address_secret",
    "opening_hours",
    "schedule_description",
    "appointment_required",
    "registration",
    "booked_by",
    "capacity",
    "childcare",
    "wheelchair",
    "valid_from",
    "valid_to",
    "origin",
    "note",
)
"""Fields that HSDS does not have, or not as exactly."""

_NAMESPACE = UUID("6f2c1f4e-6a0d-5c1b-9d0e-2f4b8a7c3e51")


def object_id(*names: str) -> str:
    """The id of an object: the same for the same names, in every export."""
    return str(uuid5(_NAMESPACE, "/".join(names)))


def attribute(owner: str, field: str, value: Any, term: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """One field of ours on the object with the id `owner`."""
    written = {
        "id": object_id(owner, "attribute", field, json.dumps(value)),
        "link_id": owner,
        "link_entity": "service",
        "link_type": f"{PREFIX}{field}",
        "value": json.dumps(value, ensure_ascii=False),
    }
    return written | ({"taxonomy_term": dict(term)} if term else {})


def own_fields(owner: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of ours that ride on an object; what cannot be read is left out."""
    found: dict[str, Any] = {}
    for each in owner.get("attributes") or ():
        named = str(each.get("link_type", ""))
        if named.startswith(PREFIX):
            try:
                value = json.loads(each.get("value", ""))
            except (TypeError, ValueError):
                continue
            if named in (NEEDS, BODY):
                found.setdefault(named.removeprefix(PREFIX), []).append(value)
            else:
                found[named.removeprefix(PREFIX)] = value
    return found
