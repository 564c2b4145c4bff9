"""Mail as a way out: one plain text to one address; it knows neither members nor cases."""

import asyncio
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE

import aiosmtplib

from bot.channels.base import DeliveryError
from bot.mail_settings import MailSettings, mailbox
from catalog.normalise import clean

PATIENCE = 30.0
"""Seconds from connecting until the mail is taken."""

GOODBYE = 2.0
"""Seconds for a polite end, which no longer matters."""

FINAL = 500
"""From this code on a server means it: trying again is no use (RFC 5321)."""


class Mail:
    """A connection for each mail: a town sends a few a day, and idle connections are cut anyway."""

    def __init__(self, settings: MailSettings, *, patience: float = PATIENCE) -> None:
        self._settings = settings
        self._patience = patience

    async def send(self, address: str, subject: str, text: str) -> None:
        """Returns when the server has taken it; if its answer is lost, one mail may come twice.

        The subject becomes one line.

        Raises:
            DeliveryError: it was not taken; permanent if the server refuses address or mail for good.
        """
        try:
            to = mailbox(address)
        except ValueError:
            raise DeliveryError("no address", permanent=True) from None
        failure = await self._failure(self._mail(to, subject, text))
        if failure is not None:  # raised out here, so that it carries no error that quotes the address
            raise failure

    async def _failure(self, mail: EmailMessage) -> DeliveryError | None:
        client = self._client()
        try:
            async with asyncio.timeout(self._patience):
                await client.connect()
                await client.send_message(mail)
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=GOODBYE)
        except aiosmtplib.SMTPRecipientsRefused as error:
            return _refused("address", error.recipients[0].code)
        except aiosmtplib.SMTPDataError as error:
            return _refused("mail", error.code)
        except aiosmtplib.SMTPResponseException as error:
            # refused login or sender: the town's settings are wrong, not the address
            return DeliveryError(f"{type(error).__name__} {error.code}")
        except (aiosmtplib.SMTPException, OSError) as error:
            return DeliveryError(type(error).__name__)
        finally:
            client.close()
        return None

    def _client(self) -> aiosmtplib.SMTP:
        own = self._settings
        return aiosmtplib.SMTP(
            hostname=own.host,
            port=own.port,
            use_tls=own.tls == "tls",
            start_tls=own.tls == "starttls",
            tls_context=own.trusted,
            username=own.user or None,
            password=own.password or None,
            local_hostname=own.sender.domain,  # else it looks up and tells the name of this machine
            timeout=self._patience,
        )

    def _mail(self, to: str, subject: str, text: str) -> EmailMessage:
        sender = self._settings.sender
        mail = EmailMessage(WIRE)
        mail["From"] = sender
        mail["To"] = Address(addr_spec=to)
        mail["Subject"] = " ".join(clean(subject).split())
        mail["Date"] = datetime.now(UTC)
        mail["Message-ID"] = f"<{secrets.token_hex(16)}@{sender.domain}>"
        mail["Auto-Submitted"] = "auto-generated"  # no out-of-office note comes back (RFC 3834)
        mail.set_content(text, cte="quoted-printable")
        return mail


def _refused(what: str, code: int) -> DeliveryError:
    return DeliveryError(f"{what} refused with {code}", permanent=code >= FINAL)
