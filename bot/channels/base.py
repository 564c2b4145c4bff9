"""What all channels share: how a failed sending is told, and cutting long texts; it knows no messenger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from dialogs.messages import CHOICE_ID_BYTES

LONGEST_BUBBLE = 4096
"""UTF-16 code units of one message, as Telegram counts."""

EMPTY = "…"
"""Stands for a message without a text, which no messenger takes."""


class DeliveryError(Exception):
    """Something could not be sent; only delivery and the channels know this error.

    `permanent`: trying again is no use. `unreachable`: nothing at all can be sent there. `retry_after`:
    seconds to wait, if the other side says so. `moved_to`: the address that is right from now on. `done`: it
    was sent all the same, under a reference that nobody knows; `unsure`: perhaps it was.
    """

    def __init__(
        self,
        reason: str = "",
        *,
        permanent: bool = False,
        unreachable: bool = False,
        retry_after: float | None = None,
        moved_to: str | None = None,
        done: bool = False,
        unsure: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        """A kind of fault, without a word of what was sent or to whom."""
        self.permanent = permanent or unreachable
        self.unreachable = unreachable
        self.retry_after = retry_after
        self.moved_to = moved_to
        self.done = done
        self.unsure = unsure


UNCHANGED, NOT_THERE, NOBODY = "unchanged", "not there", "nobody there"
REFUSALS = {
    "message is not modified": UNCHANGED,
    "message to edit not found": NOT_THERE,
    "message can't be edited": NOT_THERE,
    "chat not found": NOBODY,
    "user is deactivated": NOBODY,
}
"""Why Telegram refuses something, by what it says."""


def refused(said: str) -> DeliveryError:
    """The error for something that Telegram refused with these words."""
    reason = next((REFUSALS[sign] for sign in REFUSALS if sign in said.lower()), "refused")
    return DeliveryError(reason, permanent=True, unreachable=reason == NOBODY)


def unread(answer: object) -> DeliveryError:
    """The error for an answer of status 200 that cannot be read: whoever says "ok" in it has done it."""
    done = isinstance(answer, dict) and answer.get("ok") is True
    return DeliveryError("unreadable answer", done=done, unsure=not done)


def is_changed(error: DeliveryError) -> bool:
    """After a change that failed: True if there was nothing to change, False if it has to be said anew.

    Raises:
        DeliveryError: it can be tried again; nobody sees whether a change was made once or twice.
    """
    if error.unreachable or not error.permanent:
        error.unsure = False
        raise error
    return error.reason == UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A button of a messenger: it sends `data` (at most 64 bytes) or opens `url`."""

    label: str
    data: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if len(self.data.encode()) > CHOICE_ID_BYTES:
            raise ValueError("a button's data has more than 64 bytes")


Keys = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One message of a messenger; without a text it keeps a place and is not sent.

    `replaces`: reference of the message whose place it takes, as long as that is there; `quotes`: of the one
    it answers; `letter`: somebody wrote it, and it counts as read when it is sent. `subject`: of a mail.
    """

    text: str
    keys: Keys = ()
    replaces: str = ""
    quotes: str = ""
    letter: bool = False
    subject: str = ""


def bubbles(first: Bubble) -> list[Bubble]:
    """The message in as many as its length needs; the buttons stand beneath the last."""
    parts = list(pieces(first.text, LONGEST_BUBBLE)) or [EMPTY]
    made = [
        replace(first, text=part, keys=()) if place == 0 else Bubble(text=part)
        for place, part in enumerate(parts)
    ]
    made[-1] = replace(made[-1], keys=first.keys, letter=first.letter)
    return made


class Sender(Protocol):
    """A channel as delivery sees it: a row's body is a number of messages, sent one after the other."""

    def messages(self, body: str) -> Sequence[Bubble]:
        """What is to be sent one by one; none if it is too late for it."""

    async def send(self, address: str, message: Bubble, edits: str | None) -> str | None:
        """Sends one message; the reference under which it can be changed, if it has one.

        `edits` is the reference of the message whose place it takes.

        Raises:
            DeliveryError: it was not sent.
        """


def units(text: str) -> int:
    """Length in UTF-16 code units, which messengers count."""
    return len(text.encode("utf-16-le")) // 2


def pieces(text: str, most: int) -> Iterator[str]:
    """The text in pieces of at most `most` units, cut between paragraphs, else lines, else words."""
    text = text.strip()
    while units(text) > most:
        cut = _cut(text, len(_fitting(text, most)))
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _fitting(text: str, most: int) -> str:
    encoded = text.encode("utf-16-le")[: most * 2]
    return encoded.decode(
        "utf-16-le", "ignore"
    )  # half a surrogate pair at the end is left for the next piece


def _cut(text: str, most: int) -> int:
    for border in ("\n\n", "\n", " "):
        place = text.rfind(border, 0, most + len(border))
        if place > 0:
            return place
    return most
