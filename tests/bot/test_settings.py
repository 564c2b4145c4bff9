"""Settings from the environment: every problem at once, named with its variable, and no secret told."""

import base64
from pathlib import Path

import pytest

from bot.commands.faults import told
from bot.settings import PREFIX, Settings, SettingsError, listed, read_settings, together, town_key
from bot.wiring import read_towns

KEY = bytes(range(32))
GOOD = base64.b64encode(KEY).decode()
SECRET = "hunter2-hunter2-hunter2"


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment that sets nothing but a data folder of the test's own."""
    import os

    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KURZE_WEGE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def test_nothing_needs_to_be_set_to_read_the_settings(empty: Path) -> None:
    settings = read_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.data_dir == empty / "data"


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("KURZE_WEGE_PORT", port)
    with pytest.raises(SettingsError, match=r"KURZE_WEGE_PORT: .* Correct it or leave it out") as caught:
        read_settings()
    assert port not in str(caught.value).replace("65535", "")


def test_a_missing_key_and_a_missing_town_are_told_together() -> None:
    settings = read_settings()
    with pytest.raises(SettingsError) as caught:
        together(lambda: town_key(settings), lambda: read_towns(settings))
    assert [problem.split()[0] for problem in caught.value.problems] == [
        "KURZE_WEGE_TOWN_KEY",
        "KURZE_WEGE_TOWNS",
    ]
    assert str(caught.value).startswith("settings: 2 problems\n  KURZE_WEGE_TOWN_KEY is missing")


def test_what_is_fine_comes_back_together() -> None:
    assert together(lambda: 1, lambda: "two") == (1, "two")


def test_a_town_that_has_no_files_is_named() -> None:
    with pytest.raises(SettingsError, match="atlantis"):
        read_towns(Settings(towns="erlenfels, atlantis"))


@pytest.mark.parametrize(
    "key",
    ["", "   ", SECRET, GOOD[:-5], base64.b64encode(KEY[:31]).decode(), "schlüssel", GOOD + GOOD],
    ids=["empty", "blank", "a password", "cut", "31 bytes", "no ASCII", "two keys"],
)
def test_a_key_that_is_none_is_refused_without_being_told(key: str) -> None:
    with pytest.raises(SettingsError, match="KURZE_WEGE_TOWN_KEY is not a key") as caught:
        town_key(Settings(town_key=key))
    assert not key.strip() or key not in str(caught.value)


def test_a_key_may_end_with_a_line_break(empty: Path) -> None:
    file = empty / "town.key"
    file.write_text(f"{GOOD}\n")
    assert town_key(Settings(town_key_file=file)) == town_key(Settings(town_key=GOOD)) == KEY


@pytest.mark.parametrize("inside", ["town.key", "deeper/../town.key"])
def test_a_key_in_the_data_folder_is_refused(empty: Path, inside: str) -> None:
    data = empty / "data"
    (data / "deeper").mkdir(parents=True)
    (data / "town.key").write_text(GOOD)
    with pytest.raises(SettingsError, match="lies in the data folder"):
        town_key(Settings(data_dir=data, town_key_file=data / inside))
    link = empty / "linked.key"
    link.symlink_to(data / "town.key")
    with pytest.raises(SettingsError, match="lies in the data folder"):
        town_key(Settings(data_dir=data, town_key_file=link))


def test_a_key_file_that_cannot_be_read_is_told_by_kind(empty: Path) -> None:
    with pytest.raises(SettingsError, match="KURZE_WEGE_TOWN_KEY_FILE cannot be read"):
        town_key(Settings(town_key_file=empty / "nowhere.key"))
    odd = empty / "odd.key"
    odd.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="UnicodeDecodeError"):
        town_key(Settings(town_key_file=odd))


@pytest.mark.parametrize("content", ["", SECRET], ids=["empty", "a password"])
def test_a_file_without_a_key_is_named_with_its_path(empty: Path, content: str) -> None:
    """The variable that was set is the one to mend."""
    file = empty / "town.key"
    file.write_text(content)
    with pytest.raises(SettingsError) as caught:
        town_key(Settings(town_key_file=file))
    assert caught.value.problems == (
        f"KURZE_WEGE_TOWN_KEY_FILE ({file}) is not a key. Make one with `kurze-wege key new`.",
    )


def test_settings_do_not_show_their_key_or_password() -> None:
    shown = repr(Settings(town_key=SECRET, database_url=f"postgresql://town:{SECRET}@db/town"))
    assert SECRET not in shown


def test_lists_are_read_with_and_without_spaces() -> None:
    assert listed(" ar, uk ,,fa") == ("ar", "uk", "fa")
    assert Settings(offer_unreviewed="ar,uk").unreviewed_languages == ("ar", "uk")


def test_every_fault_that_someone_can_mend_is_told() -> None:
    assert {kind.__name__ for kind in told()} >= {
        "SettingsError",
        "CatalogError",
        "QuestionnaireError",
        "WordingError",
        "StorageError",
    }
