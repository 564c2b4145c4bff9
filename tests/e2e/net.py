"""The way between the process and Telegram, which a test can take away and give back."""

import socket
import threading
from contextlib import suppress


class Net:
    """A port of loopback that leads to another one, as long as it is up."""

    def __init__(self, leads_to: int) -> None:
        self._leads_to = leads_to
        self._lock = threading.Lock()
        self._listening: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self.port = 0
        self.up()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def up(self) -> None:
        """It is there, at the same port as before."""
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        listening.listen(64)
        self._listening, self.port = listening, listening.getsockname()[1]
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def down(self) -> None:
        """Nobody comes through, and whoever was on the way is cut off."""
        with self._lock:
            ended = [*self._open, *([self._listening] if self._listening else [])]
            self._listening = None
            self._open.clear()
        for each in ended:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                near, _ = listening.accept()
            except OSError:  # it is down
                return
            far = socket.create_connection(("127.0.0.1", self._leads_to))
            with self._lock:
                if self._listening is not listening:
                    near.close()
                    far.close()
                    return
                self._open |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            with self._lock:
                self._open.discard(each)
            each.close()
