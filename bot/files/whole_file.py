"""Writes a file whole or not at all."""

import os
from pathlib import Path

from catalog.needs import CatalogError, Problem


def write_whole(path: Path, content: bytes) -> None:
    """Replaces what is there only once all is written. Raises CatalogError if it cannot be."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        text = f"cannot be written ({type(error).__name__}). Check the folder, and close the file elsewhere."
        raise CatalogError([Problem(file=path.name, entry="whole file", text=text)]) from None
