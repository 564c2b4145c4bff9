"""What may be asked on the internet, and what comes of an answer that does harm; all on this machine."""

import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path

import pytest
import stamina
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.outgoing import Outgoing, is_public
from tests.bot.files.offers import problems

LOOPBACK = "127.0.0.1"


@pytest.fixture(autouse=True)
def without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3):
        yield


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of integreat.test, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "integreat.test")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("integreat.test"), x509.IPAddress(ip_address(LOOPBACK))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@dataclass
class Server:
    """Says the same to whoever comes; with `drip` so many seconds between bytes, but for the first."""

    port: int
    answer: bytes
    drip: float = 0
    quickly: int = 0
    asked: int = 0

    @property
    def host(self) -> str:
        return f"integreat.test:{self.port}"

    @property
    def url(self) -> str:
        return f"https://{self.host}/api"


@contextmanager
def serving(certificate: Path, answer: bytes, drip: float = 0, quickly: int = 0) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = socket.create_server((LOOPBACK, 0))
    server = Server(listener.getsockname()[1], answer, drip, quickly)

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            server.asked += 1
            with suppress(OSError), context.wrap_socket(plain, server_side=True) as talk:
                talk.settimeout(5)
                talk.recv(4096)
                talk.sendall(server.answer[: server.quickly] if drip else server.answer)
                for byte in server.answer[server.quickly :] if drip else b"":
                    talk.sendall(bytes([byte]))
                    time.sleep(drip)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def said(body: bytes = b"[]", status: str = "200 OK", *headers: str) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


def asking(server: Server, certificate: Path) -> Outgoing:
    """As it is set up for a real server, but that this machine counts as the open internet."""
    return Outgoing(
        hosts=[server.host],
        resolve=lambda host, port: [LOOPBACK],
        allowed=lambda address: True,
        tls=ssl.create_default_context(cafile=str(certificate)),
        seconds=5,
    )


def refusal(outgoing: Outgoing, url: str) -> str:
    (told,) = problems(outgoing.get, url)
    return told


def test_an_answer_comes_as_it_was_sent_and_nothing_is_none(certificate: Path) -> None:
    with serving(certificate, said(b'[{"a": 1}]')) as server:
        assert asking(server, certificate).get(server.url) == b'[{"a": 1}]'
        server.answer = said(b"", "404 Not Found")
        assert asking(server, certificate).get(server.url) is None
        assert server.asked == 2


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("http://integreat.test/api", "does not begin with https://"),
        ("https://other.test/api", "is not a host that KURZE_WEGE_INTEGREAT_HOSTS names"),
        ("https://integreat.test:8443/api", "is not a host that KURZE_WEGE_INTEGREAT_HOSTS names"),
        ("https://integreat.test.evil.test/api", "is not a host that KURZE_WEGE_INTEGREAT_HOSTS names"),
        ("https://integreat.test@evil.test/api", "does not begin with https://"),
        ("https://integreat.test:port/api", "is no address"),
        ("https:///api", "does not begin with https://"),
        ("file:///etc/passwd", "does not begin with https://"),
    ],
)
def test_what_the_settings_do_not_name_is_never_asked(url: str, text: str) -> None:
    """Not even for its address."""

    def resolve(host: str, port: int) -> list[str]:
        raise AssertionError("asked")

    assert text in refusal(Outgoing(hosts=["integreat.test"], resolve=resolve), url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "ff02::1",
    ],
)
def test_a_name_that_leads_into_a_network_of_ones_own_is_not_followed(address: str) -> None:
    """Not even if another of its addresses is public."""
    assert not is_public(address)
    for found in ([address], ["93.184.215.14", address], []):
        outgoing = Outgoing(hosts=["integreat.test"], resolve=lambda host, port, found=found: found)  # type: ignore[misc]
        assert "leads into a network of one's own" in refusal(outgoing, "https://integreat.test/api")


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_the_open_internet_may_be_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (said(b"", "302 Found", "Location: https://127.0.0.1/"), "answers 302"),
        (said(b"", "401 Unauthorized"), "answers 401"),
        (said(b"x", "200 OK", "Content-Encoding: gzip"), "answers packed"),
        (said(b"x" * 3_000_000), "answers more than 2 MB"),
    ],
    ids=["redirect", "login", "packed", "large"],
)
def test_another_answer_is_no_answer_and_is_asked_for_once(
    certificate: Path, answer: bytes, text: str
) -> None:
    with serving(certificate, answer) as server:
        outgoing = replace(asking(server, certificate), most=2_000_000)
        assert text in refusal(outgoing, server.url)
        assert server.asked == 1


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (said(b"", "503 Service Unavailable"), "it answers 503"),
        (said(b"[1, 2]")[:-3], "is not reached"),
        (b"no http at all\r\n\r\n", "is not reached: BadStatusLine"),
        (b"", "is not reached"),
    ],
    ids=["busy", "cut off", "no http", "silence"],
)
def test_what_may_pass_is_tried_three_times(certificate: Path, answer: bytes, text: str) -> None:
    """And then it is said in a sentence, without an address of the net."""
    with serving(certificate, answer) as server:
        told = refusal(asking(server, certificate), server.url)
        assert text in told
        assert told.endswith("Try again later.")
        assert LOOPBACK not in told
        assert server.asked == 3


@pytest.mark.parametrize(
    "quickly", [0, len(said(b" " * 1000)) - 900], ids=["from the first byte", "in the body"]
)
def test_who_drips_is_cut_off(certificate: Path, quickly: int) -> None:
    """However often a byte comes: the whole answer has its time, head and all."""
    with serving(certificate, said(b" " * 1000), drip=0.05, quickly=quickly) as server:
        started = time.monotonic()
        told = refusal(replace(asking(server, certificate), seconds=0.3), server.url)
        assert "it takes too long" in told
        assert time.monotonic() - started < 3


def test_who_cannot_prove_its_name_is_not_listened_to(certificate: Path) -> None:
    with serving(certificate, said()) as server:
        stranger = replace(asking(server, certificate), tls=ssl.create_default_context())
        assert "does not prove who it is" in refusal(stranger, server.url)
        other = replace(asking(server, certificate), hosts=[f"other.test:{server.port}"])
        assert "does not prove who it is" in refusal(other, f"https://other.test:{server.port}/api")


def test_a_host_that_is_not_there_is_told() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror

    outgoing = Outgoing(hosts=["integreat.test"], resolve=resolve)
    assert "its name is not known" in refusal(outgoing, "https://integreat.test/api")


def test_nothing_is_fetched_unless_a_host_is_set() -> None:
    assert "is not a host that" in refusal(Outgoing(hosts=[]), "https://integreat.test/api")
