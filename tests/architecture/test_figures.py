"""The printed figures are counted rightly."""

from pathlib import Path

from tests.architecture.figures import figures
from tests.architecture.tree import PACKAGES


def test_the_figures_of_a_small_tree(tmp_path: Path) -> None:
    for folder in (*PACKAGES, "tests"):
        (tmp_path / folder).mkdir()
    (tmp_path / "bot" / "one.py").write_text("def one() -> int:\n    return 1\n", encoding="utf-8")
    (tmp_path / "bot" / "two.py").write_text("\n\nasync def two() -> None:\n    ...\n", encoding="utf-8")
    (tmp_path / "tests" / "test_one.py").write_text("pass\n" * 3, encoding="utf-8")
    assert [line.split(" (")[0] for line in figures(tmp_path)] == [
        "median file: 3 lines",
        "nine in ten files: at most 4 lines",
        "median function: 2 lines",
        "test lines to source lines: 0.50",
    ]
