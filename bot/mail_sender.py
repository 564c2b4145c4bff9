"""A note to the team as mail: one neutral sentence and a link, and nothing else of it."""

from collections.abc import Sequence
from typing import Protocol

from bot.channels.base import Bubble
from bot.house import House
from bot.team_notes import Note

SUBJECT = "Kurze Wege: Es gibt Neues"
STOP = (
    "Sie möchten keine E-Mails mehr? Löschen Sie Ihre Adresse am Arbeitsplatz oder sagen Sie es Ihrem Guide."
)


class Post(Protocol):
    """What sends mail."""

    async def send(self, address: str, subject: str, text: str) -> None: ...


class MailSender:
    """A mailbox as delivery sees it. What was mailed cannot be changed, so it has no reference."""

    def __init__(self, house: House, mail: Post) -> None:
        self._house, self._mail = house, mail

    def messages(self, body: str) -> Sequence[Bubble]:
        note = Note.unpacked(body)
        too_late = note.until is not None and self._house.clock() >= note.until
        if too_late or not note.mail:
            return ()
        site = self._house.public_url.rstrip("/")
        link = f"{site}{note.link or '/desk'}" if site else ""
        return (Bubble(text="\n\n".join(part for part in (note.mail, link, STOP) if part)),)

    async def send(self, address: str, message: Bubble, edits: str | None) -> str | None:  # noqa: ARG002
        """Raises DeliveryError."""
        await self._mail.send(address, SUBJECT, message.text)
        return None
