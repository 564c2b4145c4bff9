"""How long a newcomer's turn on Telegram takes, beside a bare aiogram echo in the same run."""

import asyncio
import gc
import itertools
import secrets
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.bench.telegram import TOKEN, Echo, Phones, tapped, written
from bot.channels.newcomer_telegram import NewcomerTelegram
from bot.delivery import Delivery
from bot.doors import TELEGRAM
from bot.house import House
from bot.limits import Limits, Rate
from bot.newcomer_desk import NewcomerDesk
from bot.newcomer_door import NewcomerDoor
from bot.settings import read_settings
from bot.wiring import DEMO_TOWN, build_house
from catalog.municipality import load_municipality
from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.messages import Message

TOWN = "erlenfels"
ENTERING = (
    *("/start", "/language ar", "need:lang", "detail:lang.first_orientation", "urgency:has_time"),
    *("more:yes", "consent:yes", "town:here"),
)
"""From the first word to the questions that are kept; what begins with / is written, the rest tapped."""

ANSWERS = ("age:27_59", "german:a_little", "household:alone", "since:longer", *("/back",) * 4)
TICKS = ("age:27_59", "german:a_little", *("household:+elders", "household:-elders") * 3, "/back", "/back")
TEXTS = ("/help", "/mydata") * 4
"""What one person does, over and over; it leads to where it began. What begins with / is written."""

