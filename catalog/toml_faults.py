"""Why a file is no TOML, told to whoever wrote it: what is wrong, in which line, beneath which heading."""

import re
from tomllib import TOMLDecodeError

_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_HEADING = re.compile(r"\s*(\[\[?[^\[\]=]+\]\]?)\s*(?:#.*)?")


def told(error: TOMLDecodeError, text: str) -> str:
    """One sentence with the remedy. What is never closed shows only at the end: then the place is a guess."""
    found = _LINE.search(str(error))
    lines = text.splitlines()
    line = int(found[1]) if found else len(lines)
    before = lines[: line - 1] if found else lines  # a heading where the fault shows is seldom to blame
    above = [(n, match[1]) for n, each in enumerate(before, 1) if (match := _HEADING.fullmatch(each))]
    place = f", beneath {above[-1][1]} in line {above[-1][0]}" if above else ""
    reason = str(error).removesuffix(" (at end of document)")
    if found is None:
        where = f"something is not closed before the end of the file (line {line}){place}"
        return f"this is not readable as TOML: {reason}; {where}. Look there for a missing ] or quote."
    return f"this is not readable as TOML: {reason}{place}. Mend this line or the one before it."
