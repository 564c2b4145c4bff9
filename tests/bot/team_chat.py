"""A chat with the team's bot as unit tests hold it: what is sent in, and the note that comes back."""

import asyncio
import itertools
from dataclasses import dataclass, field

from bot.house import House
from bot.team_messages import TeamMessage
from bot.team_notes import Note
from bot.team_talk import TeamTalk
from storage.outbox import Outgoing
from tests.doors import TOWN

_NUMBERS = itertools.count(1)


@dataclass(slots=True)
class TeamChat:
    """Whoever holds this phone. Every message has an id of its own; the last one is kept to send it again."""

    house: House
    chat: str = "6001"
    name: str = "Anna"
    town: str = TOWN
    sent: TeamMessage = field(default_factory=lambda: TeamMessage(id="none"))

    def send(self, message: TeamMessage) -> list[Note]:
        """The message as it is; what is answered at once."""
        self.sent = message
        return [Note.unpacked(row.body) for row in self.rows(message)]

    def rows(self, message: TeamMessage) -> tuple[Outgoing, ...]:
        return asyncio.run(TeamTalk(self.house).receive(self.town, self.chat, message))

    def says(self, text: str, *, answers: str = "", reference: str = "") -> Note:
        message = TeamMessage(
            id=self._next(), text=text, answers=answers, reference=reference or "5", name=self.name
        )
        (note,) = self.send(message)
        return note

    def taps(self, data: str, *, tapped: str = "7", quoted: str = "", answers: str = "") -> Note:
        message = TeamMessage(
            id=self._next(), choice=data, tapped=tapped, quoted=quoted, answers=answers, name=self.name
        )
        (note,) = self.send(message)
        return note

    def opens(self, token: str) -> Note:
        """The link, as the messenger gives it: what comes after the town."""
        return self.says(f"/start {token.partition('.')[2]}")

    def joins(self, token: str) -> Note:
        return self.taps(f"join:{token.partition('.')[2]}")

    def _next(self) -> str:
        return f"220:{next(_NUMBERS)}"
