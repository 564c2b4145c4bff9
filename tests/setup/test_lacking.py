"""What a machine lacks makes a test skip with its reason; with CI=true that is a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

SKIPS = {
    "for lack of chromium": "def test_it(chromium_path): ...\n",
    "for lack of PostgreSQL": "def test_it(postgres_url): ...\n",
    "for lack of node": "from tests.telegram.node import find_node\ndef test_it(): find_node()\n",
    "as a whole file": "import pytest\npytest.skip('nothing here', allow_module_level=True)\n",
}
FAILS_AS_EXPECTED = "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n"


def run_alone(test: str, folder: Path, ci: str) -> tuple[int, str]:
    """Run one test in a process of its own that finds neither chromium nor node nor PostgreSQL."""
    (folder / "test_sample.py").write_text(test, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-ra", "-p", "tests.conftest", "-c", os.devnull]
    environment = {"PATH": str(folder), "PYTHONPATH": str(ROOT), "CI": ci}
    run = subprocess.run(
        [*command, "--rootdir", str(folder), str(folder)],
        env=environment, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return run.returncode, run.stdout


@pytest.mark.parametrize("what", SKIPS)
def test_a_test_skips_and_says_why(what: str, tmp_path: Path) -> None:
    code, said = run_alone(SKIPS[what], tmp_path, ci="")
    assert code in {0, 5}
    assert "1 skipped" in said
    assert "this machine lacks" in said or "nothing here" in said


@pytest.mark.parametrize("what", SKIPS)
def test_the_same_skip_fails_in_ci(what: str, tmp_path: Path) -> None:
    code, said = run_alone(SKIPS[what], tmp_path, ci="true")
    assert code != 0
    assert "nothing may be skipped with CI=true" in said


def test_what_is_expected_to_fail_is_no_skip(tmp_path: Path) -> None:
    assert run_alone(FAILS_AS_EXPECTED, tmp_path, ci="true")[0] == 0
