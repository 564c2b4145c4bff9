"""What became of a need for which the town has no offer; how often it was missing the tallies count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.codes import must_be_codes

LONGEST_NOTE = 400  # characters: two or three sentences


class Decision(StrEnum):
    OWN_MEASURE = "own_measure"
    VOLUNTEERS = "volunteers"
    FOUND = "found"
    NOTHING_YET = "nothing_yet"


DECISIONS: Mapping[Decision, str] = {
    Decision.OWN_MEASURE: "eigene Maßnahme geplant",
    Decision.VOLUNTEERS: "Aufruf an Ehrenamtliche",
    Decision.FOUND: "Angebot gefunden",
    Decision.NOTHING_YET: "noch nichts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GapStep:
    """One decision about a need. `by` is a role; `note` may be empty and names nobody."""

    need: str
    decision: Decision
    on: date
    by: str
    note: str = ""

    def __post_init__(self) -> None:
        must_be_codes((self.need, self.by))
        if len(self.note) > LONGEST_NOTE:
            raise ValueError(f"a note has at most {LONGEST_NOTE} characters")
