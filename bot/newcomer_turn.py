"""What goes into a newcomer's turn and what it leaves behind, while it is in its transaction."""

from dataclasses import dataclass

from bot.doors import PUSHED
from bot.house import Town
from bot.newcomer_views import LetterView
from dialogs.conversation import Conversation
from dialogs.messages import Message, Reply
from storage.outbox import Outgoing

GUEST, KNOWN = "g", "k"
"""What a web address begins with before and after consent: with the first consent the address changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One message at a door.

    `fresh`: the address of someone who comes without one, or with one that leads nowhere (any more).
    `tapped`: reference of the message that was tapped, where messages have one. `start`: what a link carried.
    `late`: it has waited for us so long that an apology is due.
    """

    town: Town
    door: str
    address: str | None
    fresh: str
    message: Message
    language: str
    tapped: str = ""
    start: str = ""
    late: bool = False

    @property
    def pushed(self) -> bool:
        """Whether what is said is sent there, instead of being looked at."""
        return self.door in PUSHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    conversation: Conversation
    letters: tuple[LetterView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a turn saved; `address` is None after an erasure, `version` is the catalogue's; `outgoing` is what
    has to be sent."""

    conversation: Conversation
    replies: tuple[Reply, ...]
    letters: tuple[LetterView, ...]
    address: str | None
    fresh: str
    version: int
    outgoing: tuple[Outgoing, ...] = ()
