"""Everything that can go wrong with one message on its way to Telegram, with both bots of one process."""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from casework.team import Role
from tests.e2e.bots import NEWCOMERS, TEAM, Bots, found_button
from tests.telegram.bot_api import BotApi
from tests.telegram.faults import Faults
from tests.telegram.phones import Person

PATIENCE = 120.0
"""Seconds; the slowest is an answer that never comes."""

NAMES = {NEWCOMERS: "newcomers", TEAM: "team"}
COMMANDS = {NEWCOMERS: ("/help", "/language"), TEAM: ("/help", "/start")}
SEND, EDIT = "sendMessage", "editMessageText"
SAME = "Bad Request: message is not modified: specified new message content is exactly the same"

Order = Callable[[Faults, str, str, int], None]
"""Orders a fault of a bot, a method and a chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A fault of one call, and what the person has before their eyes in the end.

    `first` is the message that the call was to send, or to write in the place of `old`; `then` is the next.
    `slowly`: the next is asked for only when the first has failed.
    """

    order: Order
    seen: tuple[str, ...] = ("first", "then")
    slowly: bool = False


def refused(code: int, said: str) -> Order:
    return lambda faults, token, method, chat: faults.refuse(token, code, said, method=method, chat=chat)


def too_many(faults: Faults, token: str, method: str, chat: int) -> None:
    faults.too_many(token, 2, method=method, chat=chat)


def bad_gateway(faults: Faults, token: str, method: str, chat: int) -> None:
    faults.broken(token, 502, method=method, chat=chat, times=2)


def cut_before(faults: Faults, token: str, method: str, chat: int) -> None:
    faults.cut(token, "before", method=method, chat=chat)


def cut_after(faults: Faults, token: str, method: str, chat: int) -> None:
    faults.cut(token, "after", method=method, chat=chat)


def no_answer(faults: Faults, token: str, method: str, chat: int) -> None:
    faults.delay(token, 40, "after", method=method, chat=chat)


SENDS: Mapping[str, Row] = {
    "it is told to wait": Row(order=too_many),
    "the server fails": Row(order=refused(500, "Internal Server Error")),
    "the server fails twice": Row(order=bad_gateway),
    "the connection ends before": Row(order=cut_before),
    # it has come and nobody can know: the one copy that cannot be avoided
    "the connection ends after": Row(order=cut_after, seen=("first", "first", "then")),
    "nothing is ever answered": Row(order=no_answer, seen=("first", "first", "then")),
    # to try again is no use, and the next does not wait for it
    "it is refused": Row(order=refused(400, "Bad Request: a reason of its own"), seen=("then",)),
    # nothing more goes there until they are heard of, which they are
    "they blocked the bot": Row(
        order=refused(403, "Forbidden: bot was blocked by the user"), seen=("then",), slowly=True
    ),
    "nobody is there": Row(order=refused(400, "Bad Request: chat not found"), seen=("then",), slowly=True),
}
EDITS: Mapping[str, Row] = {
    "it is told to wait": Row(order=too_many),
    "the server fails twice": Row(order=bad_gateway),
    "the connection ends before": Row(order=cut_before),
    "the connection ends after": Row(order=cut_after),
    "it says so already": Row(order=refused(400, SAME), seen=("old", "then")),
    "it is not there any more": Row(
        order=refused(400, "Bad Request: message to edit not found"), seen=("old", "first", "then")
    ),
    "it cannot be changed": Row(
        order=refused(400, "Bad Request: message can't be edited"), seen=("old", "first", "then")
    ),
    "it is refused": Row(
        order=refused(400, "Bad Request: a reason of its own"), seen=("old", "first", "then")
    ),
}
CASES = [(token, SEND, row) for token in NAMES for row in SENDS]
CASES += [(token, EDIT, row) for token in NAMES for row in EDITS]
ROWS = {SEND: SENDS, EDIT: EDITS}

Seen = tuple[list[str], dict[str, str]]
"""What somebody saw in the end, and which text is which."""


