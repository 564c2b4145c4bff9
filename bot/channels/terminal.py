"""The terminal as a door: lines in, lines out, so that a person or a script can hold a conversation."""

import secrets
from collections.abc import Iterable
from typing import TextIO

from bot.newcomer_desk import NewcomerDesk
from bot.newcomer_views import Received, View
from bot.rendering import Button, Rendered
from dialogs.messages import Message

DOOR = "terminal"


class Terminal:
    """One conversation. Replies stand on lines that start with `< `, choices are numbered beneath them."""

    def __init__(
        self, desk: NewcomerDesk, town: str, language: str, out: TextIO, name: str | None = None
    ) -> None:
        self._desk, self._town, self._language, self._out = desk, town, language, out
        self._address: str | None = name
        self._session = secrets.token_hex(8)
        self._buttons: tuple[Button, ...] = ()
        self._letters = 0
        self._lines = 0

    async def hold(self, lines: Iterable[str], first: str = "") -> None:
        """Shows the first screen, then answers each line until there are no more.

        `first` is a command of which only the answer is shown, instead of the first screen.
        """
        if first:
            await self.answer(first)
        else:
            self.open()
        for line in lines:
            if line.strip():
                await self.answer(line.strip())

    def open(self) -> None:
        """Shows where the conversation stands."""
        self._show(self._desk.look(self._town, DOOR, self._address, self._language))

    async def answer(self, text: str) -> None:
        """One line of input; the number of a choice stands for the choice."""
        self._lines += 1
        message = self._message(text, f"{self._session}:{self._lines}")
        received: Received = await self._desk.receive(
            self._town, DOOR, self._address, message, self._language
        )
        self._address = received.address if received.kept else None
        self._show(received.view, received.replies)

    def _message(self, text: str, message_id: str) -> Message:
        # int() refuses numbers of thousands of digits
        if len(text) < 4 and text.isascii() and text.isdecimal() and 1 <= int(text) <= len(self._buttons):
            return Message(id=message_id, choice=self._buttons[int(text) - 1].id)
        return Message(id=message_id, text=text)

    def _show(self, view: View, replies: tuple[Rendered, ...] | None = None) -> None:
        for letter in view.letters[self._letters :]:
            if letter.author != "newcomer":
                self._say(letter.text)
        self._letters = len(view.letters)
        shown = view.rendered if replies is None else replies
        if shown:
            self._buttons = tuple(button for reply in shown for button in reply.buttons)
        numbers = iter(range(1, len(self._buttons) + 1))
        for reply in shown:
            self._say(reply.as_text())
            for button in reply.buttons:
                tick = {True: "[x] ", False: "[ ] ", None: ""}[button.ticked]
                self._out.write(f"  {next(numbers)}) {tick}{button.label}\n")
        self._out.flush()

    def _say(self, text: str) -> None:
        for line in text.splitlines():
            self._out.write(f"< {line}\n")
