"""Where the demo keeps its data and its throw-away key; never used by a real installation."""

import base64
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from platformdirs import user_data_path

from bot.settings import KEY_BYTES, Settings, SettingsError, read_settings, town_key

KEY_FILE = "throw-away.key"


def demo_folder(chosen: Path | None = None) -> Path:
    """Where the demo's data lie, unless chosen otherwise."""
    return chosen or user_data_path("kurze-wege-demo")


def demo_settings(folder: Path | None = None) -> tuple[Settings, bytes, Path]:
    """Settings, key and folder of the demo; the key is made the first time and lies beside the data.

    A key set in the environment is used instead, then none is written.

    Raises:
        SettingsError: the folder cannot be used, or the key is none.
    """
    place = demo_folder(folder)
    settings = read_settings().model_copy(update={"data_dir": place / "data"})
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if settings.town_key is None:
            own = {"town_key": _throw_away_key(place / KEY_FILE), "database_url": None}
            settings = settings.model_copy(update=own)  # never bind a real database to a throw-away key
    except OSError as error:
        raise SettingsError(
            [f"the demo's folder {place} cannot be used ({error.strerror}). Choose another with --data-dir."]
        ) from None
    return settings, town_key(settings), place


def _throw_away_key(path: Path) -> str:
    if not path.exists():
        # Whole or not at all, even if two demos start at once or one is killed here: half a key, or a second
        # one, would lock everyone out of the data.
        with tempfile.NamedTemporaryFile(dir=path.parent) as file, suppress(FileExistsError):
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)))
            file.flush()
            os.fsync(file.fileno())
            os.link(file.name, path)
    return path.read_text("ascii", errors="replace")
