"""Two processes on the same data and port: one serves, the other waits until it may."""

import json
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.e2e.installation import Installation
from tests.e2e.people import Visitor
from tests.e2e.product import COMMAND, PATIENCE

WAITS = "waiting to take over"


@dataclass(kw_only=True)
class Relay(Installation):
    """An installation that after `kill` is not started anew: the process that waited takes over."""

    takeovers: list[float] = field(default_factory=list)
    """Seconds from each kill to the first page of the other process."""
    _next: Installation | None = None
    _killed: float = 0.0
    _lives: int = 1

    @property
    def invitation(self) -> str:
        """A new way into the desk, made beside the process that serves."""
        invited = subprocess.run(
            [*COMMAND, "invite"],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return invited.stdout.strip()

    @property
    def every_event(self) -> list[dict[str, Any]]:
        """What was logged in all lives."""
        logs = "".join(path.read_text("utf-8") for path in sorted(self.folder.glob("*.log")))
        return [json.loads(line) for line in logs.splitlines() if line.startswith("{")]

    def start(self, command: Sequence[str] = COMMAND) -> None:
        """Returns when one process serves and the other waits."""
        if self._next is None:
            super().start(command)
        else:
            self.launch(command)
            self.read_until("ready")
            self._open_page()
            self.takeovers.append(time.monotonic() - self._killed)
        self._lives += 1
        self._next = Installation(
            name=f"life {self._lives}", folder=self.folder, port=self.port, extra=self.extra
        )
        self._next.launch(command)
        self._next.read_until(WAITS)

    def launch(self, command: Sequence[str] = COMMAND) -> None:
        """The one that waits is left to itself: it takes over or is killed while it does."""
        if self._next is None:
            super().launch(command)
        else:
            self._process, self.name, self._next = self._next._process, self._next.name, None

    def kill(self) -> None:
        self._killed = time.monotonic()
        super().kill()

    def stop(self) -> int:
        """Both, the waiting one first; the greater of their exit codes."""
        waiting, self._next = self._next, None
        codes = [waiting.stop()] if waiting is not None else []
        return max(*codes, super().stop())

    def away(self) -> None:
        super().away()
        if self._next is not None:
            self._next.away()

    def _open_page(self) -> None:
        visitor = Visitor(self.address)
        assert visitor.client.get("/").status_code == 200
        visitor.away()
