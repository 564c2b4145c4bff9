"""The state of one conversation as a value; how it changes is the engine's matter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from dialogs.messages import Reply

INTAKE = "intake"
ERASE = "erase"
HANDOVER = "handover"
PROMPTS = (HANDOVER, "resume", ERASE)
"""Questionnaires of one question that are put in front of whatever is going on, one at a time."""

ASKED, WATCH, NOT_UNDERSTOOD, TYPED = "asked", "watch", "not_understood", "typed"
EMERGENCIES = tuple(
    f"emergency.{kind}" for kind in ("medical", "violence", "suicide", "child", "danger", "no_shelter")
)
REASONS = ("", ASKED, WATCH, NOT_UNDERSTOOD, TYPED, *EMERGENCIES)
"""Why a run is there, where it matters: its place here is what a guest's button carries. An emergency is one
that was seen before a person was asked for."""

Answers: TypeAlias = Mapping[str, tuple[str, ...]]
"""Question id to chosen codes, in the order they were given. An empty tuple is a skipped question."""


class Owner(StrEnum):
    """Who answers the person: the bot, or a human guide while the bot keeps silent."""

    BOT = "bot"
    GUIDE = "guide"


class Purpose(StrEnum):
    """What someone has agreed to; each is asked by itself."""

    INTAKE = "intake"
    HANDOVER = "handover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """An agreement: to what, in which version of the text, when and in which language it was read."""

    purpose: Purpose
    version: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One pass through a questionnaire. The pending question is computed from the answers, never stored."""

    id: str
    questionnaire: str
    version: int
    answers: Answers = field(default_factory=dict)
    draft: tuple[str, ...] = ()
    """Ticks of the pending multiple choice, not yet confirmed."""
    given: tuple[str, ...] = ()
    """Ids of the answers given in this run, oldest first; the others were known. `back` takes the last."""
    reason: str = ""
    """One of REASONS: why a prompt was put in front, or that an intake was filled in from text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Everything the engine needs to go on. Nothing here names the person."""

    language: str
    owner: Owner = Owner.BOT
    shown: tuple[Reply, ...] = ()
    runs: tuple[Run, ...] = ()
    """The run in front first; prompts are pushed in front of what they interrupt."""
    known: Answers = field(default_factory=dict)
    consents: tuple[Consent, ...] = ()
    case: int | None = None
    """Number of the open case, as people see it."""
    missed: int = 0
    """Messages in a row that were not understood."""
    heard_at: datetime | None = None

    @property
    def guest(self) -> bool:
        """True while nothing may be kept of this person but language and what was shown."""
        return not self.consents

    def agreed(self, purpose: Purpose) -> bool:
        """True if the person has agreed to `purpose`."""
        return purpose in [consent.purpose for consent in self.consents]
