"""Puts into the outbox what others must hear of what has just happened, in the same transaction."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from bot.doors import MAIL, PUSHED, TEAM
from bot.house import House, Town
from bot.posts import Part, Post
from bot.team_notes import (
    Note,
    erased,
    erased_too,
    offered_again,
    taken,
    taken_by_reader,
    urgent_elsewhere,
    urgent_now,
    waiting,
    yours_is_erased,
)
from casework.cases import Case
from casework.team import Member, Role, may
from storage.member_addresses import MemberAddress
from storage.outbox import Outgoing
from storage.store import Store

Channels = Collection[tuple[str, str]]
"""Town and channel of every way by which something can be sent."""

GUIDES = tuple(role for role in Role if may(role, "queue.read"))


def about(case: Case) -> str:
    """Subject of messages about a case: an answer to one of them goes to that case."""
    return f"case:{case.id}"


def offering(case: Case) -> str:
    """Subject of messages that offer an open case: they are changed when somebody takes it."""
    return f"open:{case.id}"


def case_in(subject: str | None) -> str | None:
    """Id of the case that such a subject names."""
    kind, _, case_id = (subject or "").partition(":")
    return case_id if kind in ("case", "open") and case_id else None


def tell_newcomer(
    house: House,
    store: Store,
    account_id: str,
    parts: Iterable[Part],
    now: datetime,
    *,
    until: datetime | None = None,
) -> bool:
    """Sends this to every messenger the account has; False if there is none: then they come and look.

    After `until` it is not sent any more.
    """
    parts = tuple(parts)
    conversation = store.conversations.load(account_id)
    if conversation is None or not parts:
        return False
    body, told = Post(language=conversation.language, parts=parts, until=until).packed(), False
    for way in store.accounts.addresses(account_id):
        open_way = way.channel in PUSHED and (store.town, way.channel) in house.channels
        if open_way and way.address is not None and not way.unreachable:
            store.outbox.add(account_id, way.channel, way.address, body, now)
            told = True
    return told


def tell_member(
    house: House,
    store: Store,
    member_id: str,
    note: Note,
    now: datetime,
    *,
    case: Case | None = None,
) -> bool:
    """Sends a note by the member's first way that is open; False if there is none.

    A note about a case goes with its account.
    """
    return tell_by(house.channels, store, member_id, note, now, case=case)


def tell_by(
    channels: Channels, store: Store, member_id: str, note: Note, now: datetime, *, case: Case | None = None
) -> bool:
    """As `tell_member`, where there is no house but the ways by which something can be sent."""
    for way in _first_ways(channels, store.town, store.member_addresses.of_member(member_id), note):
        account, subject = (case.account, about(case)) if case is not None else (None, None)
        store.outbox.add(account, way.channel, way.address, note.packed(), now, subject=subject)
        return True
    return False


def send_on(
    house: House, store: Store, member: Member, waiting: Iterable[tuple[Outgoing, str | None]], now: datetime
) -> None:
    """What a chat did not take any more goes by the member's next way, if a mailbox may hear of it."""
    ways = store.member_addresses.of_member(member.id)
    for row, subject in waiting:
        note = Note.unpacked(row.body)
        if note.mail and (note.until is None or now < note.until):
            for way in _first_ways(house.channels, store.town, ways, note):
                store.outbox.add(row.account, way.channel, way.address, row.body, now, subject=subject)


def offer_to_guides(
    house: House, store: Store, town: Town, case: Case, now: datetime, *, but: str | None = None
) -> None:
    """Tells everyone who may take it that the case waits; `but` is who gave it back."""
    _offer(house, store, case, waiting(town, case), now, but=but)


def offer_urgently(house: House, store: Store, town: Town, case: Case, now: datetime) -> None:
    """Tells them anew that the case waits, so that it rings; older offers only say that there is a newer."""
    older, ways = store.outbox.sent_about(offering(case)), _chats(store)
    _offer(house, store, case, urgent_now(town, case), now)
    for message in older:
        way = ways.get(message.lane)
        if way is not None:
            body = offered_again(case).packed()
            store.outbox.add(case.account, way.channel, way.address, body, now, edits=message.id)


