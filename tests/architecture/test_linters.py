"""The linters' settings do bite: a sample that breaks a house rule is refused."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

SETTINGS = ROOT / "pyproject.toml"
BRANCHES = "\n".join(f"    if number == {branch}:\n        number += 1" for branch in range(8))
BAD = {
    "C901": f'"""A module."""\n\n\ndef tangled(number: int) -> int:\n{BRANCHES}\n    return number\n',
    "BLE001": '"""A module."""\n\ntry:\n    import numpy\nexcept Exception:\n    numpy = None\n',
    "D100": "number = 1\n",
    "DTZ005": '"""A module."""\n\nimport datetime\n\nnow = datetime.datetime.now()\n',
    "E501": f'"""A module."""\n\ntext = "{"x" * 110}"\n',
}


@pytest.mark.parametrize("code", BAD)
def test_ruff_refuses_the_sample(code: str, tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text(BAD[code], encoding="utf-8")
    ruff = str(Path(sys.executable).with_name("ruff"))
    command = [ruff, "check", "--config", str(SETTINGS), "--no-cache", str(sample)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert code in run.stdout


def test_mypy_refuses_an_untyped_function(tmp_path: Path) -> None:
    sample = tmp_path / "sample.py"
    sample.write_text("def untyped(value):\n    return value\n", encoding="utf-8")
    mypy = [sys.executable, "-m", "mypy", "--config-file", str(SETTINGS)]
    command = [*mypy, "--cache-dir", str(tmp_path / "cache"), str(sample)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "no-untyped-def" in run.stdout
