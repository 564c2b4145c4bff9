"""Many people on their phones at once, played by one thread: what each sees, and what they do next."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.e2e.bots import found_button
from tests.telegram.bot_api import BotApi
from tests.telegram.control import Json
from tests.telegram.phones import Person, Shown, shown

STEP = 0.05
"""Seconds between two looks at all the phones."""

WRITES = ("sendMessage", "editMessageText")

Story = Iterator[None]
"""What somebody does; it yields where they wait for something to appear."""


@dataclass(slots=True)
class Pace:
    """As fast as the bot lets one person write: `burst` at once, then so many each second."""

    burst: float
    each_second: float
    left: float = 0.0
    since: float = 0.0

    def allows(self) -> bool:
        now = time.monotonic()
        self.left = min(self.burst, self.left + (now - self.since) * self.each_second)
        self.since = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


def newcomers_pace() -> Pace:
    return Pace(burst=24, each_second=0.45)


def guides_pace() -> Pace:
    return Pace(burst=40, each_second=0.9)


@dataclass(slots=True)
class Phone:
    """One person's chat as it stands now; what they do goes out with the next step of the crowd."""

    person: Person
    pace: Pace
    seen: dict[int, Shown] = field(default_factory=dict)
    """What the bot wrote, by number."""
    acts: list[Json] = field(default_factory=list)
    done: int = 0
    """How many things they have done."""

    @property
    def messages(self) -> list[Shown]:
        return [self.seen[number] for number in sorted(self.seen)]

    def newest(self, part: str) -> Shown | None:
        """The newest message with this in its text."""
        return next((each for each in reversed(self.messages) if part in each.text), None)

    def say(self, text: str, reply_to: int | None = None) -> Story:
        """As soon as the pace allows it."""
        yield from self._act("say", text=text, reply_to=reply_to)

    def tap(self, message: int, data: str) -> Story:
        # a copy of a message may take its place meanwhile: a phone shows the old one a little longer
        yield from self._act("tap", message_id=message, data=data, unseen=True)

    def tap_when_shown(self, *endings: str) -> Story:
        """One button after the other."""
        for ending in endings:
            while (button := found_button(self.messages, ending)) is None:
                yield
            yield from self.tap(*button)

    def wait_for(self, part: str) -> Story:
        while self.newest(part) is None:
            yield

    def _act(self, act: str, **what: object) -> Story:
        while not self.pace.allows():
            yield
        whose = {"token": self.person.token, "chat": self.person.chat, "from": self.person.known_as()}
        wanted = {name: value for name, value in what.items() if value is not None}
        self.acts.append({"act": act, **whose, **wanted})
        self.done += 1
        yield  # the answer is not there yet


@dataclass(slots=True)
class Crowd:
    """Everybody with a phone, and what the server has told them so far."""

    api: BotApi
    phones: dict[tuple[str, int], Phone] = field(default_factory=dict)
    stories: dict[tuple[str, int], Story] = field(default_factory=dict)
    done: int = 0
    """How many things people have done, all together."""
    _since: int = 0

    def join(self, phone: Phone, story: Story) -> None:
        whose = (phone.person.token, phone.person.chat)
        self.phones[whose], self.stories[whose] = phone, story

    def busy(self, token: str) -> int:
        """How many of the token's people have not come to the end of their story."""
        return sum(1 for whose in self.stories if whose[0] == token)

    def play(self, over: Callable[[], bool], patience: float) -> None:
        """Until it is over; fails if nobody has done anything for so many seconds."""
        before, until = self.done, time.monotonic() + patience
        while not over():
            self.step()
            if self.done != before:
                before, until = self.done, time.monotonic() + patience
            assert time.monotonic() < until, self._where_everybody_is()
            time.sleep(STEP)

    def step(self) -> None:
        """Everybody looks, and does what is next."""
        self._look()
        for whose, story in list(self.stories.items()):
            if next(story, self) is self:
                del self.stories[whose]
        acts = [act for phone in self.phones.values() for act in phone.acts]
        for phone in self.phones.values():
            phone.acts.clear()
        if acts:
            self.api.control.play(acts)
            self.done += len(acts)

    def _look(self) -> None:
        under_way: list[int] = []
        for call in self.api.control.ask("list", since=self._since):
            if call["status"] is None and call["cut"] is None:
                under_way.append(call["number"])
            self._since = call["number"] + 1
            phone = self.phones.get((call["token"], _chat(call)))
            if phone is not None and call["status"] == 200 and call["method"] in WRITES:
                message = shown(call["answer"]["result"], phone.person.id)
                phone.seen[message.id] = message
        self._since = min(under_way, default=self._since)

    def _where_everybody_is(self) -> str:
        last = {
            whose: (phone.done, phone.messages[-1].text[:60] if phone.seen else "nothing")
            for whose, phone in self.phones.items()
            if whose in self.stories
        }
        return f"nobody goes on: {last}"


def _chat(call: Json) -> int:
    result = (call["answer"] or {}).get("result")
    return int(result["chat"]["id"]) if isinstance(result, dict) and "chat" in result else 0