def _offer(
    house: House, store: Store, case: Case, note: Note, now: datetime, *, but: str | None = None
) -> None:
    for way in _first_ways(house.channels, store.town, store.member_addresses.of_roles(GUIDES), note):
        if way.member.id != but:
            body, subject = note.packed(), offering(case)
            store.outbox.add(case.account, way.channel, way.address, body, now, subject=subject)


def alarm_others(house: House, store: Store, town: Town, case: Case, now: datetime) -> None:
    """What is urgent in the case of somebody who cannot be told is told to all others who may read it."""
    owner = store.team.member(case.owner) if case.owner is not None else None
    note = urgent_elsewhere(town, case, owner.name if owner is not None else "")
    for way in _first_ways(house.channels, store.town, store.member_addresses.of_roles(GUIDES), note):
        if way.member.id != case.owner:
            store.outbox.add(case.account, way.channel, way.address, note.packed(), now, subject=about(case))


def offer_anew(house: House, store: Store, town: Town, case: Case, now: datetime) -> None:
    """Writes what is known by now into the messages that offered the case; where none has gone, one goes."""
    sent = {note.lane: note.id for note in store.outbox.sent_about(offering(case))}
    note, chats = waiting(town, case), _chats(store)
    for lane, message in sent.items():
        if lane in chats:
            way = chats[lane]
            store.outbox.add(case.account, way.channel, way.address, note.packed(), now, edits=message)
    for way in _first_ways(house.channels, store.town, store.member_addresses.of_roles(GUIDES), note):
        if way.lane not in sent:
            store.outbox.add(
                case.account, way.channel, way.address, note.packed(), now, subject=offering(case)
            )


def tell_taken(
    store: Store, case: Case, name: str, now: datetime, *, but: tuple[bytes, str] | None = None
) -> None:
    """Writes "taken by" into the messages that offered the case; `but`, a lane and a reference, is the one in
    which it was taken: that says so itself. Whoever took it reads that it is theirs."""
    sent = [note for note in store.outbox.sent_about(offering(case)) if (note.lane, note.reference) != but]
    ways = _chats(store) if sent else {}
    for message in sent:
        way = ways.get(message.lane)
        if way is not None:
            note = taken_by_reader(case) if way.member.id == case.owner else taken(case, name)
            store.outbox.add(case.account, way.channel, way.address, note.packed(), now, edits=message.id)


def tell_erased(house: House, store: Store, account_id: str, now: datetime) -> None:
    """What the team was told of someone who erases everything says only that, wherever it can be changed.

    Lists of several cases stay: they are about nobody in particular and cannot be found by the person.
    The newest message of a chat says of which case; whoever had it hears it anew. Goes before the erasure;
    what it leaves in the outbox is about nobody.
    """
    case = store.cases.of_account(account_id)
    if case is not None and case.owner is not None:
        tell_member(house, store, case.owner, yours_is_erased(case), now)
    sent = {(note.lane, note.reference): note for note in store.outbox.sent_for(account_id)}
    newest = {(note.lane, note.subject.partition(":")[2]): note.reference for note in sent.values()}
    ways = _chats(store) if sent else {}
    for note in sent.values():
        way, about_it = ways.get(note.lane), store.cases.get(case_in(note.subject) or "")
        if way is not None and about_it is not None:
            says_which = newest[note.lane, about_it.id] == note.reference
            told = erased(about_it, note.reference) if says_which else erased_too(note.reference)
            store.outbox.add(None, way.channel, way.address, told.packed(), now)


def _chats(store: Store) -> dict[bytes, MemberAddress]:
    """Where the guides' messages can be changed, by lane."""
    ways = store.member_addresses.of_roles(GUIDES)
    return {way.lane: way for way in ways if way.channel != MAIL and way.unreachable_at is None}


def _first_ways(
    channels: Channels, town: str, ways: Iterable[MemberAddress], note: Note
) -> Iterator[MemberAddress]:
    """One way for each member: the first kind that is configured and works."""
    usable: dict[str, MemberAddress] = {}
    for way in sorted(ways, key=lambda way: TEAM.index(way.channel)):
        works = (town, way.channel) in channels and way.unreachable_at is None
        if works and (way.channel != MAIL or note.mail):
            usable.setdefault(way.member.id, way)
    yield from usable.values()