AT_ONCE = 16
ECHOES = 96
EACH_SECOND, SECONDS = 5, 20


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds for one turn in each round, and as a ratio to the echo beside it."""

    name: str
    seconds: tuple[float, ...]
    ratios: tuple[float, ...]

    def __str__(self) -> str:
        low, middle, high = statistics.quantiles(self.ratios, n=4)
        micro = statistics.median(self.seconds) * 1e6
        spread = f"{low:.2f} to {high:.2f}, {len(self.ratios)} rounds"
        return f"{self.name:<38} {micro:8.0f} us   {middle:6.2f} E  ({spread})"


class NoLimits(Limits):
    """Lets everything through: here the same few people write all the time."""

    def allows(self, name: str, rate: Rate) -> bool:  # noqa: ARG002
        return True


def measure(rounds: int, database_url: str | None) -> Iterator[str]:
    """One line for each figure. E is the time of the echo, measured right before and after in every round."""
    with TemporaryDirectory(prefix="kurze-wege-bench-") as folder:
        settings = read_settings().model_copy(
            update={"data_dir": Path(folder), "database_url": database_url, "newcomer_bot_token": TOKEN}
        )
        town = load_municipality(DEMO_TOWN)
        house = build_house(settings, secrets.token_bytes(32), [town], every_language=True)
        try:
            with asyncio.Runner() as runner:
                yield from _lines(runner, Bench(house), rounds)
        finally:
            house.writer.close()


def _lines(runner: asyncio.Runner, bench: "Bench", rounds: int) -> Iterator[str]:
    runner.run(bench.enter())
    gc.collect()
    gc.freeze()
    alone, together = bench.echo.run, lambda n: bench.echo.together(n, AT_ONCE)
    steps: Sequence[tuple[str, Callable[[], Awaitable[int]], Callable[[int], Awaitable[None]]]] = (
        ("advance alone, a tap", bench.engine, alone),
        *(
            (f"{name}, {at_once} in flight", partial(bench.turns, said, at_once), echo)
            for name, said in (("a text", TEXTS), ("an answer tapped", ANSWERS), ("ticks", TICKS))
            for at_once, echo in ((1, alone), (AT_ONCE, together))
        ),
    )
    echoes: list[float] = []
    for name, work, echo in steps:
        seconds, ratios = [], []
        for _ in range(rounds):
            each, beside = runner.run(_round(work, echo))
            seconds.append(each)
            ratios.append(each / beside)
            echoes.append(beside)
        yield str(Measured(name, tuple(seconds), tuple(ratios)))
    yield f"E, a bare aiogram echo: {statistics.median(echoes) * 1e6:.0f} us"
    yield runner.run(bench.at_a_steady_pace())


async def _round(
    work: Callable[[], Awaitable[int]], echo: Callable[[int], Awaitable[None]]
) -> tuple[float, float]:
    times = [time.perf_counter()]
    await echo(ECHOES)
    times.append(time.perf_counter())
    turns = await work()
    times.append(time.perf_counter())
    await echo(ECHOES)
    times.append(time.perf_counter())
    before, took, after = (later - earlier for earlier, later in itertools.pairwise(times))
    return took / turns, (before + after) / (2 * ECHOES)


class Bench:
    """People in the middle of the questions, who answer, tick and step back; all of it is the real code."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.echo = Echo()
        self._phones = Phones()
        senders: dict[tuple[str, str], NewcomerTelegram] = {}
        self._delivery = Delivery(house, senders, each_second=1e9)
        door = NewcomerDoor(house, TOWN, NewcomerDesk(house), self._delivery, NoLimits())
        self._bot = NewcomerTelegram(TOKEN, "", door, session=self._phones)
        senders[TOWN, TELEGRAM] = self._bot
        self._numbers = itertools.count(1)
        self._people = range(1000, 1000 + AT_ONCE)

    async def enter(self) -> None:
        for said in ENTERING:
            for person in self._people:
                await self._say(person, said)
            await self._delivery.idle()

    async def turns(self, cycle: Sequence[str], at_once: int) -> int:
        """One cycle for so many people: saved, sent and noted."""
        people = self._people[:at_once]
        for said in cycle:
            await asyncio.gather(*(self._say(person, said) for person in people))
            await self._delivery.idle()
        await self._delivery.noted()
        return len(cycle) * at_once

    async def engine(self) -> int:
        """The engine alone over the same taps."""
        script, now = self._house.towns[TOWN].script, self._house.clock()
        conversation, turns = self._entered(), 200
        shown = [choice.id for reply in conversation.shown for choice in reply.choices]
        tap = Message(id="b", choice=next(each for each in shown if each.endswith(ANSWERS[0])))
        for _ in range(turns):
            advance(script, conversation, tap, now, lambda: "r")
        return turns

    def _entered(self) -> Conversation:
        script, now, conversation = (
            self._house.towns[TOWN].script,
            self._house.clock(),
            Conversation(language="ar"),
        )
        for said in ENTERING:
            shown = [choice.id for reply in conversation.shown for choice in reply.choices]
            choice = said if said.startswith("/") else next(each for each in shown if each.endswith(said))
            message = Message(id="b", choice=choice)
            conversation = advance(script, conversation, message, now, lambda: "r").conversation
        return conversation

    async def at_a_steady_pace(self) -> str:
        """From an update's arrival to the last word of its answer, with arrivals spread evenly."""
        waits: list[float] = []

        async def one(person: int, said: str) -> None:
            started = time.perf_counter()
            await self._say(person, said)
            await self._delivery.idle()
            waits.append(time.perf_counter() - started)

        tasks = []
        for number in range(EACH_SECOND * SECONDS):
            place, person = divmod(number, AT_ONCE)
            tasks.append(asyncio.create_task(one(self._people[person], ANSWERS[place % len(ANSWERS)])))
            await asyncio.sleep(1 / EACH_SECOND)
        await asyncio.gather(*tasks)
        cut = statistics.quantiles([wait * 1e3 for wait in waits], n=100)
        figures = f"median {cut[49]:.1f} ms, 99th percentile {cut[98]:.1f} ms, {len(waits)} turns"
        return f"at {EACH_SECOND} a second: {figures}"

    async def _say(self, person: int, said: str) -> None:
        number = next(self._numbers)
        if said.startswith("/"):
            await self._bot.receive(written(number, person, said))
            return
        found = [(data, at) for data, at in self._phones.buttons[person].items() if data.endswith(said)]
        data, at = found[-1]
        await self._bot.receive(tapped(number, person, at, data))
