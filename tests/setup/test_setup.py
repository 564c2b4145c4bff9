"""`make setup` makes everything, or names in one sentence what is lacking and leaves nothing half-made."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.setup.machine import Machine, make_machine, put_tool


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return make_machine(tmp_path)


LACKING = {
    "a Python that is too old": (
        {"FAKE_TOO_OLD": "1", "FAKE_VERSION": "3.9.18"},
        "found Python 3.9.18; run: sudo apt install python3.11 python3.11-venv",
    ),
    "a chosen Python that is too old": (
        {"FAKE_TOO_OLD": "1", "PYTHON": "python3"},
        "PYTHON=python3 is not a Python from 3.11 to 3.14; run: make setup PYTHON=python3.11",
    ),
    "no module for virtual environments": (
        {"FAKE_VENV": "ensurepip is not available"},
        "(module venv or ensurepip is missing); run: sudo apt install python3.11 python3.11-venv",
    ),
    "no network": (
        {"FAKE_PIP": "WARNING: Retrying: NewConnectionError: Temporary failure in name resolution"},
        "the packages could not be downloaded; check the network, then run: make setup",
    ),
    "no room while the environment is made": (
        {"FAKE_VENV": "OSError: [Errno 28] No space left on device"},
        "the disk is full and .venv needs about 600 MB; look with: df -h",
    ),
    "no room while packages are installed": (
        {"FAKE_PIP": "ERROR: Could not install packages: [Errno 28] No space left on device"},
        "the disk is full and .venv needs about 600 MB; look with: df -h",
    ),
    "a package that was tampered with": (
        {"FAKE_PIP": "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."},
        "a downloaded package does not match requirements.lock, so nothing was installed",
    ),
}


@pytest.mark.parametrize("what", LACKING)
def test_what_is_lacking_is_named_in_one_sentence_and_nothing_stays(what: str, machine: Machine) -> None:
    fake, sentence = LACKING[what]
    run = machine.setup(**fake)
    assert run.returncode == 1
    assert sentence in run.stderr
    assert run.stderr.startswith("make setup: ")
    assert run.stderr.count("\n") == 1
    assert machine.left_behind() == []


def test_a_machine_without_any_python_is_told_so(machine: Machine) -> None:
    (machine.bin / "python3").unlink()
    (machine.bin / "apt-get").unlink()
    run = machine.setup()
    assert run.stderr.endswith("found no Python at all; run: uv python install 3.11\n")
    assert machine.left_behind() == []


def test_an_unknown_failure_of_pip_shows_its_last_lines(machine: Machine) -> None:
    run = machine.setup(FAKE_PIP="something nobody thought of")
    assert run.stderr.splitlines()[0] == "something nobody thought of"
    assert run.stderr.splitlines()[-1].endswith("to try again, run: make setup")
    assert machine.left_behind() == []


def test_an_earlier_environment_comes_back_when_the_new_one_fails(machine: Machine) -> None:
    kept = machine.project / ".venv" / "kept"
    kept.parent.mkdir()
    kept.write_text("by hand", encoding="utf-8")
    assert machine.setup(FAKE_PIP="Connection refused").returncode == 1
    assert kept.read_text(encoding="utf-8") == "by hand"
    assert machine.left_behind() == [".venv"]


def test_a_second_run_does_nothing_until_the_lock_changes(machine: Machine) -> None:
    assert machine.setup().stdout.endswith("Ready: .venv/bin/kurze-wege\n")
    assert machine.pip_runs() == 2
    assert machine.setup().stdout == ""
    assert machine.pip_runs() == 2
    (machine.project / "requirements.lock").write_text("# newer\n", encoding="utf-8")
    assert machine.setup().returncode == 0
    assert machine.pip_runs() == 4
    assert machine.left_behind() == [".venv"]


def test_the_newest_python_that_fits_is_taken(machine: Machine) -> None:
    put_tool(machine, "python3.13", (machine.bin / "python3").read_text(encoding="utf-8"))
    assert "with Python 3.13.1" in machine.setup(FAKE_VERSION="3.13.1").stdout


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_interruption_leaves_nothing(name: str, machine: Machine) -> None:
    with subprocess.Popen(
        [str(machine.project / "tools" / "setup.sh")],
        env=machine.environment(FAKE_SLOW="yes"), stdout=subprocess.DEVNULL, start_new_session=True,
    ) as process:  # fmt: skip
        wait_for_pip(machine)
        os.killpg(process.pid, signal.Signals[name])
        assert process.wait(timeout=10) == 128 + signal.Signals[name]
    assert machine.left_behind() == []


def wait_for_pip(machine: Machine) -> None:
    until = time.monotonic() + 10
    while machine.pip_runs() == 0:
        assert time.monotonic() < until
        time.sleep(0.02)
