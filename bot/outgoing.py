"""Fetches one answer by https from a host that the town has named; nothing else, and nowhere else."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from bot.files.opening import MEGABYTE, refused

MOST = 16 * MEGABYTE
SECONDS = 60.0  # for the whole answer, however slowly it drips
CONNECTING = 10.0  # seconds
ATTEMPTS = 3
HTTPS = 443
HTTP_OK, NOT_THERE = 200, 404
_PIECE = 1 << 16
_TRY_AGAIN = {429, 500, 502, 503, 504}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str, int], list[str]]
"""The addresses of a host. Raises OSError."""


class _NotNow(Exception):
    """The network or the other side; another try may do."""


def resolved(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether it lies in the open internet: not this machine, no network of the town's own."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.sixtofour or ip.teredo or ip in _NAT64:  # another address hides in these
            return False
        ip = ip.ipv4_mapped or ip
    return ip.is_global and not ip.is_multicast


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """`hosts`: names, with a port where it is not 443. The rest is for tests."""

    hosts: Collection[str]
    most: int = MOST
    seconds: float = SECONDS
    resolve: Resolve = resolved
    allowed: Callable[[str], bool] = is_public
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def get(self, url: str) -> bytes | None:
        """The answer; None if there is nothing at that address. Tries again where that may help.

        Raises:
            CatalogError: the address is not allowed, or the answer not to be had.
        """
        import stamina  # noqa: PLC0415 - only imports by https need it

        stamina.instrumentation.set_on_retry_hooks([])  # what is tried again is no news for a log
        parts = self._checked(url)
        try:
            for attempt in stamina.retry_context(on=_NotNow, attempts=ATTEMPTS, wait_initial=0.5, timeout=60):
                with attempt:
                    return self._once(parts)
        except _NotNow as reason:
            raise refused(_named(parts), f"is not reached: {reason}. Try again later.") from None
        return None

    def _checked(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            port = parts.port or HTTPS
        except ValueError:
            raise refused(url[:80], "is no address. Write it as https://host/path.") from None
        host = (parts.hostname or "").casefold()
        if parts.scheme != "https" or not host or parts.username or parts.password:
            raise refused(url[:80], "does not begin with https:// and the name of a host.")
        if (host if port == HTTPS else f"{host}:{port}") not in {each.casefold() for each in self.hosts}:
            raise refused(_named(parts), "is not a host that KURZE_WEGE_INTEGREAT_HOSTS names. Add it there.")
        return parts

    def _once(self, parts: SplitResult) -> bytes | None:
        over = threading.Event()
        connection = self._connection(parts)
        watch = threading.Timer(self.seconds, _cut, (connection, over))
        watch.daemon = True
        watch.start()
        try:
            return self._answer(connection, parts)
        except ssl.SSLCertVerificationError:
            raise refused(_named(parts), "does not prove who it is: its certificate does not fit.") from None
        except (OSError, HTTPException, ValueError, _NotNow) as error:
            reason = str(error) if isinstance(error, _NotNow) else type(error).__name__
            raise _NotNow("it takes too long" if over.is_set() else reason) from None
        finally:
            watch.cancel()
            connection.close()

    def _connection(self, parts: SplitResult) -> "_Connection":
        """To the very address that was looked at: whoever asks for the name again may get another."""
        host, port = str(parts.hostname), parts.port or HTTPS
        try:
            addresses = self.resolve(host, port)
        except (OSError, UnicodeError):
            raise _NotNow("its name is not known") from None
        if not addresses or not all(map(self.allowed, addresses)):
            raise refused(
                _named(parts), "leads into a network of one's own. Only public addresses are asked."
            )
        return _Connection(host, port, addresses[0], self.tls)

    def _answer(self, connection: "_Connection", parts: SplitResult) -> bytes | None:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "kurze-wege"}
        connection.request(
            "GET", f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", headers=headers
        )
        with connection.getresponse() as response:
            if response.status == NOT_THERE:
                return None
            if response.status in _TRY_AGAIN:
                raise _NotNow(f"it answers {response.status}")
            if response.status != HTTP_OK:  # a redirect too: it may lead anywhere
                raise refused(
                    _named(parts), f"answers {response.status} instead of giving what was asked for."
                )
            if response.getheader("Content-Encoding", "identity").casefold() != "identity":
                raise refused(_named(parts), "answers packed, although that was not asked for.")
            return self._read(response, parts)

    def _read(self, response: HTTPResponse, parts: SplitResult) -> bytes:
        pieces, size = [], 0
        while piece := response.read1(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > self.most:
                raise refused(_named(parts), f"answers more than {self.most // MEGABYTE} MB.")
        if response.length:  # it was told that more would come
            raise _NotNow("the answer breaks off")
        return b"".join(pieces)


class _Connection(HTTPSConnection):
    """Speaks to `address`, and has it prove that it is `host`."""

    def __init__(self, host: str, port: int, address: str, tls: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=CONNECTING)
        self.address = address
        self.tls = tls
        self.secure: ssl.SSLSocket | None = None  # the base class forgets it while an answer is still read

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), CONNECTING)
        secure = self.tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = self.secure = secure  # before the handshake, so that it can be cut off there too
        secure.do_handshake()


def _cut(connection: _Connection, over: threading.Event) -> None:
    over.set()
    if connection.secure is not None:
        with suppress(OSError):
            connection.secure.shutdown(socket.SHUT_RDWR)


def _named(parts: SplitResult) -> str:
    return f"{parts.hostname}{parts.path}"[:120]
