"""Starting stays light: what is heavy and rarely needed is not imported by the command line."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from storage import Database
from tests.architecture.tree import ROOT

HEAVY = {
    "aiogram",
    "aiosmtplib",
    "alembic",
    "docx",
    "docxtpl",
    "holidays",
    "jsonschema",
    "matplotlib",
    "openpyxl",
    "playwright",
    "sqlalchemy.dialects.postgresql",
    "telegram",
    "typst",
    "xlsxwriter",
}
IMPORTED = re.compile(r"^import time:\s+\d+ \|\s+\d+ \|\s*([\w.]+)", re.MULTILINE)


def imported_by(*arguments: str, folder: Path = ROOT) -> set[str]:
    """Return the modules that a fresh interpreter loads."""
    command = [sys.executable, "-X", "importtime", *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr[-2000:]
    return set(IMPORTED.findall(run.stderr))


@pytest.mark.parametrize(
    "arguments",
    [("-c", "import bot.__main__"), ("-m", "bot", "--help"), ("-m", "bot", "match", "Wohnung")],
    ids=["the module alone", "kurze-wege --help", "kurze-wege match"],
)
def test_the_command_line_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    loaded = imported_by(*arguments)
    assert "typer" in loaded
    assert loaded & HEAVY == set()
    assert ("numpy" in loaded) == ("match" in arguments)  # only who understands messages needs it


SERVING = """
import sys, pathlib
import bot.serving, bot.wiring
from storage import Database
Database.open(None, pathlib.Path(sys.argv[1])).close()
"""


def test_a_start_without_a_step_to_take_loads_nothing_heavy(tmp_path: Path) -> None:
    """Each of these would take 5 to 15 MB of every installation, for nothing or for a minute a year."""
    Database.open(None, tmp_path).close()
    loaded = imported_by("-c", SERVING, str(tmp_path))
    assert {"sqlalchemy", "starlette"} <= loaded
    assert loaded & HEAVY == set()


def test_a_new_database_is_one_with_steps_to_take(tmp_path: Path) -> None:
    assert "alembic" in imported_by("-c", SERVING, str(tmp_path))


def test_something_heavy_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "matplotlib").mkdir()
    (tmp_path / "matplotlib" / "__init__.py").touch()
    assert imported_by("-c", "import matplotlib", folder=tmp_path) & HEAVY == {"matplotlib"}
