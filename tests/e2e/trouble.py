"""What goes wrong while people write: the process is killed, and calls between the bots and Telegram fail."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.e2e.bots import CONNECTED, NEWCOMERS, TEAM, Bots
from tests.telegram.bot_api import BotApi

EACH_SECOND = 3.0
"""Faults on average."""


@dataclass(slots=True)
class Trouble:
    """Kills the process and lets calls fail, at moments that follow from the seed as far as time allows."""

    bots: Bots
    api: BotApi
    chance: random.Random
    kills: int
    lives: list[int] = field(default_factory=list)
    """The number of the first call that each new process may have made."""
    faults: Counter[str] = field(default_factory=Counter)
    _connected: int = 0
    _at: float | None = None
    _next_fault: float = 0.0

    def step(self) -> None:
        now = time.monotonic()
        if now > self._next_fault:
            self._go_wrong()
            self._next_fault = now + self.chance.expovariate(EACH_SECOND)
        if self._at is None and self.bots.logs.count(CONNECTED) > self._connected:
            self._at = now + self.chance.uniform(0.0, 4.0)
        if self._at is not None and now > self._at:
            self._kill()

    def _kill(self) -> None:
        self.bots.kill()
        time.sleep(0.2)  # what it has sent last is read by the server meanwhile
        self.lives.append(self._calls())
        self._connected = self.bots.logs.count(CONNECTED) + 1
        self.bots.launch()
        self.kills -= 1
        # one in five comes while it starts
        soon = self.chance.random() < 0.2
        self._at = time.monotonic() + self.chance.uniform(0.2, 5.0) if soon else None

    def _go_wrong(self) -> None:
        token = self.chance.choice((NEWCOMERS, TEAM))
        methods = ("sendMessage", "sendMessage", "editMessageText", "getUpdates", "answerCallbackQuery")
        method, kind = self.chance.choice(methods), self.chance.choice(tuple(KINDS))
        KINDS[kind](self.api, token, method)
        self.faults[kind] += 1

    def _calls(self) -> int:
        return max((call["number"] for call in self.api.control.ask("list")), default=-1) + 1


KINDS: dict[str, Callable[[BotApi, str, str], None]] = {
    "429": lambda api, token, method: api.faults.too_many(token, 1, method=method),
    "502": lambda api, token, method: api.faults.broken(token, method=method),
    "cut before": lambda api, token, method: api.faults.cut(token, "before", method=method),
    "cut after": lambda api, token, method: api.faults.cut(token, "after", method=method),
    "late before": lambda api, token, method: api.faults.delay(token, 0.5, "before", method=method),
    "late after": lambda api, token, method: api.faults.delay(token, 0.5, "after", method=method),
}
