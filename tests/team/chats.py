"""Chats of the team as a test holds them: what is sent is shown, what is tapped goes to the desk."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.channels.base import Bubble, Keys
from bot.delivery import Delivery
from bot.house import House
from bot.limits import Limits
from bot.settling import arrived
from bot.team_door import TeamDoor
from bot.team_messages import TeamMessage
from bot.team_talk import TeamTalk
from storage.outbox import Outgoing
from storage.store import Store
from tests.doors import TOWN
from tests.telegram.phones import Button, Shown

LEASED_AT_ONCE = 50


class Chats(Protocol):
    """The team's phones, however they are connected to the bot; a chat is named by its number."""

    def say(self, chat: int, name: str, text: str, answers: int | None = None) -> None: ...

    def tap(self, chat: int, name: str, message: int, data: str) -> None: ...

    def sees(self, chat: int) -> Sequence[Shown]:
        """Everything in the chat as it stands now, oldest first."""

    def settle(self) -> None:
        """Returns when everything is handled and sent."""


@dataclass(slots=True)
class DirectChats:
    """No messenger in between: messages go to the desk, and what it leaves in the outbox is shown at once."""

    house: House
    shown: dict[int, list[Shown]] = field(default_factory=dict)
    updates: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def say(self, chat: int, name: str, text: str, answers: int | None = None) -> None:
        number = self._put(chat, Shown(id=0, text=text, mine=True, reply_to=answers))
        known = str(answers) if answers is not None else ""
        self._bring(
            chat, TeamMessage(id=self._next(), text=text, reference=str(number), answers=known, name=name)
        )

    def tap(self, chat: int, name: str, message: int, data: str) -> None:
        answered = self._find(chat, self._find(chat, message).reply_to)
        self._bring(
            chat,
            TeamMessage(
                id=self._next(),
                choice=data,
                tapped=str(message),
                quoted=answered.text,
                answers=str(answered.id or ""),
                name=name,
            ),
        )

    def sees(self, chat: int) -> Sequence[Shown]:
        return tuple(self.shown.get(chat, ()))

    def settle(self) -> None:
        while rows := self.house.writer.run(
            TOWN, lambda s: s.outbox.lease(self.house.clock(), LEASED_AT_ONCE)
        ):
            self._send(rows)

    def _bring(self, chat: int, message: TeamMessage) -> None:
        self._send(asyncio.run(TeamTalk(self.house).receive(TOWN, str(chat), message)))

    def _send(self, rows: Sequence[Outgoing]) -> None:
        door = TeamDoor(self.house, TOWN, TeamTalk(self.house), Delivery(self.house, {}), Limits())
        for row in rows:
            if row.leased:
                bubbles = door.messages(row.body)
                numbers = [self._show(row, bubble) for bubble in bubbles]
                letter = any(bubble.letter for bubble in bubbles)
                self.house.writer.run(
                    TOWN, partial(_sent, row=row, number=numbers[-1], letter=letter, now=self.house.clock())
                )

    def _show(self, row: Outgoing, bubble: Bubble) -> int:
        chat, replaced = int(row.address), int(bubble.replaces or row.edits or 0)
        quoted = int(bubble.quotes) if bubble.quotes else None
        message = Shown(
            id=replaced, text=bubble.text, mine=False, buttons=_buttons(bubble.keys), reply_to=quoted
        )
        for place, known in enumerate(self.shown.get(chat, ())):
            if known.id == replaced:
                self.shown[chat][place] = replace(message, edited=True, reply_to=known.reply_to)
                return replaced
        return self._put(chat, message)

    def _put(self, chat: int, message: Shown) -> int:
        chats = self.shown.setdefault(chat, [])
        chats.append(replace(message, id=len(chats) + 1))
        return len(chats)

    def _find(self, chat: int, number: int | None) -> Shown:
        nothing = Shown(id=0, text="", mine=True)
        return next((each for each in self.shown.get(chat, ()) if each.id == number), nothing)

    def _next(self) -> str:
        return f"update-{next(self.updates)}"


def _sent(store: Store, row: Outgoing, number: int, letter: bool, now: datetime) -> None:
    arrived(store, row, str(number), letter, now)


def _buttons(keys: Keys) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(Button(text=key.label, data=key.data, url=key.url) for key in row) for row in keys)
