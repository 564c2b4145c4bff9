"""A real mail server on loopback, in the test's own loop, that answers as it is told."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NAME, PASSWORD = "wege", "goldammer-und-schilf"
LOOPBACK = "127.0.0.1"


@dataclass(slots=True)
class PostOffice:
    """What it was given, and what it says to a sender, a recipient and a mail."""

    to_sender: str = "250 OK"
    to_recipient: str = "250 OK"
    to_mail: str = "250 OK"
    hangs_up: bool = False
    """In place of a goodbye."""
    envelopes: list[Envelope] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    def mail(self) -> EmailMessage:
        """The only mail that came."""
        (envelope,) = self.envelopes
        mail = message_from_bytes(envelope.original_content or b"", policy=default)
        assert isinstance(mail, EmailMessage)
        return mail

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's word
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.to_sender

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.to_mail.startswith("2"):
            self.envelopes.append(envelope)
            self.greetings.append(session.host_name or "")
            line = server.transport
            self.encrypted.append(line is not None and line.get_extra_info("ssl_object") is not None)
        return self.to_mail

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.hangs_up and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return "221 Bye"


def knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: Any) -> AuthResult:
    """The only account of the server."""
    right = isinstance(login, LoginPassword) and (login.login, login.password) == (
        NAME.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=right, handled=False)


class _Line(SMTP):
    """A connection that tells when it has ended: an open one would be a warning in the next test."""

    def __init__(self, office: PostOffice, **how: Any) -> None:
        super().__init__(office, hostname="mail.example.org", **how)
        self.ended = asyncio.Event()
        self.ended.set()  # it has not begun, and after a handshake that fails it never will

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.ended.clear()
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.ended.set()


@asynccontextmanager
async def opened(office: PostOffice, *, tls: ssl.SSLContext | None = None, **how: Any) -> AsyncIterator[int]:
    """Its port. `tls` from the first byte on; `how` is aiosmtpd's."""
    lines: list[_Line] = []

    def take() -> _Line:
        lines.append(_Line(office, **how))
        return lines[-1]

    server = await asyncio.get_running_loop().create_server(take, LOOPBACK, 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        async with asyncio.timeout(10):
            for line in lines:
                await line.ended.wait()


@asynccontextmanager
async def silent() -> AsyncIterator[int]:
    """The port of a server that takes every connection and never says a word."""
    held: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _, writer: held.append(writer), LOOPBACK, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in held:
            writer.close()


def self_made(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """What a server needs to encrypt with a certificate that only those trust who were given it: the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOOPBACK))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / "certificate.pem", folder / "private.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem, private)
    return context, pem
