"""Measures a turn on this machine: the engine alone, then with its durable commit; it judges nothing."""

import asyncio
import itertools
import secrets
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.house import House
from bot.newcomer_desk import NewcomerDesk
from bot.settings import read_settings
from bot.wiring import DEMO_TOWN, build_house
from catalog.municipality import load_municipality
from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.messages import Message

TOWN = "erlenfels"
SAID = ("/start", "/language en", "I need a German course", "/human", "/back", "/help")
"""One newcomer's messages, over and over: commands, understanding and a prompt."""

WAITING = 16
TURNS_A_ROUND = 48


def measure(rounds: int, database_url: str | None = None) -> Iterator[str]:
    """Lines with the median and the quartiles over `rounds`, in microseconds per turn."""
    with TemporaryDirectory(prefix="kurze-wege-bench-") as folder:
        settings = read_settings().model_copy(update={"data_dir": Path(folder), "database_url": database_url})
        house = build_house(
            settings, secrets.token_bytes(32), [load_municipality(DEMO_TOWN)], every_language=True
        )
        desk = _Bench(house)
        try:
            for name, work in (
                ("advance alone", desk.engine),
                ("turn with commit, 1 waiting", desk.alone),
                (f"turn with commit, {WAITING} waiting", desk.together),
            ):
                yield _line(name, [work() for _ in range(rounds)])
        finally:
            house.writer.close()


class _Bench:
    def __init__(self, house: House) -> None:
        self._house = house
        self._desk = NewcomerDesk(house)
        self._numbers = itertools.count()
        self._addresses = [secrets.token_hex(16) for _ in range(WAITING)]

    def engine(self) -> float:
        script, conversation = self._house.towns[TOWN].script, Conversation(language="en")
        now, started = self._house.clock(), time.perf_counter()
        for said in itertools.islice(itertools.cycle(SAID), TURNS_A_ROUND):
            conversation = advance(
                script, conversation, Message(id="b", text=said), now, self._house.new_id
            ).conversation
        return (time.perf_counter() - started) / TURNS_A_ROUND

    def alone(self) -> float:
        return asyncio.run(self._turns(1))

    def together(self) -> float:
        return asyncio.run(self._turns(WAITING))

    async def _turns(self, at_once: int) -> float:
        started = time.perf_counter()
        for said in itertools.islice(itertools.cycle(SAID), TURNS_A_ROUND // at_once):
            await asyncio.gather(*(self._turn(address, said) for address in self._addresses[:at_once]))
        return (time.perf_counter() - started) / TURNS_A_ROUND

    async def _turn(self, address: str, said: str) -> None:
        message = Message(id=f"b{next(self._numbers)}", text=said)
        await self._desk.receive(TOWN, "terminal", address, message, "en")


def _line(name: str, seconds: list[float]) -> str:
    low, middle, high = statistics.quantiles([second * 1e6 for second in seconds], n=4)
    return f"{name:<32} {middle:8.0f} us   (quartiles {low:.0f} to {high:.0f}, {len(seconds)} rounds)"
