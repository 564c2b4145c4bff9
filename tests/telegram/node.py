"""The process behind the Bot API server: installed once per checkout, started, ended by its id."""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

from tests.lacking import require

SERVER = Path(__file__).with_name("server")
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")


def find_node() -> str:
    """Path of a node whose packages are there; skips the test where there is none."""
    node = require(shutil.which("node"), "node", "sudo apt install nodejs npm, or run .ci/run")
    npm = require(shutil.which("npm"), "npm", "sudo apt install npm, or run .ci/run")
    require(install(npm), "the packages of the Bot API server", f"run npm {' '.join(INSTALL)} in {SERVER}")
    return node


def install(npm: str, folder: Path = SERVER) -> bool:
    """True once the packages of the lock file are there, however many test runs ask for them at once."""
    lock, marker = folder / "package-lock.json", folder / "node_modules" / ".installed-from"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    with lock.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # on this file because npm throws node_modules away
        if marker.exists() and marker.read_text("utf-8") == wanted:
            return True
        run = subprocess.run([npm, *INSTALL], cwd=folder, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            print(run.stderr)  # noqa: T201 - why npm failed belongs beside the reason of the skip
            return False
        marker.write_text(wanted, "utf-8")
        return True


class Node:
    """The running server. It also ends by itself when the process that started it is gone."""

    def __init__(self, port: int = 0) -> None:
        """Returns once it can be asked; port 0 is any free one."""
        self._process = subprocess.Popen(
            [find_node(), str(SERVER / "start.cjs"), str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        said = self._process.stdout.readline() if self._process.stdout else ""
        assert said.strip().isdigit(), "the Bot API server did not start; its complaint is above"
        self.port = int(said)

    @property
    def process_id(self) -> int:
        return self._process.pid

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        self._process.communicate()
