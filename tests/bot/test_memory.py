"""What keeps the process small: models built when they are used, and a collector that has little to do."""

import gc
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict
from pydantic.errors import PydanticUndefinedAnnotation

from bot.memory import models_built_when_used, settle_memory
from tests.architecture.tree import ROOT


def aiogram_in_a_process(how: str) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-m", "tests.bot.uses_aiogram", how],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(run.stdout)
    return told


@pytest.fixture(scope="module")
def aiogram() -> dict[str, dict[str, Any]]:
    """What came of using the library as it is, and with its models built when used."""
    ways = ("as-it-is", "when-used")
    with ThreadPoolExecutor(2) as threads:
        return dict(zip(ways, threads.map(aiogram_in_a_process, ways), strict=True))


def test_aiogram_reads_and_writes_the_same_when_built_later(aiogram: dict[str, dict[str, Any]]) -> None:
    """Every field of every type and method too, and each can still be built."""
    as_it_is, later = aiogram["as-it-is"], aiogram["when-used"]
    assert later["told"] == as_it_is["told"]
    assert later["fields"] == as_it_is["fields"]
    assert len(later["fields"]) > 500
    assert later["unbuilt"] == as_it_is["unbuilt"] == []


def test_aiogram_takes_70_mb_less_when_built_later(aiogram: dict[str, dict[str, Any]]) -> None:
    """Measured: 46 MB in place of 146. If this fails, see whether aiogram still builds all types itself."""
    assert aiogram["as-it-is"]["complete"] > 300
    assert aiogram["when-used"]["complete"] == 0
    assert aiogram["when-used"]["grown"] < aiogram["as-it-is"]["grown"] - 70


class Deferred(BaseModel):
    model_config = ConfigDict(defer_build=True)


def test_a_model_put_off_is_built_at_its_first_use() -> None:
    class Case(Deferred):
        letters: "list[Elsewhere]" = []  # type: ignore[name-defined] # noqa: F821 - known when it is rebuilt

    class Letter(Deferred):
        text: str

    class Note(BaseModel):
        text: str

    names = {"Elsewhere": Letter}
    with models_built_when_used():
        assert Case.model_rebuild(_types_namespace=names) is None
        assert Note.model_rebuild(force=True, _types_namespace=names) is True
    assert not Case.__pydantic_complete__
    assert Case.model_validate({"letters": [{"text": "ja"}]}).letters[0].text == "ja"
    assert Case.__pydantic_complete__


def test_a_model_may_be_used_while_the_library_is_still_being_imported() -> None:
    """As by a constant of the module that imports it."""

    class Case(Deferred):
        letters: "list[Elsewhere]" = []  # type: ignore[name-defined] # noqa: F821 - known when it is rebuilt

    class Letter(Deferred):
        text: str

    with models_built_when_used():
        for model in (Case, Letter):
            model.model_rebuild(_types_namespace={"Elsewhere": Letter})
        assert Case.model_validate({"letters": [{"text": "ja"}]}).letters[0].text == "ja"
    assert Letter(text="ja").text == "ja"


def test_a_name_that_is_missing_is_told_as_ever() -> None:
    """A library that cannot be used must not be found out about by the first newcomer."""

    class Case(Deferred):
        letters: "list[Nowhere]" = []  # type: ignore[name-defined] # noqa: F821 - the name that is missing

    with pytest.raises(PydanticUndefinedAnnotation, match="Nowhere"), models_built_when_used():
        Case.model_rebuild(_types_namespace={})


def test_afterwards_models_are_rebuilt_as_before() -> None:
    before = vars(BaseModel)["model_rebuild"]
    with pytest.raises(KeyError), models_built_when_used():
        raise KeyError
    assert vars(BaseModel)["model_rebuild"] is before


def test_the_collector_need_not_walk_through_what_stays() -> None:
    """Otherwise every full collection stops all turns for 75 ms."""
    try:
        settle_memory()
        assert gc.get_freeze_count() > len(gc.get_objects())
    finally:
        gc.unfreeze()
