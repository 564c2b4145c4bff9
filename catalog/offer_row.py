"""An offer as a catalogue file says it: `offers_of` makes the same offer of it; it writes no file."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from catalog.offer import Offer


def row_of(offer: Offer) -> dict[str, Any]:
    """Names and plain values of all that is said about the offer; what is as it is by default is left out."""
    return _row(offer)


def _row(value: Any) -> dict[str, Any]:
    said = {field.name: getattr(value, field.name) for field in fields(value)}
    return {
        field.name: _plain(said[field.name])
        for field in fields(value)
        if said[field.name] is not None and said[field.name] != _default(field)
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _row(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return getattr(value, "value", value)


def _default(field: "Field[Any]") -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default
