"""Checks objects against the published schemas of Open Referral HSDS 3; it does not change them."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from catalog.needs import Problem

SCHEMAS = Path(__file__).with_name("hsds_schemas")
TOLD_AT_MOST = 20  # of one object; more of the same kind help nobody
_FORMATS = ("date", "email", "uuid")


def problems_of(service: Any, file: str, entry: str) -> Iterator[Problem]:
    """What the schema of a service says against it."""
    errors = sorted(_validator("service").iter_errors(service), key=lambda error: list(map(str, error.path)))
    for error in errors[:TOLD_AT_MOST]:
        where = ".".join(map(str, error.absolute_path))
        text = f"HSDS 3.0 does not allow this: {error.message[:200]}. Mend it at its source."
        yield Problem(file=file, entry=entry, field=where, text=text)


@lru_cache(maxsize=2)
def _validator(name: str) -> Any:
    # all three take half a second together, and only this format needs them
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415
    from referencing import Registry  # noqa: PLC0415
    from referencing.jsonschema import DRAFT202012  # noqa: PLC0415

    schemas = {path.name: _schema(path) for path in SCHEMAS.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        (file, DRAFT202012.create_resource(schema)) for file, schema in schemas.items()
    )
    return Draft202012Validator(
        schemas[f"{name}.json"], registry=registry, format_checker=FormatChecker(_FORMATS)
    )


def _schema(path: Path) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    return schema
