"""The two sides of the desks as tests play them: a newcomer who types and taps, members who work."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.house import House
from bot.newcomer_desk import NewcomerDesk
from bot.newcomer_views import Received, View
from bot.rendering import Button, Rendered
from bot.team_desk import TeamDesk
from bot.team_entry import SignedIn, TeamEntry
from casework.team import Role
from dialogs.messages import Message
from storage.store import Store
from tests.doors import TOWN

T = TypeVar("T")

_NUMBERS = itertools.count(1)


@dataclass(slots=True)
class Newcomer:
    """Comes back with the address they were given; each message has an id of its own."""

    house: House
    language: str = "en"
    door: str = "webchat"
    address: str | None = None
    seen: tuple[Rendered, ...] = ()
    sent: Message = field(default_factory=lambda: Message(id="none"))

    def send(self, message: Message) -> Received:
        """The message as it is, also when it was sent before."""
        desk, self.sent = NewcomerDesk(self.house), message
        received = asyncio.run(desk.receive(TOWN, self.door, self.address, message, self.language))
        self.address = received.address if received.kept else None
        self.seen = received.view.rendered
        return received

    def says(self, text: str) -> Received:
        return self.send(Message(id=f"message-{next(_NUMBERS)}", text=text))

    def taps(self, ending: str) -> Received:
        """Taps the newest button whose id ends like this, such as "need:housing"."""
        found = [button.id for button in self.buttons if button.id.endswith(ending)]
        assert found, (ending, [button.id for button in self.buttons])
        return self.send(Message(id=f"message-{next(_NUMBERS)}", choice=found[-1]))

    def looks(self) -> View:
        return NewcomerDesk(self.house).look(TOWN, self.door, self.address, self.language)

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for reply in self.seen for button in reply.buttons)

    @property
    def keys(self) -> list[str]:
        return [reply.key for reply in self.seen]

    def names_a_need(self, domain: str = "housing", need: str = "housing.search") -> Received:
        """Two taps to the first offers."""
        self.says("/need")
        self.taps(f"need:{domain}")
        return self.taps(f"detail:{need}")

    def consents(self, domain: str = "housing", need: str = "housing.search") -> Received:
        """A need, no hurry, and yes to more questions and to keeping the answers."""
        self.names_a_need(domain, need)
        self.taps("urgency:has_time")
        self.taps("more:yes")
        return self.taps("consent:yes")

    def finishes(self, paper: str = "settlement") -> Received:
        """The questions that follow the consent, only town and paper answered."""
        self.taps("town:here")
        for question in ("age", "german", "household", "since"):
            self.taps(f"{question}:skip")
        self.taps(f"paper:{paper}")
        self.taps("barriers:skip")
        self.taps("review:right")
        return self.taps("contact:no")

    def asks_for_a_person(self) -> Received:
        self.says("/human")
        return self.taps("ask:yes")


@dataclass(slots=True)
class Worker:
    """A signed-in team member at the desk, without a password unless it matters."""

    house: House
    signed_in: SignedIn

    @property
    def desk(self) -> TeamDesk:
        return TeamDesk(self.house)

    def only_case(self) -> str:
        """The id of the one open case."""
        (line,) = asyncio.run(self.desk.queue(self.signed_in)).open
        return line.id

    def takes(self) -> str:
        """Takes the one open case; its id."""
        case = self.only_case()
        assert asyncio.run(self.desk.take(self.signed_in, case)).ok
        return case

    def writes(self, case: str, text: str, message_id: str = "w1") -> str:
        done = asyncio.run(self.desk.write(self.signed_in, case, text, message_id))
        return done.sentence


def joined(house: House, role: Role = Role.GUIDE, name: str = "Gül Aydın") -> Worker:
    """A new member of the town's team, signed in."""
    entry = TeamEntry(house, demo=True)
    token = asyncio.run(entry.invited(TOWN, role))
    session = asyncio.run(entry.enter(token, name, None))
    assert session is not None
    member = asyncio.run(entry.member(session))
    assert member is not None
    return Worker(house, member)


def stored(house: House, read: Callable[[Store], T]) -> T:
    """What a transaction of the town finds."""
    return house.writer.run(TOWN, read)


def counted(house: House, table: str) -> dict[tuple[str, ...], int]:
    """The table's figures of all months together."""
    figures: dict[tuple[str, ...], int] = {}
    for tally in stored(house, lambda store: store.tallies.rows(table)):
        figures[tally.cell.keys] = figures.get(tally.cell.keys, 0) + tally.count
    return figures


def rows(house: House) -> dict[str, int]:
    """How many rows each table has, whosever; empty ones left out."""
    from sqlalchemy import func, select

    from storage.tables import metadata

    def count(store: Store) -> dict[str, int]:
        connection = store._in.connection
        found = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
        return {name: n for name, n in found.items() if n}

    return stored(house, count)
