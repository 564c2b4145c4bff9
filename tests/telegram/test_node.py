"""The server's packages are installed once, and the server does not outlive whoever started it."""

import json
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.telegram.bot_api import BotApi
from tests.telegram.control import eventually
from tests.telegram.node import SERVER, install

NPM = """#!/bin/sh
echo "$*" >>npm-runs
sleep 0.3
rm -rf node_modules
mkdir node_modules
exit $(cat npm-fails 2>/dev/null || echo 0)
"""
STARTS_AND_WAITS = """
from tests.telegram.node import Node
node = Node()
print(node.port, flush=True)
input()
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with a lock file and a slow npm."""
    (tmp_path / "package-lock.json").write_text("{}", "utf-8")
    npm = tmp_path / "npm"
    npm.write_text(NPM, "utf-8")
    npm.chmod(0o755)
    return tmp_path


def runs(checkout: Path) -> int:
    return len((checkout / "npm-runs").read_text("utf-8").splitlines())


def test_two_test_runs_at_once_install_once(checkout: Path) -> None:
    """The second waits for the first and finds everything there."""
    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(lambda _: install(str(checkout / "npm"), checkout), range(2)))
    assert (done, runs(checkout)) == ([True, True], 1)


def test_another_lock_file_is_installed_anew(checkout: Path) -> None:
    """And the same one is not."""
    for lock in ("{}", "{}", '{"newer": true}'):
        (checkout / "package-lock.json").write_text(lock, "utf-8")
        assert install(str(checkout / "npm"), checkout)
    assert runs(checkout) == 2


def test_a_failed_installation_is_not_taken_for_one(checkout: Path) -> None:
    """The next test run tries again."""
    (checkout / "npm-fails").write_text("1", "utf-8")
    assert not install(str(checkout / "npm"), checkout)
    (checkout / "npm-fails").unlink()
    assert install(str(checkout / "npm"), checkout)


def test_the_lock_file_names_hashes_and_no_place_to_fetch_from() -> None:
    """Whoever installs has their own package index."""
    packages = json.loads((SERVER / "package-lock.json").read_text("utf-8"))["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert fetched
    assert [name for name, package in fetched.items() if "resolved" in package] == []
    assert [name for name, package in fetched.items() if "integrity" not in package] == []


def test_the_server_ends_with_whoever_started_it(bot_api_process: BotApi) -> None:
    """Also when that was killed and could not say so."""
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_AND_WAITS],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as starter:
        assert starter.stdout is not None
        port = int(starter.stdout.readline())
        assert not refuses(port)
        starter.kill()
    eventually(lambda: refuses(port))


def refuses(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) != 0
