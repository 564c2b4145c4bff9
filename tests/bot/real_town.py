"""A town of its own, not fictional, for the tests of what comes into a catalogue and goes out of it."""

import base64
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.commands.faults import told as faults
from bot.wiring import MUNICIPALITIES

MADE_REAL = {
    "example.org": "wege.test",
    "+49 69 90009": "+49 69 90010",
    "+49 176 040690": "+49 176 040680",
    "65999": "65998",
    "Diese Seite gehört zu einer Vorführung. ": "",
    "This page belongs to a demonstration. ": "",
}
"""What the check refuses in a town that is real, and what it lets pass."""

KEY = base64.b64encode(bytes(range(32))).decode()


def make_town(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the town's files; the settings name it and a data folder beside it."""
    shutil.copytree(MUNICIPALITIES, folder / "towns")
    town = folder / "towns" / "erlenfels"
    file = town / "municipality.toml"
    file.write_text(file.read_text("utf-8").replace("fictional = true", "fictional = false"), "utf-8")
    for each in (*town.glob("*.*"), *(folder / "towns" / "shared").glob("*.toml")):
        text = each.read_text("utf-8")
        for invented, real in MADE_REAL.items():
            text = text.replace(invented, real)
        each.write_text(text, "utf-8")
    monkeypatch.setenv("KURZE_WEGE_TOWN_KEY", KEY)
    monkeypatch.setenv("KURZE_WEGE_TOWNS", str(town))
    monkeypatch.setenv("KURZE_WEGE_DATA_DIR", str(folder / "data"))
    return town


def ran(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def told(*arguments: str | Path) -> str:
    """What a command prints that ends well."""
    result = ran(*arguments)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def fault(*arguments: str | Path) -> str:
    """What is told of a command that could not do its work."""
    result = ran(*arguments)
    assert isinstance(result.exception, faults()), result.output
    return str(result.exception)
