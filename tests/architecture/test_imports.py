"""Who imports whom: no cycles, few libraries below bot, and pyproject's contracts do bite."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from tests.architecture import graph
from tests.architecture.tree import PACKAGES, ROOT

LIBRARIES = {
    "casework": set[str](),
    "catalog": {"numpy", "opening_hours", "rapidfuzz"},
    "dialogs": {"babel", "rapidfuzz"},
    "storage": {"alembic", "cryptography", "psycopg", "pydantic", "sqlalchemy"},
}
SHARED_MODULES = ("catalog.needs", "catalog.normalise")


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return graph.build(*PACKAGES)


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(str(tmp_path))
    package = tmp_path / "sample"
    (package / "channels").mkdir(parents=True)
    for path in (package / "__init__.py", package / "channels" / "__init__.py"):
        path.touch()
    yield package
    sys.modules.pop("sample", None)


def test_there_is_no_cycle(imports: grimp.ImportGraph) -> None:
    assert " -> ".join(graph.cycle(imports)) == ""


def test_a_cycle_is_noticed(sample: Path) -> None:
    (sample / "hen.py").write_text("import sample.egg\n", encoding="utf-8")
    (sample / "egg.py").write_text("from sample import hen\n", encoding="utf-8")
    assert {"sample.hen", "sample.egg"} <= set(graph.cycle(graph.build("sample")))


@pytest.mark.parametrize("package", LIBRARIES)
def test_a_package_below_bot_uses_only_its_few_libraries(package: str, imports: grimp.ImportGraph) -> None:
    used = graph.outside_imports(imports, package)
    assert {library: used[library] for library in used.keys() - LIBRARIES[package] - set(PACKAGES)} == {}


def test_a_library_too_many_is_noticed(sample: Path) -> None:
    (sample / "thought.py").write_text("import json\nimport requests.sessions\n", encoding="utf-8")
    assert graph.outside_imports(graph.build("sample"), "sample") == {"requests": {"sample.thought"}}


@pytest.mark.parametrize("module", SHARED_MODULES)
def test_what_everybody_may_import_imports_nothing_of_ours(module: str, imports: grimp.ImportGraph) -> None:
    ours = {name for package in PACKAGES for name in graph.imports_among(imports, module, package)}
    assert ours <= set(SHARED_MODULES)


def test_channels_do_not_know_each_other(imports: grimp.ImportGraph) -> None:
    assert graph.channels_that_know_each_other(imports) == []


def test_a_channel_that_knows_another_is_noticed(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph, "CHANNELS", "sample.channels.")
    (sample / "channels" / "mail.py").write_text("import sample.channels.web.pages\n", encoding="utf-8")
    (sample / "channels" / "web").mkdir()
    (sample / "channels" / "web" / "__init__.py").write_text("", encoding="utf-8")
    (sample / "channels" / "web" / "pages.py").write_text("import sample.channels.web\n", encoding="utf-8")
    complaints = graph.channels_that_know_each_other(graph.build("sample"))
    assert complaints == ["sample.channels.mail imports sample.channels.web.pages"]


BREACHES = {
    "dialogs/bad.py": "import catalog.offers\nimport random\n",
    "casework/bad.py": "import catalog.needs\nimport storage\n",
    "storage/bad.py": "import httpx\n",
    "bot/bad.py": "import aiogram.types, aiosmtplib, apscheduler, sqlalchemy, starlette, telegram\n",
}


def test_every_contract_notices_its_breach(tmp_path: Path) -> None:
    for package in PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    for name in ("needs", "offers"):
        (tmp_path / "catalog" / f"{name}.py").touch()
    for path, text in BREACHES.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    settings = ROOT / "pyproject.toml"
    contracts = tomllib.loads(settings.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--config", settings, "--no-cache"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1, run.stdout + run.stderr
    assert f"Contracts: 0 kept, {len(contracts)} broken." in run.stdout
