"""`kurze-wege run` as an authority runs it: what it says is in its log, one JSON line per event."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.product import COMMAND, PATIENCE, Product


@dataclass(kw_only=True)
class Installation(Product):
    """Of several on the same folder each has a name, and a log of its own."""

    name: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """What it logged in all its lives, oldest first, without the plain lines of the web server."""
        return [json.loads(line) for line in self.logs.splitlines() if line.startswith("{")]

    @property
    def said_in_order(self) -> list[str]:
        """The names of its events, each run of the same as one."""
        names = [str(event["event"]) for event in self.events]
        return [name for place, name in enumerate(names) if names[place - 1 : place] != [name]]

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("run",)

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {
            "KURZE_WEGE_TOWNS": "erlenfels",
            "KURZE_WEGE_DATA_DIR": str(self.folder / "data"),
            "KURZE_WEGE_PORT": str(self.port),
        }

    def start(self, command: Sequence[str] = COMMAND) -> None:
        self.launch(command)
        self.read_until("ready")

    def read_until(self, sign: str) -> None:
        """Returns when an event with the sign has been logged, in this life or one before."""
        patience = time.monotonic() + PATIENCE
        while not any(sign in event["event"] for event in self.events):
            assert self._running.poll() is None, self.logs
            assert time.monotonic() < patience, self.logs
            time.sleep(0.02)

    @property
    def _log(self) -> Path:
        return self.folder / f"{self.name}.log"
