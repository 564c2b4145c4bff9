"""The way from a town's files into its catalogue, once it is running."""

import base64
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
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


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A town of its own, not fictional, so that its files are read once only."""
    shutil.copytree(MUNICIPALITIES, tmp_path / "towns")
    folder = tmp_path / "towns" / "erlenfels"
    file = folder / "municipality.toml"
    file.write_text(file.read_text("utf-8").replace("fictional = true", "fictional = false"), "utf-8")
    for each in (*folder.glob("*.*"), *(tmp_path / "towns" / "shared").glob("*.toml")):
        text = each.read_text("utf-8")
        for invented, real in MADE_REAL.items():
            text = text.replace(invented, real)
        each.write_text(text, "utf-8")
    monkeypatch.setenv("KURZE_WEGE_TOWN_KEY", KEY)
    monkeypatch.setenv("KURZE_WEGE_TOWNS", str(folder))
    monkeypatch.setenv("KURZE_WEGE_DATA_DIR", str(tmp_path / "data"))
    return folder


def told(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_a_changed_file_reaches_the_catalogue_once(town: Path) -> None:
    """The dry run tells it and changes nothing; the import does it; a second import finds nothing to do."""
    told("import")
    offers = town / "offers.toml"
    changed = offers.read_text("utf-8").replace("+49 69 90010101", "+49 69 90010999")
    offers.write_text(changed, "utf-8")
    assert "1 entries would change: buergerbuero-erlenfels" in told("import", "--dry-run")
    assert "1 entries changed: buergerbuero-erlenfels" in told("import")
    assert "0 entries changed" in told("import")


def test_an_entry_that_is_gone_from_the_file_is_withdrawn(town: Path) -> None:
    """It is named as changed, and the count of the rest stays."""
    told("import")
    offers = town / "offers.toml"
    head, *entries = offers.read_text("utf-8").split("[[offer]]")
    gone = [entry for entry in entries if 'id = "fahrradwerkstatt"' not in entry]
    offers.write_text("[[offer]]".join([head, *gone]), "utf-8")
    assert "1 entries changed: fahrradwerkstatt" in told("import")
