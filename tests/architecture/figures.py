"""Figures that are aimed at and printed, not enforced: lengths of files and functions, share of tests."""

from pathlib import Path
from statistics import median, quantiles

from tests.architecture.tree import PACKAGES, functions, line_count, python_files


def figures(root: Path) -> list[str]:
    """Return one line for each figure, its aim beside it."""
    sources = python_files(root, *PACKAGES)
    files = [line_count(path) for path in sources if path.name != "__init__.py"]
    lengths = [function.lines for path in sources for function in functions(path, root)]
    source_lines = sum(map(line_count, sources))
    test_lines = sum(map(line_count, python_files(root, "tests")))
    return [
        f"median file: {_median(files)} lines (aim: at most 80)",
        f"nine in ten files: at most {_nine_in_ten(files)} lines (aim: at most 200)",
        f"median function: {_median(lengths)} lines (aim: about 6)",
        f"test lines to source lines: {test_lines / max(source_lines, 1):.2f} (aim: 1.0)",
    ]


def _median(lengths: list[int]) -> int:
    return round(median(lengths)) if lengths else 0


def _nine_in_ten(lengths: list[int]) -> int:
    return round(quantiles(lengths, n=10, method="inclusive")[-1]) if len(lengths) > 1 else sum(lengths)
