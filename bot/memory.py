"""Keeps the process small and its pauses short; it imports none of the libraries that need it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic.errors import PydanticUndefinedAnnotation

REBUILD = "model_rebuild"
SCHEMA = "__get_pydantic_core_schema__"
NAMES = "_types_namespace"

_ONE_AT_A_TIME = Lock()
"""A second thread that imports the same waits until the first has put everything back."""


class _NotYet(PydanticUndefinedAnnotation):
    """Ends the building of a model after its names are resolved."""


def settle_memory() -> None:
    """To be called once when all that stays is loaded: the collector then no longer walks through it.

    Without it each full collection stops the process for 75 ms, and longer with the messengers' libraries.
    """
    gc.collect()
    gc.freeze()


@contextmanager
def models_built_when_used() -> Iterator[None]:
    """Within it a library is imported whose pydantic models are to be built at their first use.

    aiogram declares all its types `defer_build` and then has them all built at the end of its import, each
    with a copy of most others: 100 MB and more than a second. Here that call is put off. Afterwards only the
    names in the annotations are resolved; a model is built by pydantic itself when it is first used, like
    every deferred one. Whatever is not declared or not called like this is built at once as ever.
    """
    with _ONE_AT_A_TIME:
        yield from _put_off()


def _put_off() -> Iterator[None]:
    original = vars(BaseModel)[REBUILD]
    put_off: dict[type[BaseModel], dict[str, Any]] = {}

    def rebuild(model: type[BaseModel], /, **options: Any) -> bool | None:
        if model.model_config.get("defer_build") and options.keys() == {NAMES} and SCHEMA not in vars(model):
            put_off[model] = options
            return None
        # pydantic asks for one that is used already; it then needs the names that the library gave for it
        built: bool | None = original.__get__(None, model)(**options | put_off.get(model, {}))
        return built

    setattr(BaseModel, REBUILD, classmethod(rebuild))
    try:
        yield
    finally:
        setattr(BaseModel, REBUILD, original)
        for model, options in put_off.items():
            _resolve_names(model, options)


def _resolve_names(model: type[BaseModel], options: dict[str, Any]) -> None:
    """The library's own call, ended before its costly part; a name that is missing raises as ever."""
    setattr(model, SCHEMA, classmethod(_not_yet))
    try:
        with suppress(_NotYet):
            model.model_rebuild(**options)
    finally:
        delattr(model, SCHEMA)


def _not_yet(model: type[BaseModel], _: Any, __: GetCoreSchemaHandler) -> Any:
    raise _NotYet(model.__name__, "is built when it is first used")
