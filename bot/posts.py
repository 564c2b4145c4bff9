"""What one row of the outbox says to a newcomer: messages in order; how they look is the channel's matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs.conversation import Conversation
from dialogs.messages import Choice, Message, Reply
from storage.sealed import adapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message: a reply, or words of a guide as they are.

    `replaces`: reference of the message whose place it takes; `answer`: the question is shown with this
    answer and nothing more to tap.
    """

    reply: Reply | None = None
    letter: str = ""
    answer: Choice | None = None
    replaces: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """At least one part, in the person's language at that moment; after `until` it is of no use any more."""

    language: str
    parts: tuple[Part, ...]
    until: datetime | None = None

    def packed(self) -> str:
        """As it stands in the outbox."""
        body: bytes = adapter(Post).dump_json(self)
        return body.decode()

    @classmethod
    def unpacked(cls, body: str) -> "Post":
        """What was packed."""
        post: Post = adapter(Post).validate_json(body)
        return post


def parts_of(before: Conversation, message: Message, replies: Sequence[Reply], tapped: str) -> list[Part]:
    """The messages of a turn: the tapped question with its answer, then what is new.

    `tapped` is the reference of the message that was tapped. A question that comes back with other ticks
    takes its own place. Commands leave the message as it is: its other buttons still work.
    """
    asked, choice = _asked(before, message) if tapped else (None, None)
    if asked is None:
        return [Part(reply=reply) for reply in replies]
    if len(replies) == 1 and replies[0].key == asked.key:
        return [Part(reply=replies[0], replaces=tapped)]
    return [Part(reply=asked, answer=choice, replaces=tapped), *(Part(reply=reply) for reply in replies)]


def _asked(before: Conversation, message: Message) -> tuple[Reply | None, Choice | None]:
    if message.choice is None or message.choice.startswith("/"):
        return None, None
    shown = ((reply, choice) for reply in before.shown for choice in reply.choices)
    return next(((r, c) for r, c in shown if c.id == message.choice), (None, None))
