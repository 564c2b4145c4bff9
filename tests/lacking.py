"""What a test needs from the machine: lacking it is a visible skip, and with CI=true a failure."""

import os
from typing import TypeVar

import pytest

T = TypeVar("T")


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() == "true"


def require(found: T | None, what: str, remedy: str) -> T:
    """Return what was found; skip the test with the remedy when it is None or empty."""
    if not found:
        pytest.skip(f"this machine lacks {what}: {remedy}")
    return found
