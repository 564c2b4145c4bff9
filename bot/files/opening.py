"""Opens files that somebody else has written, within limits; it does not look into them."""

from pathlib import Path

from catalog.needs import CatalogError, Problem

WHOLE = "whole file"
MEGABYTE = 1_000_000


def bytes_of(path: Path, most: int) -> bytes:
    """All of an ordinary file. Raises CatalogError if it is none, or larger than `most` bytes."""
    try:
        if path.is_dir():
            raise refused(path.name, "is a folder. Name the file itself.")
        if path.exists() and not path.is_file():  # a pipe would keep us waiting for ever
            raise refused(path.name, "is no ordinary file. Copy it to one.")
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except FileNotFoundError:
        raise refused(path.name, "is not there. Check the path.") from None
    except OSError as error:
        text = f"cannot be read ({type(error).__name__}). Check the path and who may read it."
        raise refused(path.name, text) from None
    check_size(path.name, raw, most)
    return raw


def check_size(file: str, raw: bytes, most: int) -> None:
    """Raises CatalogError if that is more than `most` bytes, or nothing."""
    if len(raw) > most:
        raise refused(file, f"is larger than {most // MEGABYTE} MB. Keep only the offers, or split it.")
    if not raw:
        raise refused(file, "is empty. `kurze-wege export --template` gives one to fill in.")


def refused(file: str, *texts: str) -> CatalogError:
    """The error that a whole file cannot be used."""
    return CatalogError(Problem(file=file, entry=WHOLE, text=text) for text in texts)
