"""Dataclasses to sealed bytes and back; what a row shows in the open is each repository's decision."""

from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter

from storage.keys import Seal

T = TypeVar("T")


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Built at first use: building all at import would cost every start-up."""
    return TypeAdapter(kind)


class Sealed(Generic[T]):
    """One kind of sealed value: its type and the purpose it is bound to."""

    __slots__ = ("_kind", "_purpose")

    def __init__(self, kind: type[T], purpose: str) -> None:
        self._kind: Any = kind
        self._purpose = purpose

    def close(self, seal: Seal, row: str, value: T) -> bytes:
        return seal.close(self._purpose, row, adapter(self._kind).dump_json(value))

    def open(self, seal: Seal, row: str, sealed: bytes) -> T:
        value: T = adapter(self._kind).validate_json(seal.open(self._purpose, row, sealed))
        return value
