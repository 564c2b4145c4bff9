"""What goes into a newcomer's turn and what it leaves behind, while it is in its transaction."""

from dataclasses import dataclass

from bot.house import Town
from bot.newcomer_views import LetterView
from dialogs.conversation import Conversation
from dialogs.messages import Message, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    town: Town
    door: str
    address: str | None
    fresh: str
    """The address of someone who comes without one, or with one that leads nowhere (any more)."""
    message: Message
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    conversation: Conversation
    letters: tuple[LetterView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a turn saved; `address` is None after an erasure, `version` is the catalogue's."""

    conversation: Conversation
    replies: tuple[Reply, ...]
    letters: tuple[LetterView, ...]
    address: str | None
    fresh: str
    version: int
