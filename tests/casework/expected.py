"""Files that tests compare with; KURZE_WEGE_REWRITE=1 writes them anew, and the diff is what is reviewed."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
REWRITE = "KURZE_WEGE_REWRITE"


def same_as_file(path: Path, text: str) -> bool:
    if os.environ.get(REWRITE):
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8") == text


def same_as_part(path: Path, name: str, text: str) -> bool:
    """Whether the page's part between its two `name` marks is `text`."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(f"<!-- {name}: begin -->\n")
    part, end, after = rest.partition(f"<!-- {name}: end -->")
    assert begin, f"{path.name} has no part called {name}"
    assert end, f"{path.name} does not end its part called {name}"
    if os.environ.get(REWRITE):
        path.write_text(f"{before}{begin}{text}{end}{after}", encoding="utf-8")
        return True
    return part == text
