"""A newcomer's matter in a guide's hands and the only ways it may move; it holds no text and no name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from casework.days import IsWorkingDay, working_days_between

SILENT_AFTER = 3  # working days without a sign of the owner; then the case is everybody's again

OUTCOMES: Mapping[str, str] = {
    "answered": "Frage beantwortet",
    "referred": "An eine andere Stelle verwiesen",
    "appointment": "Termin vereinbart",
    "no_reply": "Keine Antwort mehr bekommen",
    "not_responsible": "Nicht zuständig",
}

# No longer to be chosen: it ended the case, while a colleague was thought to have it.
_FORMER_OUTCOMES: Mapping[str, str] = {"passed_on": "An eine Kollegin oder einen Kollegen übergeben"}

REASONS: Mapping[str, str] = {
    "asked": "hat nach einem Menschen gefragt",
    "watch": "Thema, das ein Mensch ansehen soll",
    "not_understood": "vom Bot dreimal nicht verstanden",
    "deadline": "es gibt ein Datum",
}

ALARM = "alarm"
"""Urgency of a case in which something dangerous was written; the intake's own codes come after it."""

# Urgency codes that go before everything else, in this order.
_DATED = "date_in_letter"
_FIRST = (ALARM, _DATED, "today")


class Status(StrEnum):
    OPEN = "open"
    OWNED = "owned"
    DONE = "done"


class Event(StrEnum):
    TAKEN = "taken"
    GIVEN_BACK = "given_back"
    CLOSED = "closed"
    OWNER_SILENT = "owner_silent"


TRANSITIONS: Mapping[tuple[Status, Event], Status] = {
    (Status.OPEN, Event.TAKEN): Status.OWNED,
    (Status.OWNED, Event.GIVEN_BACK): Status.OPEN,
    (Status.OWNED, Event.OWNER_SILENT): Status.OPEN,
    (Status.OWNED, Event.CLOSED): Status.DONE,
}


class TransitionError(ValueError):
    """A caller asked for a move that the table does not have, or came too late for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One matter of one account; an owner exactly while it is owned, an outcome exactly when it is done.

    `opened_at` is since when the person waits; `changed_at` is the last move or the last word of the owner,
    and so, when done, the closing.
    """

    id: str
    number: int
    account: str
    language: str
    needs: tuple[str, ...]
    urgency: str | None
    reason: str
    status: Status = Status.OPEN
    owner: str | None = None
    opened_at: datetime
    changed_at: datetime
    outcome: str | None = None
    declined_by: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if (self.owner is not None) != (self.status is Status.OWNED):
            raise TransitionError(f"A case that is {self.status} cannot have the owner {self.owner}.")
        if (self.outcome is not None) != (self.status is Status.DONE):
            raise TransitionError(f"A case that is {self.status} cannot have the outcome {self.outcome}.")


def move(
    case: Case, event: Event, at: datetime, *, owner: str | None = None, outcome: str | None = None
) -> Case:
    """The case after `event`; TAKEN needs `owner`, CLOSED an `outcome` of OUTCOMES, else neither is given.

    Raises:
        TransitionError: the table has no such row for the case's status, or `owner` or `outcome` do not fit.
    """
    status = TRANSITIONS.get((case.status, event))
    if status is None:
        raise TransitionError(f"A case that is {case.status} cannot be {event}.")
    if bool(owner) != (event is Event.TAKEN):
        raise TransitionError(f"{event}: an owner is named exactly when a case is taken.")
    if (outcome is not None) != (event is Event.CLOSED):
        raise TransitionError(f"{event}: an outcome is named exactly when a case is closed.")
    if outcome is not None and outcome not in OUTCOMES:
        raise TransitionError(f"{outcome!r} is no outcome; these are: {', '.join(OUTCOMES)}.")
    return replace(
        case,
        status=status,
        owner=owner or None,
        outcome=outcome,
        changed_at=at,
    )


def not_now(case: Case, member: str) -> Case:
    """The open case after `member` said "not now"; it stays in the queue, for them further down.

    Raises:
        TransitionError: the case is no longer open.
    """
    if case.status is not Status.OPEN:
        raise TransitionError(f"A case that is {case.status} cannot be declined.")
    return replace(case, declined_by=case.declined_by | {member})


def alarmed(case: Case, needs: tuple[str, ...]) -> Case:
    """The case after words that name these needs in danger: they come first, and it is urgent for everybody.

    Raises:
        TransitionError: the case is done.
    """
    if case.status is Status.DONE:
        raise TransitionError("A case that is done cannot become urgent.")
    known = tuple(need for need in case.needs if need not in needs)
    return replace(case, needs=(*needs, *known), urgency=ALARM, declined_by=frozenset())


def described(case: Case, needs: tuple[str, ...], urgency: str | None) -> Case:
    """The case after its person has said more: further needs come last, and an alarm stays one.

    Raises:
        TransitionError: the case is done.
    """
    if case.status is Status.DONE:
        raise TransitionError("A case that is done cannot be described anew.")
    more = tuple(need for need in needs if need not in case.needs)
    urgent = case.urgency if case.urgency == ALARM or urgency is None else urgency
    return replace(case, needs=(*case.needs, *more), urgency=urgent)


def owner_wrote(case: Case, at: datetime) -> Case:
    """The owned case after a sign of its owner, from which silence is counted anew.

    Raises:
        TransitionError: nobody owns the case.
    """
    if case.status is not Status.OWNED:
        raise TransitionError(f"A case that is {case.status} has no owner who could write.")
    return replace(case, changed_at=at)


def silent_since(case: Case, now: datetime, is_working_day: IsWorkingDay) -> datetime | None:
    """The owner's last sign if three whole working days have passed since, else None."""
    if case.status is not Status.OWNED:
        return None
    passed = working_days_between(case.changed_at, now, is_working_day, SILENT_AFTER)
    return case.changed_at if passed >= SILENT_AFTER else None


def outcome_label(case: Case) -> str:
    """How the case ended, in German, also if nobody can choose that any more; empty if it is not done."""
    return {**OUTCOMES, **_FORMER_OUTCOMES}.get(case.outcome or "", "")


def waited(case: Case, now: datetime) -> timedelta:
    return max(now - case.opened_at, timedelta(0))


def queue_order(case: Case, now: datetime) -> tuple[int, timedelta, int]:
    """Sort key: alarms, a date in a letter, today, to be watched, the rest; in each the longest wait."""
    if case.urgency in _FIRST:
        rank = _FIRST.index(case.urgency)
    elif case.reason == "deadline":
        rank = _FIRST.index(_DATED)
    else:
        rank = len(_FIRST) + (case.reason != "watch")
    return rank, -waited(case, now), case.number


def queue_order_for(case: Case, now: datetime, member: str) -> tuple[bool, int, timedelta, int]:
    """As queue_order, but what this member declined comes after all else; nothing is hidden from anyone."""
    return member in case.declined_by, *queue_order(case, now)
