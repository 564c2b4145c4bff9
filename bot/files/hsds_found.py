"""Finds the services in what HSDS 3 lets a file be: pages, lists, organizations, places, tables."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Object = Mapping[str, Any]

DEEPEST = 8  # pages of organizations with services need 5
_ONLY_SERVICES = {"status", "organization", "organization_id", "service_at_locations", "program_id"}
_OF_A_SERVICE = {  # table -> field of the service that holds its rows
    "phones.csv": "phones",
    "schedules.csv": "schedules",
    "service_areas.csv": "service_areas",
    "languages.csv": "languages",
    "cost_options.csv": "cost_options",
    "required_documents.csv": "required_documents",
    "contacts.csv": "contacts",
}
_TEXTS = {"external_identifier", "tax_id", "identifier"}
"""Texts that a table cannot tell from numbers if they are digits alone."""


def services_in(content: Any, depth: int = DEEPEST) -> Iterator[Object]:
    """Each service as a full object, with what the object around it says of it."""
    if isinstance(content, list) and depth:
        for each in content:
            yield from services_in(each, depth - 1)
    elif isinstance(content, Mapping) and depth:
        yield from _of_object(content, depth - 1)


def _of_object(found: Object, depth: int) -> Iterator[Object]:
    if "services.csv" in found:
        yield from _of_tables(found)
    elif "contents" in found:
        yield from services_in(found["contents"], depth)
    elif isinstance(found.get("services"), list):
        organization = {name: value for name, value in found.items() if name != "services"}
        for service in services_in(found["services"], depth):
            yield {"organization": organization, **service}
    elif isinstance(found.get("service"), Mapping):
        place = {name: value for name, value in found.items() if name != "service"}
        yield {"service_at_locations": [place], **found["service"]}
    elif found.keys() & _ONLY_SERVICES and "location_type" not in found:
        yield found


def _of_tables(tables: Object) -> Iterator[Object]:
    """The rows of a package of tables, those of one service brought together."""
    organizations = _by(_rows(tables, "organizations.csv"), "id")
    places = {row.get("id"): _place(row, tables) for row in _rows(tables, "locations.csv")}
    for service in _rows(tables, "services.csv"):
        full = dict(service)
        for table, name in _OF_A_SERVICE.items():
            if mine := _by(_rows(tables, table), "service_id").get(service.get("id")):
                full[name] = mine
        if organization := organizations.get(service.get("organization_id")):
            full["organization"] = organization[0]
        at = _by(_rows(tables, "service_at_location.csv"), "service_id").get(service.get("id"), [])
        if at:
            full["service_at_locations"] = [
                {
                    **row,
                    **(
                        {"location": places[row.get("location_id")]}
                        if row.get("location_id") in places
                        else {}
                    ),
                }
                for row in at
            ]
        yield full


def _place(location: Object, tables: Object) -> Object:
    addresses = _by(_rows(tables, "addresses.csv"), "location_id").get(location.get("id"))
    return {**location, **({"addresses": addresses} if addresses else {})}


def _rows(tables: Object, name: str) -> list[Object]:
    """What a row leaves empty it does not say."""
    rows = tables.get(name)
    if not isinstance(rows, list):
        return []
    return [
        {k: str(v) if k in _TEXTS else v for k, v in row.items() if v not in ("", None)}
        for row in rows
        if isinstance(row, Mapping)
    ]


def _by(rows: Iterable[Object], name: str) -> dict[Any, list[Object]]:
    found: dict[Any, list[Object]] = {}
    for row in rows:
        if isinstance(row.get(name), str):
            found.setdefault(row[name], []).append(row)
    return found
