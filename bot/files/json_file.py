"""Reads JSON that somebody else has written, within limits; it does not know what it means."""

import json
from pathlib import Path
from typing import Any

from bot.files.opening import MEGABYTE, bytes_of, refused

LARGEST = 16 * MEGABYTE


def read_json(path: Path) -> Any:
    """What an ordinary file says. Raises CatalogError."""
    return parsed(path.name, bytes_of(path, LARGEST))


def parsed(file: str, raw: bytes) -> Any:
    """Raises CatalogError if this is no JSON in UTF-8, or nested too deep."""
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise refused(file, "is not written in UTF-8. Save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise refused(file, f"is no JSON: {error.msg} in line {error.lineno}.") from None
    except ValueError:  # a number without end, NaN
        raise refused(file, "has a number that is none. Mend it at its source.") from None
    except RecursionError:
        raise refused(file, "is nested too deep. Export it anew at its source.") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
