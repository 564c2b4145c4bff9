"""Where the demo keeps its data and its throw-away key; never used by a real installation."""

import base64
import os
import secrets
from pathlib import Path

from platformdirs import user_data_path

from bot.settings import Settings, read_settings


def demo_settings(folder: Path | None = None) -> tuple[Settings, bytes, Path]:
    """Settings, key and folder of the demo; the key is made the first time and lies beside the data.

    A key set in the environment is used instead, then none is written.
    """
    place = folder or user_data_path("kurze-wege-demo")
    settings = read_settings().model_copy(update={"data_dir": place / "data"})
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.town_key is not None:
        return settings, base64.b64decode(settings.town_key), place
    key_file = place / "throw-away.key"
    if not key_file.exists():
        _write_once(key_file, base64.b64encode(secrets.token_bytes(32)))
    return settings, base64.b64decode(key_file.read_bytes()), place


def _write_once(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
