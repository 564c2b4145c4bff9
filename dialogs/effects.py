"""What should be done after a turn, as values; the newcomer's desk carries them out."""

from dataclasses import dataclass
from typing import TypeAlias

from dialogs.conversation import Answers, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedNamed:
    """Someone said what they need (codes of the taxonomy, at least one)."""

    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersShown:
    """These offers were shown for this need, best first."""

    need: str
    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFound:
    """The catalogue has nothing for this need."""

    need: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanRequested:
    """A case is wanted in the guides' queue. `reason`: asked, watch or not_understood."""

    needs: tuple[str, ...]
    urgency: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDescribed:
    """What the open case is about is known better: all needs named by now, and how urgent it is."""

    needs: tuple[str, ...]
    urgency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencySeen:
    """An emergency card was shown. `kind`: a need code, `emergency.medical`; `emergency` for the button."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """Someone agreed; from now on the account may be kept for that purpose."""

    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRelayed:
    """Text meant for the guide of the open case."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaRefused:
    """What was sent did not reach the guide who has the conversation: `voice`, `file` or `too_long`."""

    media: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeFinished:
    """A run of the intake came to its end, with what is then known of the person."""

    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRequested:
    """Everything about this account is to be erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefused:
    """Someone wants information only; nothing is kept, only counted."""


Effect: TypeAlias = (
    NeedNamed
    | OffersShown
    | GapFound
    | HumanRequested
    | CaseDescribed
    | EmergencySeen
    | ConsentGiven
    | TextRelayed
    | MediaRefused
    | IntakeFinished
    | ErasureRequested
    | ConsentRefused
)
