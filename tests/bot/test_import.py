"""The way from a town's files into its catalogue, once it is running."""

from pathlib import Path

import pytest

from tests.bot.real_town import make_town, told


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A town of its own, not fictional, so that its files are read once only."""
    return make_town(tmp_path, monkeypatch)


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
