"""Two processes on the same data and port: one serves, the other waits until it may."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.e2e.people import Visitor
from tests.e2e.product import COMMAND, Product

WAITS = "waiting to take over"
TAKES_OVER = "/desk/einladung/"


@dataclass(kw_only=True)
class Relay(Product):
    """A product that after `kill` is not started anew: the process that waited takes over."""

    takeovers: list[float] = field(default_factory=list)
    """Seconds from each kill to the first page of the other process."""
    _next: Product | None = None
    _killed: float = 0.0

    def start(self, command: Sequence[str] = COMMAND) -> None:
        """Returns when one process serves and the other waits."""
        if self._next is None:
            super().start(command)
        else:
            self.launch(command)
            self.read_until(TAKES_OVER)
            self._open_page()
            self.takeovers.append(time.monotonic() - self._killed)
        self._next = Product(folder=self.folder, port=self.port, extra=self.extra)
        self._next.launch(command)
        self._next.read_until(WAITS)

    def launch(self, command: Sequence[str] = COMMAND) -> None:
        """The one that waits is left to itself: it takes over or is killed while it does."""
        if self._next is None:
            super().launch(command)
        else:
            self._process, self._next = self._next._process, None

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
