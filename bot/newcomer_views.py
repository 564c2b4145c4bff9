"""What a newcomer sees after a turn; it is rendered after the commit, so that nobody waits for it."""

from dataclasses import dataclass
from datetime import datetime

from bot.rendering import WAY_ON, Button, Rendered, button, render
from bot.town_script import TownScript
from dialogs.conversation import Conversation, Owner
from dialogs.messages import Choice

ALWAYS = (
    Choice(id="/back", key="menu.back"),
    Choice(id="/human", key="menu.person"),
    Choice(id="/mydata", key="menu.mydata"),
    Choice(id="/delete", key="menu.delete"),
    Choice(id="/help", key="menu.help"),
    Choice(id="/emergency", key="menu.emergency"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """A relayed message as the newcomer sees it."""

    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a newcomer sees: what was shown last, the relayed messages, and what can always be tapped."""

    language: str
    direction: str
    owner: str
    rendered: tuple[Rendered, ...]
    letters: tuple[LetterView, ...]
    waiting: bool
    commands: tuple[Button, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What a message led to. `address` is the one to come back with; `kept` is False after an erasure."""

    view: View
    address: str
    kept: bool
    replies: tuple[Rendered, ...]
    """What is new; empty while a guide has the conversation."""


def view_of(
    script: TownScript, conversation: Conversation, letters: tuple[LetterView, ...], now: datetime
) -> View:
    """The conversation as it reads; after a long silence retention has left nothing of what was shown."""
    language, shown = conversation.language, conversation.shown or (WAY_ON,)
    return View(
        language=language,
        direction=script.wording.direction(language),
        owner=conversation.owner.value,
        rendered=render(script, shown, language, now),
        letters=letters,
        waiting=conversation.case is not None and conversation.owner is Owner.BOT,
        commands=tuple(button(script, choice, language) for choice in ALWAYS),
    )