@dataclass(slots=True)
class Scene:
    """One person with one bot, to whom one thing happens."""

    api: BotApi
    person: Person
    start: str

    def sending(self, row: Row) -> Seen:
        """Twice the same two commands: on the second time it happens."""
        self.comes_in()
        before = len(self.reads())
        for number, command in enumerate(COMMANDS[self.person.token], start=1):
            self.person.say(command)
            self.wait_for(lambda number=number: len(self.reads()) == before + number)  # type: ignore[misc]
        first, then = self.reads()[before:]
        before += 2
        self.happens(row, SEND)
        return self.settled(before, then), {"first": first, "then": then}

    def changing(self, row: Row, texts: Mapping[str, str]) -> Seen:
        """A tap whose message is to change; `texts` are those of a person to whom nothing happens."""
        self.comes_in(but_for_the_tap=True)
        before = len(self.reads()) - 1
        row.order(self.api.faults, self.person.token, EDIT, self.person.chat)
        self.tap()
        return self.settled(before, texts["then"]), dict(texts)

    def quiet(self) -> dict[str, str]:
        """The texts of a tap to which nothing happens."""
        self.comes_in(but_for_the_tap=True)
        before = len(self.reads())
        old = self.reads()[-1]
        self.tap()
        self.wait_for(lambda: len(self.reads()) == before + 1 and self.reads()[-2] != old)
        return {"old": old, "first": self.reads()[-2], "then": self.reads()[-1]}

    def comes_in(self, *, but_for_the_tap: bool = False) -> None:
        """Up to where something may happen."""
        self.person.say(self.start)
        if self.person.token == NEWCOMERS:
            self.wait_for(lambda: found_button(self.person.sees(), "/language en"))
            self.person.tap_data(*self.button("/language en"))
            self.wait_for(lambda: found_button(self.person.sees(), ":housing"))
        else:
            self.wait_for(self.reads)
            if not but_for_the_tap:
                self.person.tap("Ich mache mit")
                self.wait_for(lambda: "Willkommen" in self.reads()[0])

    def tap(self) -> None:
        """What comes next is asked for at once."""
        if self.person.token == NEWCOMERS:
            self.person.tap_data(*self.button(":housing"))
        else:
            self.person.tap("Ich mache mit")
            self.person.say("/help")

    def happens(self, row: Row, method: str) -> None:
        row.order(self.api.faults, self.person.token, method, self.person.chat)
        first, then = COMMANDS[self.person.token]
        self.person.say(first)
        if row.slowly:
            self.wait_for(self.refusals)
            time.sleep(1)
        self.person.say(then)

    def refusals(self) -> list[int | None]:
        calls = self.api.calls(self.person.token, SEND)
        mine = [call for call in calls if str(call.params.get("chat_id")) == str(self.person.chat)]
        return [call.status for call in mine if call.status not in {None, 200}]

    def settled(self, before: int, last: str) -> list[str]:
        """What is new, once the last of it is there."""
        self.wait_for(lambda: last in self.reads()[before:])
        return self.reads()[before:]

    def reads(self) -> list[str]:
        """Everybody is called the same; in the team they get a number that says nothing here."""
        return [re.sub(r"Nour \d+", "Nour", text) for text in self.person.reads()]

    def button(self, ending: str) -> tuple[int, str]:
        found = found_button(self.person.sees(), ending)
        assert found is not None
        return found

    def wait_for(self, look: Callable[[], object]) -> None:
        until = time.monotonic() + PATIENCE
        while not look():
            assert time.monotonic() < until, self.reads()
            time.sleep(0.2)


@pytest.fixture(scope="module")
def outcomes(
    bot_api_process: BotApi, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[tuple[str, str, str], Seen]]:
    """Everything happens at once, each to somebody else, in one life of the process."""
    api = bot_api_process
    api.forget()
    bots = Bots(folder=tmp_path_factory.mktemp("faults") / "bots", telegram=api.address)
    scenes = {case: Scene(api, api.person(case[0], language="en"), start_of(bots, case)) for case in CASES}
    calm = {token: Scene(api, api.person(token, language="en"), start_of(bots, (token,))) for token in NAMES}
    try:
        bots.start()
        texts = {token: scene.quiet() for token, scene in calm.items()}
        with ThreadPoolExecutor(len(scenes)) as threads:
            found = {case: threads.submit(played, scene, case, texts) for case, scene in scenes.items()}
            yield {case: outcome.result() for case, outcome in found.items()}
        assert bots.stop() == 0
        assert '"error"' not in bots.logs
    finally:
        bots.away()


def start_of(bots: Bots, what: Sequence[str]) -> str:
    if what[0] == NEWCOMERS:
        return "/start"
    secret = "-".join(what[1:]).replace(" ", "_") or "calm"
    return bots.invite_to_chat(Role.VOLUNTEER, f"to_{secret}")


def played(scene: Scene, case: tuple[str, str, str], texts: Mapping[str, Mapping[str, str]]) -> Seen:
    token, method, name = case
    if method == SEND:
        return scene.sending(SENDS[name])
    return scene.changing(EDITS[name], texts[token])


@pytest.mark.parametrize(
    ("token", "method", "name"),
    CASES,
    ids=[f"{NAMES[token]}, {method}: {name}" for token, method, name in CASES],
)
def test_what_comes_when(
    outcomes: Mapping[tuple[str, str, str], Seen], token: str, method: str, name: str
) -> None:
    """All that can come comes, in order; twice only what nobody can know to have come."""
    seen, texts = outcomes[token, method, name]
    assert seen == [texts[part] for part in ROWS[method][name].seen]
