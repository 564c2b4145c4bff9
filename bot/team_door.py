"""What a messenger needs of a town for its team: where messages go, and how a note reads there."""

from collections.abc import Sequence

import structlog

from bot.channels.base import Bubble, Key, bubbles
from bot.delivery import Delivery
from bot.house import House
from bot.limits import PER_MEMBER, TOLD_TOO_FAST, Limits
from bot.team_messages import TeamMessage
from bot.team_notes import Note
from bot.team_talk import TeamTalk
from storage.errors import NotSaved

log = structlog.get_logger()

COMMANDS = (
    ("queue", "Was wartet"),
    ("mine", "Meine Fälle"),
    ("check", "Einträge prüfen"),
    ("help", "Hilfe"),
    ("stop", "Diesen Chat trennen"),
)
DESCRIPTION = "Für das Team von {town}: Integrationsguides und Ehrenamtliche. Zugang nur mit Einladung."
SHORT = "Nur für das Team von {town}, mit Einladung."


class TeamDoor:
    """One town's door for the team's messenger."""

    def __init__(self, house: House, town: str, talk: TeamTalk, delivery: Delivery, limits: Limits) -> None:
        self._house, self._town = house, town
        self._talk, self._delivery, self._limits = talk, delivery, limits

    @property
    def name(self) -> str:
        """What the log calls it."""
        return f"team of {self._town}"

    @property
    def texts(self) -> tuple[str, str]:
        """What the bot is, at length and in short."""
        place = self._house.towns[self._town].municipality.name
        return DESCRIPTION.format(town=place), SHORT.format(town=place)

    async def take(self, chat: str, message: TeamMessage) -> None:
        """Saves the step and sends the answer; whoever is too fast is told so once a minute.

        Raises:
            NotSaved: nothing was saved; the same message may come again.
        """
        if not self._limits.allows(f"team {self._town} {chat}", PER_MEMBER):
            if self._limits.allows(f"told team {self._town} {chat}", TOLD_TOO_FAST):
                await self._talk.too_fast(self._town, chat)
            return
        try:
            rows = await self._talk.receive(self._town, chat, message)
        except NotSaved:
            raise
        except Exception as error:  # noqa: BLE001 - a message that no apology helps must not hold up all others
            log.error("message given up", bot=self.name, error=type(error).__name__)
            return
        self._delivery.hand_over(self._town, rows)

    async def reachable(self, chat: str, yes: bool) -> None:
        await self._talk.reachable(self._town, chat, yes)

    def messages(self, body: str) -> Sequence[Bubble]:
        """The note as it reads: a link to the desk is a button, where it can be one."""
        note = Note.unpacked(body)
        if note.until is not None and self._house.clock() >= note.until:
            return ()
        keys = tuple(tuple(Key(label=tap.label, data=tap.sends) for tap in row) for row in note.rows)
        link = self._house.public_url.rstrip("/") + note.link if note.link and self._house.public_url else ""
        if link.startswith("https://"):
            keys = (*keys, (Key(label="Am Arbeitsplatz öffnen", url=link),))
        text = f"{note.text}\n{link}" if link.startswith("http://") else note.text
        first = Bubble(
            text=text, keys=keys, replaces=note.replaces, quotes=note.answers, letter=bool(note.shows)
        )
        return bubbles(first)
