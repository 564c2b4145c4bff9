"""The one form in which anything enters the record: a code; what people wrote does not look like one."""

import re
from collections.abc import Iterable

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")


def must_be_codes(values: Iterable[str]) -> None:
    """Raises ValueError, without repeating the value, if one of them could be a name or a sentence."""
    if not all(_CODE.fullmatch(value) for value in values):
        raise ValueError("Only codes may enter the record: letters, digits and _ . : - without spaces.")
