"""What the engine may ask for, as a protocol; the application supplies it, the engine knows no catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from dialogs.conversation import Answers, Purpose
from dialogs.effects import Effect
from dialogs.messages import Args, Reply
from dialogs.questionnaire import Option, Questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Something to show before a question, and what showing it means."""

    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a text may mean; all may be empty.

    `needs`: codes, best first; `sure`: those of them that more than one weak word speaks for; `emergencies`:
    `emergency.*`, or `emergency` alone if nothing says of what kind; `human`: it asks for a person;
    `small_talk`: it is a greeting, thanks or farewell (so the codes) and nothing else. `deadline`: it speaks
    of a deadline or a threatening official letter. `doubt`: the first two needs are so close that the person
    should say which is meant.
    """

    needs: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    emergencies: tuple[str, ...] = ()
    human: bool = False
    small_talk: str = ""
    deadline: bool = False
    doubt: bool = False


class Script(Protocol):
    """The town's questionnaires, languages, choices and understanding."""

    @property
    def questionnaires(self) -> Mapping[str, Questionnaire]: ...

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages on offer, German among them."""
        ...

    @property
    def consent_versions(self) -> Mapping[Purpose, str]:
        """Version of the text that is agreed to, for each purpose."""
        ...

    def choices(self, name: str, answers: Answers) -> tuple[Option, ...]:
        """Choices by name, in order; empty if these answers leave none."""
        ...

    def contents(self, name: str, answers: Answers, language: str, now: datetime) -> Contents:
        """Content by name, such as the offers that fit these answers."""
        ...

    def understand(self, text: str, language: str) -> Meaning:
        """Needs, emergencies, the wish for a person or mere small talk in a text."""
        ...

    def text(self, key: str, language: str, args: Args | None = None) -> str:
        """A text as the person reads it."""
        ...

    def label(self, key: str, language: str, args: Args) -> str:
        """The same in the form in which it is compared with what they type."""
        ...

    def normalise(self, text: str, language: str) -> str:
        """One form for comparing texts."""
        ...
