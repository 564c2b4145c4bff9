"""Telegram on loopback: a server that bots take for the Bot API, with people to play and faults to order."""

import base64
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.telegram.calls import Call, read_calls
from tests.telegram.control import Control, Json
from tests.telegram.faults import Faults
from tests.telegram.node import Node
from tests.telegram.phones import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group chat; bots and people are in it once they were added."""

    control: Control
    id: int

    def add(self, token: str, by: Person) -> None:
        self._act("add", token, by)

    def kick(self, token: str, by: Person) -> None:
        self._act("kick", token, by)

    def migrate(self, to: int, by: Person) -> None:
        """It becomes a supergroup with another id; whoever writes to the old one is told so."""
        self._act("migrate", None, by, to=to)

    def _act(self, act: str, token: str | None, by: Person, **what: object) -> None:
        self.control.act(act, token=token, chat=self.id, **{"from": by.known_as()}, **what)


class BotApi:
    """The running server; every method speaks of what is true now, nothing is cached here."""

    def __init__(self, port: int = 0) -> None:
        self._node = Node(port)
        self.control = Control(self.address)
        self.faults = Faults(self.control)
        self._ids = itertools.count(5001)

    @property
    def address(self) -> str:
        """What takes the place of Telegram's own address in a bot's settings."""
        return f"http://127.0.0.1:{self._node.port}"

    @property
    def process_id(self) -> int:
        return self._node.process_id

    def end(self) -> None:
        self.control.end()
        self._node.end()

    def forget(self) -> None:
        """Back to the beginning: no bots, no chats, no faults, the machine's own clock."""
        self.control.ask("forget")

    def person(self, token: str, id: int | None = None, name: str = "Nour", language: str = "ar") -> Person:  # noqa: A002 - Telegram's own word
        """Somebody new in a private chat with the bot; the chat begins when they write."""
        number = next(self._ids) if id is None else id
        return Person(
            control=self.control, token=token, id=number, first_name=name, language=language, chat=number
        )

    def group(self, id: int = -4001, title: str = "Ehrenamt", *, hears_all: bool = True) -> Group:  # noqa: A002
        """A new group; without `hears_all` bots hear commands and replies to them only, as is usual."""
        self.control.act("group", chat=id, title=title, hears_all=hears_all)
        return Group(control=self.control, id=id)

    def calls(self, token: str | None = None, method: str | None = None, since: int = 0) -> list[Call]:
        """What bots asked, in order of arrival; getUpdates only when it is asked for by name."""
        return read_calls(self.control.ask("list", token=token, method=method, since=since))

    def unconfirmed(self, token: str) -> list[Json]:
        """Updates that the bot has not acknowledged, oldest first."""
        found: list[Json] = self.control.ask("unconfirmed", token=token)
        return found

    def forward(self, seconds: float) -> None:
        """Move the server's clock: dates, the end of unconfirmed updates and of taps follow it."""
        self.control.ask("forward", seconds=seconds)

    def restart_update_ids(self, token: str, at: int) -> None:
        """The next update has this id, as after a quiet week; nothing may be unconfirmed."""
        self.control.ask("restart", token=token, at=at)

    def update(self, token: str, kind: str, body: Json) -> None:
        """An update of whatever form, also one that no library can read."""
        self.control.ask("update", token=token, kind=kind, body=body)

    def throttle(self, token: str) -> None:
        """Slow down a bot that repeats itself as Telegram does; without it tests are quicker."""
        self.control.ask("throttle", token=token)

    def file(self, file_id: str) -> bytes:
        """What was sent."""
        return base64.b64decode(self.control.ask("file", file_id=file_id)["content"])

    def taps(self, token: str) -> list[Json]:
        """Every tap with `id`, `from`, `data`, `at` and the `answers` it got."""
        found: list[Json] = self.control.ask("taps", token=token)
        return found


@contextmanager
def running_bot_api(port: int = 0) -> Iterator[BotApi]:
    api = BotApi(port)
    try:
        yield api
    finally:
        api.end()
