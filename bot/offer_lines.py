"""An entry of the catalogue as guides and its contact read it, in German; it decides nothing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.team import ROLE_LABELS, Member, Role
from catalog.freshness import CONTACT, Check, Result, State
from catalog.offer import Offer

RESULTS: Mapping[Result, str] = {
    Result.RIGHT: "stimmt",
    Result.CHANGED: "etwas hat sich geändert",
    Result.CLOSED: "gibt es nicht mehr",
}
STATES: Mapping[State, str] = {
    State.SHOWN: "",
    State.CALL_FIRST: "mit „bitte vorher anrufen“",
    State.HIDDEN: "wird nicht mehr gezeigt",
}
_HOURS = {
    "Tu": "Di",
    "We": "Mi",
    "Th": "Do",
    "Su": "So",
    "PH": "Feiertage",
    "SH": "Schulferien",
    "Mar": "Mär",
    "May": "Mai",
    "Oct": "Okt",
    "Dec": "Dez",
    "off": "geschlossen",
    "closed": "geschlossen",
    "-": "–",
    ",": ", ",
}
_WORD = re.compile(r'"[^"]*"|[A-Za-z]+|[-,]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One check as it is shown. `who` is a name with the role, or the role alone; `found` may be empty."""

    on: str
    who: str
    what: str
    visit: bool
    found: str


def german_day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def german_hours(text: str) -> str:
    """Opening hours as they are kept, with German names of days; quoted words stay as they are."""
    return _WORD.sub(lambda found: _HOURS.get(found[0], found[0]), text)


def address_of(offer: Offer) -> str:
    """Street and town on one line; empty if there is none, or if it must stay unknown."""
    address = offer.address
    if address is None or offer.address_secret:
        return ""
    return f"{address.address_1}, {address.postal_code} {address.city}"


def tel_of(offer: Offer) -> str:
    """The number as a link dials it."""
    return f"tel:{offer.phone.replace(' ', '')}" if offer.phone else ""


def seen(check: Check, team: Mapping[str, Member]) -> Seen:
    """`team`: everybody whose name is still known, by id."""
    return Seen(
        on=german_day(check.on),
        who=who_checked(check, team),
        what=RESULTS[check.result],
        visit=check.visit,
        found=check.found,
    )


def who_checked(check: Check, team: Mapping[str, Member]) -> str:
    """Name and role; the role alone when the name is gone. Whoever reads the offer's mail is its contact."""
    if check.by == CONTACT:
        return "Kontakt des Angebots"
    role = ROLE_LABELS[Role(check.by)] if check.by in set(Role) else check.by
    member = team.get(check.member or "")
    return f"{member.name} ({role})" if member is not None else role


def by_id(members: Iterable[Member]) -> dict[str, Member]:
    return {member.id: member for member in members}
