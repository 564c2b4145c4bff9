"""A store sees one town: each method is called in another with all it would need to reach the first."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from casework.cases import TransitionError
from casework.gap_steps import Decision, GapStep
from casework.tallies import cells_for_gap
from casework.team import Role
from casework.volunteers.reminders import Kind
from catalog.freshness import Check, Result
from storage import StorageError, Store
from storage.accounts import Account
from storage.reminders import SHIFT as SHIFTS
from storage.reminders import Coming
from storage.transaction import Repository
from tests.storage.builders import (
    CHANGE,
    NOW,
    OTHER_TOWN,
    PHONE,
    SOON,
    make_contact,
    make_conversation,
    make_entry,
    make_offer,
)
from tests.storage.conftest import Run
from tests.storage.there import LATER, SESSION, SHIFT, There, given_a_town


def _known(there: There) -> Account:
    return Account(id=there.account, created_at=NOW, seen_at=NOW, guest=False)


CHECK = Check(offer="cafe", version=1, on=NOW.date(), at=NOW, by="guide", result=Result.CLOSED)
STEP = GapStep(need="digital.bank", decision=Decision.FOUND, on=NOW.date(), by="guide")

REFUSED = object()
Call = Callable[[Store, There], Any]

# what each method answers in a town that has none of it; REFUSED: it raises
METHODS: Mapping[str, tuple[Call, Any]] = {
    "accounts.find": (lambda s, t: s.accounts.find("webchat", SESSION), None),
    "accounts.get": (lambda s, t: s.accounts.get(t.account), None),
    "accounts.create": (lambda s, t: s.accounts.create("webchat", SESSION, NOW).id == t.account, False),
    "accounts.add_address": (lambda s, t: s.accounts.add_address(t.account, "webchat", "mine"), REFUSED),
    "accounts.drop_address": (lambda s, t: s.accounts.drop_address("webchat", SESSION), False),
    "accounts.drop_others": (lambda s, t: s.accounts.drop_others(t.account, "webchat", "x"), 0),
    "accounts.addresses": (lambda s, t: s.accounts.addresses(t.account), ()),
    "accounts.mark_unreachable": (lambda s, t: s.accounts.mark_unreachable("webchat", SESSION, NOW), False),
    "accounts.move_address": (lambda s, t: s.accounts.move_address("webchat", SESSION, "x"), False),
    "accounts.touch": (lambda s, t: s.accounts.touch(_known(t), LATER), None),
    "accounts.erase": (lambda s, t: s.accounts.erase(t.account, NOW), False),
    "accounts.finish_erasures": (lambda s, t: s.accounts.finish_erasures(NOW), 0),
    "appointments.make": (
        lambda s, t: s.appointments.make(t.case, SOON, place="x", bring="", remind=True),
        REFUSED,
    ),
    "appointments.get": (lambda s, t: s.appointments.get(t.appointment), None),
    "appointments.of_case": (lambda s, t: s.appointments.of_case(t.case.id), ()),
    "appointments.cancel": (lambda s, t: s.appointments.cancel(t.appointment, NOW), False),
    "audit.add": (lambda s, t: s.audit.add(t.member, "case.read", t.case.id, NOW), None),
    "audit.of_case": (lambda s, t: s.audit.of_case(t.case.id), ()),
    "audit.of_member": (lambda s, t: s.audit.of_member(t.member, NOW), ()),
    "cases.open": (
        lambda s, t: s.cases.open(t.account, language="ar", needs=(), urgency=None, reason="asked", now=NOW),
        REFUSED,
    ),
    "cases.get": (lambda s, t: s.cases.get(t.case.id), None),
    "cases.by_number": (lambda s, t: s.cases.by_number(t.case.number), None),
    "cases.of_account": (lambda s, t: s.cases.of_account(t.account), None),
    "cases.queue": (lambda s, t: s.cases.queue(), ()),
    "cases.closed": (lambda s, t: s.cases.closed(NOW, 20), ()),
    "cases.owned": (lambda s, t: s.cases.owned(), ()),
    "cases.owned_by": (lambda s, t: s.cases.owned_by(t.member), ()),
    "cases.save": (lambda s, t: s.cases.save(t.case, before=t.case), REFUSED),
    "catalogue.version": (lambda s, t: s.catalogue.version(), 0),
    "catalogue.share": (lambda s, t: s.catalogue.share(["erlenfels"]), None),
    "catalogue.put_offers": (lambda s, t: s.catalogue.put_offers((make_offer("cafe"),), CHANGE), ("cafe",)),
    "catalogue.different": (lambda s, t: s.catalogue.different((make_offer("cafe"),)), ("cafe",)),
    "catalogue.withdraw": (lambda s, t: s.catalogue.withdraw("cafe", CHANGE), False),
    "catalogue.offers": (lambda s, t: s.catalogue.offers(), ()),
    "catalogue.entries": (lambda s, t: s.catalogue.entries(), ()),
    "catalogue.entry": (lambda s, t: s.catalogue.entry("cafe"), None),
    "catalogue.own_offers": (lambda s, t: s.catalogue.own_offers(), ()),
    "catalogue.history": (lambda s, t: s.catalogue.history("cafe"), ()),
    "catalogue.touch": (lambda s, t: s.catalogue.touch(), None),
    "catalogue.get": (lambda s, t: s.catalogue.get("cafe"), None),
    "catalogue.latest": (lambda s, t: s.catalogue.latest(), {}),
    "checks.add": (lambda s, t: s.checks.add(CHECK), None),
    "checks.of_offer": (lambda s, t: s.checks.of_offer("cafe"), ()),
    "checks.newest": (lambda s, t: s.checks.newest(), {}),
    "checks.confirmed": (lambda s, t: s.checks.confirmed(), {}),
    "checks.visits": (lambda s, t: s.checks.visits(), ()),
    "contacts.current": (lambda s, t: s.contacts.current(t.account), None),
    "contacts.save": (lambda s, t: s.contacts.save(make_contact(t.account)), REFUSED),
    "contacts.due": (lambda s, t: s.contacts.due(LATER), ()),
    "contacts.close": (lambda s, t: s.contacts.close(t.account), False),
    "conversations.load": (lambda s, t: s.conversations.load(t.account), None),
    "conversations.save": (lambda s, t: s.conversations.save(t.account, make_conversation(), NOW), REFUSED),
    "conversations.consents": (lambda s, t: s.conversations.consents(t.account), ()),
    "gap_steps.add": (lambda s, t: s.gap_steps.add(STEP, NOW), None),
    "gap_steps.all": (lambda s, t: s.gap_steps.all(), ()),
    "ledger.add": (lambda s, t: s.ledger.add(make_entry(t.person)), REFUSED),
    "ledger.of_person": (lambda s, t: s.ledger.of_person(t.person), REFUSED),
    "letters.add": (
        lambda s, t: s.letters.add(t.case.id, t.account, author="guide", text="x", language="de", at=NOW),
        REFUSED,
    ),
    "letters.of_case": (lambda s, t: s.letters.of_case(t.case.id), ()),
    "letters.mark_picked_up": (lambda s, t: s.letters.mark_picked_up(t.account, NOW), 0),
    "letters.mark_read": (lambda s, t: s.letters.mark_read(t.case.id, NOW), 0),
    "letters.mark_each_read": (lambda s, t: s.letters.mark_each_read([t.letter], NOW), 0),
    "letters.new_of_case": (lambda s, t: s.letters.new_of_case(t.case.id), ()),
    "letters.unread": (lambda s, t: s.letters.unread(t.case.id), 0),
    "letters.not_picked_up": (lambda s, t: s.letters.not_picked_up(LATER), ()),
    "member_addresses.put": (lambda s, t: s.member_addresses.put(t.member, "mail", "a@b", NOW), None),
    "member_addresses.at": (lambda s, t: s.member_addresses.at("team_telegram", PHONE), None),
    "member_addresses.of_member": (lambda s, t: s.member_addresses.of_member(t.member), ()),
    "member_addresses.of_roles": (lambda s, t: s.member_addresses.of_roles(Role), ()),
    "member_addresses.write_to": (lambda s, t: s.member_addresses.write_to("mail", PHONE, None), None),
    "member_addresses.mark_unreachable": (
        lambda s, t: s.member_addresses.mark_unreachable("team_telegram", PHONE, NOW),
        False,
    ),
    "member_addresses.waiting": (lambda s, t: s.member_addresses.waiting("telegram", PHONE, NOW), ()),
    "member_addresses.move": (lambda s, t: s.member_addresses.move("team_telegram", PHONE, "x", NOW), False),
    "member_addresses.drop": (lambda s, t: s.member_addresses.drop(t.member, "team_telegram"), False),
    "offer_drafts.put": (
        lambda s, t: s.offer_drafts.put(make_offer("cafe", note="x"), CHANGE, based_on=1),
        None,
    ),
    "offer_drafts.get": (lambda s, t: s.offer_drafts.get("cafe"), None),
    "offer_drafts.all": (lambda s, t: s.offer_drafts.all(), ()),
    "offer_drafts.drop": (lambda s, t: s.offer_drafts.drop("cafe"), False),
    "outbox.add": (lambda s, t: s.outbox.add(t.account, "telegram", PHONE, "x", NOW), REFUSED),
    "outbox.lane": (lambda s, t: s.outbox.lane("telegram", PHONE) == t.lane, False),
    "outbox.release": (lambda s, t: s.outbox.release([t.row.id]), None),
    "outbox.release_all": (lambda s, t: s.outbox.release_all(), None),
    "outbox.mark_part": (lambda s, t: s.outbox.mark_part(t.row.id, 1, NOW), None),
    "outbox.give_up": (lambda s, t: s.outbox.give_up("telegram", PHONE, NOW), 0),
    "outbox.readdress": (lambda s, t: s.outbox.readdress("telegram", PHONE, "x"), None),
    "outbox.sent_about": (lambda s, t: s.outbox.sent_about("case:1"), ()),
    "outbox.sent_for": (lambda s, t: s.outbox.sent_for(t.account), ()),
    "outbox.subject_of": (lambda s, t: s.outbox.subject_of("telegram", PHONE, "ref"), None),
    "outbox.readable": (lambda s, t: list(s.outbox.readable([], NOW)), []),
    "outbox.lease": (lambda s, t: s.outbox.lease(LATER), ()),
    "outbox.mark_sent": (lambda s, t: s.outbox.mark_sent(t.row, NOW), None),
    "outbox.mark_failed": (lambda s, t: s.outbox.mark_failed(t.row.id, NOW, retry_at=None), None),
    "outbox.waiting_since": (lambda s, t: s.outbox.waiting_since(LATER), 0),
    "outbox.failed_for": (lambda s, t: s.outbox.failed_for(t.account), 0),
    "persons.self_of": (lambda s, t: s.persons.self_of(t.account, NOW), REFUSED),
    "persons.account_of": (lambda s, t: s.persons.account_of(t.person), None),
    "protocols.add": (lambda s, t: None, None),
    "protocols.all": (lambda s, t: s.protocols.all(), ()),
    "questions.ask": (lambda s, t: s.questions.ask("cafe", "2026-Q4", NOW), True),
    "questions.get": (lambda s, t: s.questions.get("cafe", "2026-Q4"), None),
    "questions.asked_since": (lambda s, t: s.questions.asked_since(NOW), frozenset()),
    "questions.answer": (
        lambda s, t: s.questions.answer("cafe", "2026-Q4", Result.RIGHT, "x", NOW),
        False,
    ),
    "questions.waiting": (lambda s, t: s.questions.waiting(), ()),
    "questions.settle": (lambda s, t: s.questions.settle("cafe", "2026-Q4", NOW), False),
    "reminders.coming": (lambda s, t: s.reminders.coming(NOW, LATER), ()),
    "reminders.mark": (
        lambda s, t: s.reminders.mark(
            Coming(what=SHIFTS, about=t.shift, whom=t.member, starts_at=SOON), Kind.DAY, NOW
        ),
        True,
    ),
    "resume.issue": (lambda s, t: s.resume.issue(t.account, NOW), REFUSED),
    "resume.redeem": (lambda s, t: s.resume.redeem(t.code, NOW, "here"), None),
    "retention.apply": (lambda s, t: s.retention.apply(NOW + timedelta(days=2000)), {}),
    "sessions.open": (lambda s, t: s.sessions.open("cookie", t.member, NOW), None),
    "sessions.member": (lambda s, t: s.sessions.member("cookie", NOW), None),
    "sessions.end": (lambda s, t: s.sessions.end("cookie"), None),
    "shifts.add": (lambda s, t: s.shifts.add(*SHIFT).id == t.shift, False),
    "shifts.get": (lambda s, t: s.shifts.get(t.shift), None),
    "shifts.find": (lambda s, t: s.shifts.find(*SHIFT), None),
    "shifts.assign": (lambda s, t: s.shifts.assign(t.shift, t.member, NOW), True),
    "shifts.since": (lambda s, t: s.shifts.since(NOW), ()),
    "shifts.members_of": (lambda s, t: s.shifts.members_of(t.shift), ()),
    "shifts.of_member": (lambda s, t: s.shifts.of_member(t.member, NOW - timedelta(days=9)), ()),
    "shifts.cancel": (lambda s, t: s.shifts.cancel(t.shift, NOW), False),
    "tallies.add_once": (
        lambda s, t: s.tallies.add_once(t.account, cells_for_gap(NOW, "housing.search")[0]),
        REFUSED,
    ),
    "tallies.add": (lambda s, t: s.tallies.add(cells_for_gap(NOW, "housing.search")), None),
    "tallies.move": (lambda s, t: s.tallies.move({cells_for_gap(NOW, "housing.search")[0]: -1}), None),
    "tallies.correct": (lambda s, t: s.tallies.correct(t.account, "capture", ()), REFUSED),
    "tallies.rows": (lambda s, t: s.tallies.rows("gaps"), ()),
    "team.invite": (lambda s, t: s.team.invite(Role.GUIDE, "open", NOW).member, None),
    "team.invitation": (lambda s, t: s.team.invitation("open", NOW), None),
    "team.redeem": (lambda s, t: s.team.redeem("open", "Eve", "hash", NOW), None),
    "team.member": (lambda s, t: s.team.member(t.member), None),
    "team.member_by_name": (lambda s, t: s.team.member_by_name("Ada"), None),
    "team.members": (lambda s, t: s.team.members(), ()),
    "team.credentials": (lambda s, t: s.team.credentials("Ada"), None),
    "team.set_password": (lambda s, t: s.team.set_password(t.member, "evil"), None),
    "team.revoke": (lambda s, t: s.team.revoke(t.member, NOW), False),
    "updates.first_time": (lambda s, t: s.updates.first_time("webchat", "1", NOW), True),
    "updates.seen": (lambda s, t: s.updates.seen("webchat", "1"), False),
    "updates.forget": (lambda s, t: s.updates.forget("webchat", ""), 0),
}


def repositories(store: Store) -> dict[str, Repository]:
    found = {name: getattr(store, name) for name in dir(store) if not name.startswith("_")}
    return {name: value for name, value in found.items() if isinstance(value, Repository)}


def look_around(store: Store, there: There) -> object:
    """Everything that can be seen of the town from within."""
    known = (
        store.accounts.get(there.account),
        store.accounts.find("webchat", SESSION),
        store.accounts.addresses(there.account),
        store.conversations.load(there.account),
        store.cases.get(there.case.id),
        store.letters.of_case(there.case.id),
        store.cases.closed(NOW, 20),
        store.contacts.current(there.account),
        store.ledger.of_person(there.person),
        store.catalogue.offers(),
        store.catalogue.version(),
        store.offer_drafts.all(),
        store.team.members(),
        store.team.credentials("Ada"),
        store.team.invitation("open", NOW),
        store.sessions.member("cookie", NOW),
        store.audit.of_case(there.case.id),
        store.tallies.rows("gaps"),
        store.protocols.all(),
        store.outbox.waiting_since(LATER),
        store.member_addresses.at("team_telegram", PHONE),
        store.shifts.since(NOW),
        store.appointments.of_case(there.case.id),
        store.reminders.coming(NOW, LATER),
        store.checks.of_offer("cafe"),
        store.questions.waiting(),
        store.gap_steps.all(),
    )
    assert None not in known
    return known


def test_every_method_of_every_repository_is_tried_here(run: Run) -> None:
    def names(store: Store) -> set[str]:
        return {
            f"{name}.{method}"
            for name, repository in repositories(store).items()
            for method in dir(repository)
            if not method.startswith("_")
        }

    assert run(names) == set(METHODS)


@pytest.mark.parametrize("method", METHODS)
def test_a_town_sees_and_changes_nothing_of_another(run: Run, method: str) -> None:
    call, expected = METHODS[method]
    there = run(given_a_town)
    before = run(lambda store: look_around(store, there))
    if expected is REFUSED:
        with pytest.raises((StorageError, TransitionError)):
            run(lambda store: call(store, there), town=OTHER_TOWN)
    else:
        assert run(lambda store: call(store, there), town=OTHER_TOWN) == expected
    assert run(lambda store: look_around(store, there)) == before
