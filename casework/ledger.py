"""What became of one person's need, step by step; reports count tallies, never these entries."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    NAMED = "named"
    OFFERED = "offered"
    REFERRED = "referred"
    ATTENDED = "attended"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One step; no `offer` only where the need was named, or stopped before any; `reason` only if stopped."""

    person: str
    need: str
    offer: str | None = None
    step: Step
    at: datetime
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.step is Step.NAMED and self.offer is not None:
            raise ValueError("A need is named before there is an offer for it.")
        if self.offer is None and self.step not in (Step.NAMED, Step.STOPPED):
            raise ValueError(f"The step {self.step} needs an offer.")
        if self.reason is not None and self.step is not Step.STOPPED:
            raise ValueError(f"A reason belongs to a stop, not to the step {self.step}.")


def identity(entry: Entry) -> tuple[str, str, str | None, Step]:
    """What makes two entries the same step: told twice, it is counted once."""
    return entry.person, entry.need, entry.offer, entry.step
