"""The product as people run it: a process of its own, killed and started again, and what it left behind."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot.settings import PREFIX
from casework.team import Role
from storage import Database, Keys, Store, Writer

T = TypeVar("T")

COMMAND = (str(Path(sys.executable).with_name("kurze-wege")),)
TOWN = "erlenfels"
KEY = bytes(range(32))
KEY_TEXT = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
PATIENCE = 120
"""Seconds after which a machine is not slow but something is wrong."""


def free_port() -> int:
    """A port that no outgoing connection is given: while the product is down its port must stay free."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return port
    raise AssertionError("none of a hundred ports is free")


@dataclass(slots=True, kw_only=True)
class Product:
    """`kurze-wege demo` on a port and a folder that stay the same over all its lives."""

    folder: Path
    port: int = field(default_factory=free_port)
    extra: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    """What it printed in all its lives."""
    _process: "subprocess.Popen[str] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The running process."""
        return self._running.pid

    @property
    def logs(self) -> str:
        return self._log.read_text("utf-8") if self._log.exists() else ""

    @property
    def invitation(self) -> str:
        """The newest way into the desk that was printed."""
        return str(re.findall(r"http\S+/desk/einladung/\S+", self.said)[-1])

    def start(self, command: Sequence[str] = COMMAND) -> None:
        """Returns when pages can be opened."""
        self.launch(command)
        self.read_until("/desk/einladung/")

    def read_until(self, sign: str) -> None:
        """Returns when a line with the sign was printed."""
        with self._guard():
            for line in self._running.stdout or ():
                self.said += line
                if sign in line:
                    return
        raise AssertionError(f"the product did not say {sign}: {self.said}{self.logs}")

    def launch(self, command: Sequence[str] = COMMAND) -> None:
        """Starts it and waits for nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [*command, *self.arguments],
                env=self.environment,
                text=True,
                stdout=subprocess.PIPE,
                stderr=log,
            )

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("demo", "--port", str(self.port), "--data-dir", str(self.folder))

    @property
    def environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        return ours | {f"{PREFIX}TOWN_KEY": KEY_TEXT, **self.extra}

    def kill(self) -> None:
        """As a power cut would: no signal handler, no goodbye."""
        self._running.kill()
        assert self.ended() == -signal.SIGKILL

    def stop(self) -> int:
        """Exit code after a polite request to stop."""
        self._running.terminate()
        return self.ended()

    def ended(self) -> int:
        with self._guard():
            rest, _ = self._running.communicate()
        self.said += rest or ""
        code = self._running.returncode
        self._process = None
        return code

    def restart(self) -> None:
        self.kill()
        self.start()

    def away(self) -> None:
        """Whatever the test came to: nothing of it stays running."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    @contextmanager
    def opened(self) -> Iterator[Database]:
        """The database as it lies there; the product must not be running."""
        assert self._process is None, "stop it first: a test must not hold the database against it"
        database = Database.open(self.extra.get(f"{PREFIX}DATABASE_URL"), self.folder / "data")
        try:
            yield database
        finally:
            database.close()

    def inside(self, work: Callable[[Store], T]) -> T:
        """`work` in a transaction on what the stopped product left behind."""
        with self.opened() as database:
            writer = Writer(database, Keys.from_town_key(KEY))
            try:
                return writer.run(TOWN, work)
            finally:
                writer.close()

    def invite(self, role: Role, token: str) -> str:
        """The address of an invitation for a role that the demo itself prints none for."""
        whole = f"{TOWN}.{token}"
        self.inside(lambda store: store.team.invite(role, whole, datetime.now(UTC)))
        return f"{self.address}/desk/einladung/{whole}"

    @property
    def _log(self) -> Path:
        return self.folder / "stderr.log"

    @property
    def _running(self) -> "subprocess.Popen[str]":
        assert self._process is not None, "it is not running"
        return self._process

    @contextmanager
    def _guard(self) -> Iterator[None]:
        alarm = threading.Timer(PATIENCE, self._running.kill)
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()
