"""How mail leaves, read from the settings and checked whole; the password goes nowhere but to the server."""

import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal

from bot.settings import PREFIX, Settings, SettingsError, secret

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_MAILBOX = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)
_LONGEST_MAILBOX = 254  # RFC 5321
_NEED_A_SERVER = ("smtp_from", "smtp_user", "smtp_password", "smtp_password_file", "smtp_ca_file")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """A server that takes mail. `trusted` is None if nothing is encrypted; `user` is empty for no login."""

    host: str
    port: int
    tls: Literal["starttls", "tls", "none"]
    trusted: ssl.SSLContext | None = field(repr=False)
    sender: Address
    user: str = ""
    password: str = field(default="", repr=False)


def mailbox(text: str) -> str:
    """An address as servers take it, with the domain in ASCII. Raises ValueError, which does not quote it."""
    local, _, domain = text[: _LONGEST_MAILBOX + 1].strip().rpartition("@")
    try:
        found = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        found = ""
    if not _MAILBOX.fullmatch(found) or len(found) > _LONGEST_MAILBOX:
        raise ValueError("this is no address that mail could be sent to")
    return found


def mail_settings(settings: Settings) -> MailSettings | None:
    """None if no server is named.

    Raises:
        SettingsError: every problem at once; none of them quotes the password.
    """
    problems = list(_problems(settings))
    trusted, password = None, ""
    try:
        trusted = _trusted(settings)
    except SettingsError as error:
        problems += error.problems
    try:
        password = secret(settings, "smtp_password").rstrip("\r\n")
    except SettingsError as error:
        problems += error.problems
    else:
        problems += _login_problems(settings, password)
    if problems:
        raise SettingsError(problems)
    if not settings.smtp_host:
        return None
    return MailSettings(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        trusted=trusted,
        sender=_sender(settings.smtp_from),
        user=settings.smtp_user,
        password=password,
    )


def _problems(settings: Settings) -> Iterator[str]:
    if not settings.smtp_host:
        alone = [f"{PREFIX}{name.upper()}" for name in _NEED_A_SERVER if getattr(settings, name)]
        if alone:
            yield f"{PREFIX}SMTP_HOST is missing beside {', '.join(alone)}. Name the server or leave all out."
        return
    if not (_NAME.fullmatch(settings.smtp_host) or _number(settings.smtp_host)):
        yield f"{PREFIX}SMTP_HOST is no name of a server. Write it without port, such as mail.example.org."
    elif settings.smtp_tls == "none" and not _on_this_machine(settings.smtp_host):
        yield (
            f"{PREFIX}SMTP_TLS is none, but {PREFIX}SMTP_HOST is another machine: anybody in between could"
            " read along. Leave it out (starttls), or write tls."
        )
    try:
        _sender(settings.smtp_from)
    except ValueError:
        yield (
            f"{PREFIX}SMTP_FROM is no address. Write the one that mail comes from, such as"
            " wege@example.org or Kurze Wege <wege@example.org>."
        )


def _login_problems(settings: Settings, password: str) -> Iterator[str]:
    if settings.smtp_host and bool(settings.smtp_user) != bool(password):
        lacking = "SMTP_PASSWORD or SMTP_PASSWORD_FILE" if settings.smtp_user else "SMTP_USER"
        yield f"{PREFIX}{lacking} is missing or empty. A login needs name and password; set both or neither."


def _trusted(settings: Settings) -> ssl.SSLContext | None:
    if not settings.smtp_host or settings.smtp_tls == "none":
        return None
    try:
        return ssl.create_default_context(cafile=settings.smtp_ca_file)
    except OSError as error:  # an SSLError is one too
        kind = type(error).__name__
        raise SettingsError(
            [f"{PREFIX}SMTP_CA_FILE cannot be used ({kind}). Name a file with certificates in PEM form."]
        ) from None


def _sender(text: str) -> Address:
    name, address = parseaddr(text)
    if text.strip() not in {address, f"<{address}>"} and not text.endswith(f" <{address}>"):
        raise ValueError("more than one address")  # of several the first would be taken in silence
    return Address(display_name=name, addr_spec=mailbox(address))


def _on_this_machine(host: str) -> bool:
    number = _number(host)
    return number.is_loopback if number else host.lower() == "localhost"


def _number(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
