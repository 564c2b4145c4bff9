"""Retention: deletes what casework's rules say is due; it sets no period of its own."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import Column, ColumnElement, Table, delete, func, select, update

from casework.cases import Status
from casework.protocols import protocol_of
from casework.retention import RULES, CountedFrom, Rule
from casework.tallies import cells_for_contact
from dialogs.conversation import Conversation
from storage.contacts import Contacts
from storage.conversations import Conversations
from storage.erasure import erase
from storage.protocols import Protocols
from storage.tables import catalogue, checking, metadata, outbox, planning, record, team, vault
from storage.tables.casework import cases, conversations, letters
from storage.tallies import Tallies
from storage.transaction import Repository, Transaction, new_id

FAREWELL = timedelta(hours=24)  # a last word that could not be delivered by then is not worth its address
WAY_BACK_CHANNELS = ("phone", "mail")  # addresses given to be called back, not to chat

_C = CountedFrom

_OWN_TIME: Mapping[tuple[str, CountedFrom], ColumnElement[datetime]] = {
    ("resume_tries", _C.CREATED): vault.resume_tries.c.at,
    ("erasures", _C.CREATED): vault.erasures.c.at,
    ("letters", _C.CREATED): letters.c.at,
    ("members", _C.LEFT): team.members.c.revoked_at,
    ("invitations", _C.CREATED): team.invitations.c.made_at,
    ("sessions", _C.LAST_USED): team.sessions.c.seen_at,
    ("audit", _C.CREATED): team.audit.c.at,
    ("updates", _C.CREATED): record.updates.c.at,
    ("outbox", _C.FAILED): outbox.outbox.c.settled_at,
    ("appointments", _C.TOOK_PLACE): planning.appointments.c.starts_at,
    ("reminders", _C.CREATED): planning.reminders.c.at,
    ("offer_drafts", _C.LAST_USED): catalogue.offer_drafts.c.at,
    ("offer_questions", _C.CREATED): checking.offer_questions.c.asked_at,
}

# of these only what somebody wrote goes, and the row stays: when it was written, and the text
_WORDS: Mapping[tuple[str, CountedFrom], tuple[ColumnElement[datetime], Column[str]]] = {
    ("offer_checks", _C.CREATED): (checking.offer_checks.c.at, checking.offer_checks.c.found),
    ("gap_steps", _C.CREATED): (checking.gap_steps.c.at, checking.gap_steps.c.note),
}

_Ids: TypeAlias = Collection[str]


class Retention(Repository):
    __slots__ = ()

    def apply(self, now: datetime) -> Mapping[str, int]:
        """Let go what is due by any rule; how many rows of each table, zeros left out. Once a day will do."""
        # all that is due is found first: cases that go must not hide what else counts from their closing
        due = [
            (rule, _DUE[rule.counted_from](self._in, rule, now)) for rule in RULES if rule.keep is not None
        ]
        gone: dict[str, int] = {}
        # a contact leaves its protocol before the account it is about may go
        for rule, accounts in sorted(due, key=lambda found: found[0].table != "contacts"):
            count = _drop(self._in, rule, accounts, now)
            gone[rule.table] = gone.get(rule.table, 0) + count
        gone["outbox"] = gone.get("outbox", 0) + _drop_late_farewells(self._in, now)
        return {table: count for table, count in gone.items() if count}


def _drop(within: Transaction, rule: Rule, accounts: _Ids, now: datetime) -> int:
    words = _WORDS.get((rule.table, rule.counted_from))
    if words is not None:
        return _drop_words(within, *words, _before(rule, now))
    own_time = _OWN_TIME.get((rule.table, rule.counted_from))
    if own_time is not None:
        return _drop_by_own_time(within, own_time, _before(rule, now))
    if rule.table == "accounts":
        return sum(erase(within, account, now) for account in accounts)
    if rule.table == "conversations":
        return sum(_strip(within, rule, account) for account in accounts)
    if rule.table == "contacts":
        return _end_contacts(within, _before(rule, now))
    table = _tables()[rule.table]
    theirs = within.of_town(table) & table.c.account.in_(accounts)
    if rule.table == "addresses":
        theirs &= table.c.channel.in_(WAY_BACK_CHANNELS)
    return within.changed(delete(table).where(theirs))


def _drop_by_own_time(within: Transaction, own_time: ColumnElement[datetime], before: datetime) -> int:
    table = own_time.table
    return within.changed(delete(table).where(within.of_town(table), own_time <= before))


def _drop_words(
    within: Transaction, own_time: ColumnElement[datetime], words: Column[str], before: datetime
) -> int:
    table = words.table
    written = within.of_town(table) & (own_time <= before) & (words != "")
    return within.changed(update(table).where(written).values({words: ""}))


def _strip(within: Transaction, rule: Rule, account: str) -> bool:
    """Take out of a conversation what is due; language and consents stay as long as the account."""
    repository = Conversations(within)
    conversation = repository.load(account)
    if conversation is None:
        return False
    if rule.counted_from is _C.LAST_ANSWER:
        kept = replace(conversation, runs=(), shown=())
    else:
        kept = Conversation(language=conversation.language, consents=conversation.consents)
    saved = select(conversations.c.saved_at).where(within.of_town(conversations, account=account))
    repository.save(account, kept, within.execute(saved).scalar_one())
    return kept != conversation


def _end_contacts(within: Transaction, before: datetime) -> int:
    """A contact does not just vanish: its protocol and its figures are what remains of it."""
    repository = Contacts(within)
    ended = repository.due(before)
    for contact in ended:
        protocol = protocol_of(contact, new_id())
        Protocols(within).add(protocol)
        Tallies(within).add(cells_for_contact(protocol))
        repository.close(contact.account)
    return len(ended)


def _drop_late_farewells(within: Transaction, now: datetime) -> int:
    table = outbox.outbox
    late = table.c.account.is_(None) & (table.c.made_at <= now - FAREWELL)
    return within.changed(delete(table).where(within.of_town(table), late))


def _before(rule: Rule, now: datetime) -> datetime:
    assert rule.keep is not None  # noqa: S101 - rules without a period are left out above
    return now - rule.keep


def _nobody(_within: Transaction, _rule: Rule, _now: datetime) -> _Ids:
    return ()


def _guests_unseen(within: Transaction, rule: Rule, now: datetime) -> _Ids:
    return _seen_before(within, rule, now, vault.accounts.c.consents == 0)


def _consenting_unseen(within: Transaction, rule: Rule, now: datetime) -> _Ids:
    return _seen_before(within, rule, now, vault.accounts.c.consents > 0)


def _seen_before(within: Transaction, rule: Rule, now: datetime, kind: ColumnElement[bool]) -> _Ids:
    unseen = within.of_town(vault.accounts) & (vault.accounts.c.seen_at <= _before(rule, now))
    return within.execute(select(vault.accounts.c.id).where(unseen, kind)).scalars().all()


def _unfinished(within: Transaction, rule: Rule, now: datetime) -> _Ids:
    resting = within.of_town(conversations, unfinished=True) & (
        conversations.c.saved_at <= _before(rule, now)
    )
    return within.execute(select(conversations.c.account).where(resting)).scalars().all()


def _all_closed(within: Transaction, rule: Rule, now: datetime) -> _Ids:
    still_open = select(cases.c.account).where(within.of_town(cases), cases.c.status != Status.DONE)
    closed = (
        select(cases.c.account)
        .where(within.of_town(cases), cases.c.account.not_in(still_open))
        .group_by(cases.c.account)
        .having(func.max(cases.c.changed_at) <= _before(rule, now))
    )
    return within.execute(closed).scalars().all()


_DUE: Mapping[CountedFrom, Callable[[Transaction, Rule, datetime], _Ids]] = {
    _C.GUEST_SEEN: _guests_unseen,
    _C.LAST_CONTACT: _consenting_unseen,
    _C.LAST_ANSWER: _unfinished,
    _C.CASE_CLOSED: _all_closed,
    _C.CREATED: _nobody,
    _C.LAST_USED: _nobody,
    _C.LEFT: _nobody,
    _C.FAILED: _nobody,
    _C.TOOK_PLACE: _nobody,
}


def _tables() -> Mapping[str, Table]:
    return {table.name: table for table in metadata.sorted_tables}
