"""A town with something in every repository, and all that somebody elsewhere could know of it."""

from dataclasses import dataclass
from datetime import timedelta

from casework.cases import Case, Event, move
from casework.gap_steps import Decision, GapStep
from casework.tallies import cells_for_gap
from casework.team import Role
from catalog.freshness import Check, Result
from storage import Store
from storage.outbox import Outgoing
from tests.storage.builders import CHANGE, NOW, PHONE, SOON, given_someone, make_offer

SESSION = "token-of-a-session"
LATER = NOW + timedelta(days=1)
SHIFT = ("Sprachcafé", "Rathaus", SOON, LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """Ids and secrets of the other town, all of them known to the caller."""

    account: str
    person: str
    case: Case
    member: str
    code: str
    row: Outgoing
    lane: bytes
    shift: str
    appointment: str
    letter: str


def given_closed(store: Store, account: str) -> None:
    """A second case, taken and closed."""
    case = store.cases.open(account, language="ar", needs=(), urgency=None, reason="asked", now=NOW)
    for event, more in ((Event.TAKEN, {"owner": "ada"}), (Event.CLOSED, {"outcome": "answered"})):
        case = move(case, event, NOW, **more)
        store.cases.save(case)


def given_a_town(store: Store) -> There:
    account = given_someone(store, SESSION).id
    case = store.cases.of_account(account)
    assert case is not None
    given_closed(store, account)
    store.catalogue.put_offers((make_offer("cafe"),), CHANGE)
    store.offer_drafts.put(make_offer("cafe", phone="116 117"), CHANGE, based_on=1)
    store.team.invite(Role.GUIDE, "spent", NOW)
    member = store.team.redeem("spent", "Ada", "hash", NOW)
    assert member is not None
    store.team.invite(Role.GUIDE, "open", NOW)
    store.sessions.open("cookie", member.id, NOW)
    store.audit.add(member.id, "case.read", case.id, NOW)
    store.tallies.add(cells_for_gap(NOW, "housing.search"))
    store.updates.first_time("webchat", "1", NOW)
    row = store.outbox.add(account, "telegram", PHONE, "text", NOW, subject="case:1")
    store.member_addresses.put(member.id, "team_telegram", PHONE, NOW)
    store.checks.add(
        Check(offer="cafe", version=1, on=NOW.date(), at=NOW, by="guide", result=Result.RIGHT, visit=True)
    )
    store.questions.ask("cafe", "2026-Q4", NOW)
    store.questions.answer("cafe", "2026-Q4", Result.CHANGED, "moved", NOW)
    store.gap_steps.add(GapStep(need="a.b", decision=Decision.FOUND, on=NOW.date(), by="guide"), NOW)
    person = store.persons.self_of(account, NOW)
    shift = store.shifts.add(*SHIFT)
    store.shifts.assign(shift.id, member.id, NOW)
    (appointment,) = store.appointments.of_case(case.id)
    (letter,) = store.letters.of_case(case.id)
    return There(
        account=account,
        person=person,
        case=case,
        member=member.id,
        code=store.resume.issue(account, NOW),
        row=row,
        lane=store.outbox.lane("telegram", PHONE),
        shift=shift.id,
        appointment=appointment.id,
        letter=letter.id,
    )
