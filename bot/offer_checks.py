"""The use cases of keeping entries fresh: what is due, what is said to be wrong, and what is known of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.case_views import Done
from bot.check_steps import VisitWish, name_of, note_check, note_visit, result_of
from bot.house import House
from bot.known_offers import Known, known
from bot.offer_lines import (
    RESULTS,
    STATES,
    Seen,
    address_of,
    by_id,
    german_day,
    german_hours,
    seen,
    tel_of,
    who_checked,
)
from bot.team_entry import SignedIn
from casework.days import local_day
from casework.team import Member, allows
from catalog.freshness import Check, Due, right_on
from catalog.offer import Offer
from storage.catalogue import Latest
from storage.questions import Question
from storage.store import Store

LISTED_AT_MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is needed to ask whether an entry is right. `shared`: others keep it, this town only shows it."""

    id: str
    name: str
    organization: str
    phone: str
    tel: str
    email: str
    url: str
    hours: str
    address: str
    note: str
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """`last` says when it was last known to be right, and by whom if somebody looked."""

    entry: Entry
    last: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongLine:
    """Somebody has said that an entry is wrong. `quarter` is empty if it was one of the team.

    `gone`: the entry is shown no more, so that the answer has only to be settled.
    """

    entry: Entry
    what: str
    who: str
    on: str
    words: str = ""
    quarter: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckBoard:
    """`due`: the oldest first, at most LISTED_AT_MOST, with `more` after them. `asks`: contacts get mails."""

    due: tuple[DueLine, ...] = ()
    more: int = 0
    wrong: tuple[WrongLine, ...] = ()
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChecks:
    """All that is known of how fresh one entry is, checks and visits newest first."""

    entry: Entry
    last: str
    modified: str
    checks: tuple[Seen, ...]
    today: str


class OfferChecks:
    """For guides, their deputies and leads; everybody else, and who asks of another town, finds nothing."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def board(self, member: SignedIn) -> CheckBoard:
        """What is due and what is said to be wrong."""
        if not allows(member, "offer.check"):
            return CheckBoard()
        now, asks = self._house.clock(), self._house.towns[member.town].municipality.quarterly_question
        return await self._house.in_town(member.town, lambda store: board(store, now, asks=asks))

    async def of_offer(self, member: SignedIn, offer_id: str) -> EntryChecks | None:
        """None if the member's town has no such entry."""
        if not allows(member, "offer.check"):
            return None
        now = self._house.clock()
        return await self._house.in_town(member.town, lambda store: checks_of(store, offer_id, now))

    async def note(self, member: SignedIn, offer_id: str, code: str) -> Done:
        """Somebody has asked or looked; `code` is that of a Result."""
        now, result = self._house.clock(), result_of(code)
        return await self._house.in_town(
            member.town, lambda store: note_check(store, member, offer_id, result, now)
        )

    async def visit(self, member: SignedIn, offer_id: str, wish: VisitWish, form_id: str) -> Done:
        """Somebody was there."""
        now = self._house.clock()
        return await self._house.in_town(
            member.town, lambda store: note_visit(store, member, offer_id, wish, form_id, now)
        )

    async def settle(self, member: SignedIn, offer_id: str, quarter: str) -> Done:
        """The answer of an offer's contact has been dealt with; what they wrote is deleted."""
        now = self._house.clock()

        def work(store: Store) -> bool:
            return allows(member, "offer.check") and store.questions.settle(offer_id, quarter, now)

        if await self._house.in_town(member.town, work):
            return Done(ok=True, sentence="Erledigt. Was der Kontakt geschrieben hat, ist gelöscht.")
        return Done(ok=False, sentence="Das hat schon jemand erledigt.")


def board(store: Store, now: datetime, *, asks: bool) -> CheckBoard:
    """The town's list, read in one transaction."""
    all_, team, answers = known(store), by_id(store.team.members()), store.questions.waiting()
    found = all_.due(now)
    lines = tuple(_due_line(each, all_, team) for each in found[:LISTED_AT_MOST])
    answered = (_answer(each, _asked_about(store, each.offer, all_), all_) for each in answers)
    noted = (_noted(each, all_, team) for each in all_.wrong)
    return CheckBoard(due=lines, more=len(found) - len(lines), wrong=(*answered, *noted), asks=asks)


def checks_of(store: Store, offer_id: str, now: datetime) -> EntryChecks | None:
    """What is known of one entry."""
    offer = store.catalogue.get(offer_id)
    if offer is None:
        return None
    team, checks = by_id(store.team.members()), store.checks.of_offer(offer.id)
    latest = store.catalogue.latest()[offer.id]
    return EntryChecks(
        entry=entry(offer, latest),
        last=last_right(offer, store.checks.confirmed(), checks, team),
        modified=german_day(local_day(latest.at)),
        checks=tuple(seen(each, team) for each in checks),
        today=local_day(now).isoformat(),
    )


def entry(offer: Offer, latest: Latest) -> Entry:
    return Entry(
        id=offer.id,
        name=name_of(offer),
        organization=offer.organization,
        phone=offer.phone or "",
        tel=tel_of(offer),
        email=offer.email or "",
        url=offer.url or "",
        hours=german_hours(offer.opening_hours),
        address=address_of(offer),
        note=offer.note,
        shared=not latest.own,
    )


def last_right(
    offer: Offer, confirmed: Mapping[str, date], checks: Iterable[Check], team: Mapping[str, Member]
) -> str:
    """The day it was last known to be right, with who looked if a check says so."""
    day = right_on(offer, confirmed)
    right = (check for check in checks if check.on == day and check.result == "right")
    check = next(iter(right), None)
    return f"{german_day(day)}, {who_checked(check, team)}" if check is not None else german_day(day)


def _due_line(due: Due, all_: Known, team: Mapping[str, Member]) -> DueLine:
    check = all_.newest.get(due.offer.id)
    looked = [check] if check is not None else []
    return DueLine(
        entry=entry(due.offer, all_.latest[due.offer.id]),
        last=last_right(due.offer, {due.offer.id: due.right_on}, looked, team),
        state=STATES[due.state],
    )


def _asked_about(store: Store, offer_id: str, all_: Known) -> Entry:
    """Also of an entry that was withdrawn since: what its contact wrote must not lie there unread."""
    if offer_id in all_.offers:
        return entry(all_.offers[offer_id], all_.latest[offer_id])
    kept = store.catalogue.entry(offer_id)
    name, organization = (
        (name_of(kept.offer), kept.offer.organization) if kept is not None else (offer_id, "")
    )
    nothing = dict.fromkeys(("phone", "tel", "email", "url", "hours", "address", "note"), "")
    return Entry(id=offer_id, name=name, organization=organization, shared=False, **nothing)


def _answer(question: Question, about: Entry, all_: Known) -> WrongLine:
    assert question.result is not None  # noqa: S101 - only what is answered waits
    assert question.answered_at is not None  # noqa: S101
    return WrongLine(
        entry=about,
        what=RESULTS[question.result],
        who="Kontakt des Angebots",
        on=german_day(local_day(question.answered_at)),
        words=question.words,
        quarter=question.quarter,
        gone=question.offer not in all_.offers,
    )


def _noted(check: Check, all_: Known, team: Mapping[str, Member]) -> WrongLine:
    return WrongLine(
        entry=entry(all_.offers[check.offer], all_.latest[check.offer]),
        what=RESULTS[check.result],
        who=who_checked(check, team),
        on=german_day(check.on),
        words=check.found,
    )
