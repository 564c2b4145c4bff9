"""Cases, contacts and protocols as tests need them: name what matters, the rest is ordinary."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from casework.cases import Case, Status
from casework.protocols import Contact, ContactProtocol, ContactRole, Kind, Minutes, Outcome, Target

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def make_case(status: Status = Status.OPEN, **fields: Any) -> Case:
    own: dict[Status, dict[str, Any]] = {
        Status.OPEN: {},
        Status.OWNED: {"owner": "guide-1"},
        Status.DONE: {"outcome": "answered"},
    }
    ordinary: dict[str, Any] = {
        "id": "case-1",
        "number": 1,
        "account": "account-1",
        "language": "ar",
        "needs": ("housing.search",),
        "urgency": None,
        "reason": "asked",
        "opened_at": MONDAY,
        "changed_at": MONDAY,
    }
    return Case(**{**ordinary, "status": status, **own[status], **fields})


def make_contact(**fields: Any) -> Contact:
    ordinary = Contact(
        account="account-1", channel="webchat", language="ar", started_at=MONDAY, last_at=MONDAY
    )
    return replace(ordinary, **fields)


def make_protocol(**fields: Any) -> ContactProtocol:
    ordinary = ContactProtocol(
        id="p",
        month="2026-11",
        day=None,
        channel="webchat",
        target=Target.NEWCOMER,
        language="ar",
        topics=("housing",),
        kind=Kind.INFORMATION,
        outcome=Outcome.OFFERS_SHOWN,
        minutes=Minutes.UNDER_5,
        role=ContactRole.BOT,
    )
    return replace(ordinary, **fields)
