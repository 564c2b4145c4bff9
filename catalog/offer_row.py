"""An offer as a catalogue file says it: `offers_of` makes the same offer of it; it writes no file."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from catalog.offer import Offer


def row_of(offer: Offer, *, whole: bool = False) -> dict[str, Any]:
    """Names and plain values of all that is said about the offer.

    What is as it is by default is left out, unless the `whole` is asked for, as for people who read it.
    """
    return _row(offer, whole)


def _row(value: Any, whole: bool) -> dict[str, Any]:
    said = {field: getattr(value, field.name) for field in fields(value)}
    kept = {field: inner for field, inner in said.items() if inner is not None and inner != {}}
    return {
        field.name: _plain(inner, whole) for field, inner in kept.items() if whole or inner != _default(field)
    }


def _plain(value: Any, whole: bool) -> Any:
    if is_dataclass(value):
        return _row(value, whole)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_plain(each, whole) for each in value]
    return getattr(value, "value", value)


def _default(field: "Field[Any]") -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default
