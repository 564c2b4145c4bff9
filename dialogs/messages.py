"""What a person sends and what is shown to them; it knows no channel and no wording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

TEXT_LENGTH = 2000
"""Characters that one message may have."""

CHOICE_ID_BYTES = 64
"""What Telegram allows as callback data; every channel keeps to it so that one transcript fits all."""

ArgValue: TypeAlias = str | int | tuple[str, ...]
"""A value put into a text. Strings have four forms: `@key` is a text key, `at:<ISO date-time>` a moment, what
stands behind `=` somebody wrote and is taken as it is, and so is all else. In a tuple each item is one of a
list; `@a|@b|@c` reads "a: b, c"."""

Args: TypeAlias = Mapping[str, ArgValue]


def verbatim(text: str) -> str:
    """What a person wrote, as an argument: never taken for a text key, a moment or several items."""
    return f"={text}"


class Media(StrEnum):
    """What a message can be besides text and a tap; nothing of it is fetched or kept."""

    VOICE = "voice"
    FILE = "file"
    TOO_LONG = "too_long"
    """A text longer than anybody may send: cut off might be just what matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message from a person: a text, a tap, or something of which only the kind is told."""

    id: str
    text: str | None = None
    choice: str | None = None
    media: Media | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to tap. Id: `run.question:choice` or a command (`/language ar`), at most 64 bytes."""

    id: str
    key: str
    args: Args = field(default_factory=dict)
    ticked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Something to show: a text key with its arguments and what can be tapped beneath it."""

    key: str
    args: Args = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
