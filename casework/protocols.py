"""What is reported of a contact: codes alone; the person, the words and the case stay behind here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from casework.codes import must_be_codes
from casework.days import local_day, month_of

CONTACT_GAP = timedelta(hours=4)  # silence after which the next message begins a new contact
MOST_TOPICS = 5
_LONGEST_TURN = timedelta(minutes=3)  # a pause longer than this was not spent on the contact


class Target(StrEnum):
    NEWCOMER = "newcomer"
    POPULATION = "population"
    ADMINISTRATION = "administration"
    POLITICS = "politics"
    VOLUNTEER = "volunteer"


class Kind(StrEnum):
    """From the plainest to the weightiest: a contact is reported as the weightiest thing in it."""

    INFORMATION = "information"
    NEEDS_CAPTURE = "needs_capture"
    RELAY = "relay"
    HANDOVER = "handover"
    EMERGENCY = "emergency"


class Outcome(StrEnum):
    """From the least to the most that came of it: the most is reported."""

    ONLY_INFORMATION = "only_information"
    STOPPED = "stopped"
    GAP = "gap"
    OFFERS_SHOWN = "offers_shown"
    FINISHED = "finished"
    ANSWERED = "answered"
    HANDOVER = "handover"


class Minutes(StrEnum):
    UNDER_5 = "under_5"
    FROM_5 = "5_15"
    FROM_15 = "15_30"
    FROM_30 = "30_60"
    OVER_60 = "over_60"


class ContactRole(StrEnum):
    BOT = "bot"
    VOLUNTEER = "volunteer"
    GUIDE = "guide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact as it goes on: personal, and gone once its protocol is written.

    `account` is empty where the other side is no newcomer; `topics` are in the order they came up; `minutes`
    is what someone says it took (a call, a visit), and without it the length is estimated.
    """

    account: str
    channel: str
    language: str
    started_at: datetime
    last_at: datetime
    topics: tuple[str, ...] = ()
    kind: Kind = Kind.INFORMATION
    outcome: Outcome | None = None
    turns: int = 1
    role: ContactRole = ContactRole.BOT
    target: Target = Target.NEWCOMER
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactProtocol:
    """`month` as "2026-11"; `day` only if the target is no newcomer; `topics` sorted, up to MOST_TOPICS."""

    id: str
    month: str
    day: date | None
    channel: str
    target: Target
    language: str
    topics: tuple[str, ...]
    kind: Kind
    outcome: Outcome
    minutes: Minutes
    role: ContactRole

    def __post_init__(self) -> None:
        must_be_codes((self.channel, self.language, *self.topics))


def begun(account: str, channel: str, language: str, at: datetime) -> Contact:
    """A first message; a contact even if nothing follows: someone looked, and could read what there is."""
    return Contact(account=account, channel=channel, language=language, started_at=at, last_at=at)


def continued(
    contact: Contact,
    at: datetime,
    *,
    topics: Iterable[str] = (),
    kind: Kind | None = None,
    outcome: Outcome | None = None,
    role: ContactRole | None = None,
    language: str | None = None,
    turns: int = 1,
) -> Contact:
    """The contact after one more turn (`turns=0`: more about the last one); kind, outcome, role only rise."""
    return replace(
        contact,
        last_at=max(contact.last_at, at),
        topics=tuple(dict.fromkeys((*contact.topics, *topics))),
        kind=_weightier(Kind, contact.kind, kind),
        outcome=outcome if contact.outcome is None else _weightier(Outcome, contact.outcome, outcome),
        role=_weightier(ContactRole, contact.role, role),
        language=language or contact.language,
        turns=contact.turns + turns,
    )


def is_over(contact: Contact, now: datetime) -> bool:
    return now - contact.last_at >= CONTACT_GAP


def protocol_of(contact: Contact, random_id: str) -> ContactProtocol:
    """The protocol of an ended contact; its id is made for it alone, so that it leads back to nobody.

    With newcomers the day is left out and each need is told as its domain.
    """
    newcomer = contact.target is Target.NEWCOMER
    topics = (topic.partition(".")[0] if newcomer else topic for topic in contact.topics)
    return ContactProtocol(
        id=random_id,
        month=month_of(contact.started_at),
        day=None if newcomer else local_day(contact.started_at),
        channel=contact.channel,
        target=contact.target,
        language=contact.language,
        topics=tuple(sorted(tuple(dict.fromkeys(topics))[:MOST_TOPICS])),
        kind=contact.kind,
        outcome=contact.outcome or Outcome.ONLY_INFORMATION,
        minutes=_band(_minutes(contact)),
        role=contact.role,
    )


def _minutes(contact: Contact) -> float:
    if contact.minutes is not None:
        return contact.minutes
    spent = min(contact.last_at - contact.started_at, contact.turns * _LONGEST_TURN)
    return spent / timedelta(minutes=1)


def _band(minutes: float) -> Minutes:
    bounds = ((5, Minutes.UNDER_5), (15, Minutes.FROM_5), (30, Minutes.FROM_15), (60, Minutes.FROM_30))
    return next((band for bound, band in bounds if minutes < bound), Minutes.OVER_60)


_Code = TypeVar("_Code", bound=StrEnum)


def _weightier(order: type[_Code], one: _Code, other: _Code | None) -> _Code:
    if other is None:
        return one
    ranks = list(order)
    return max(one, other, key=ranks.index)
