"""Ways to reach the team outside the desk: chats and mailboxes; who may read what is decided elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update

from casework.team import Member, Role
from storage.outbox import WAITING, Outbox, Outgoing
from storage.tables.outbox import outbox
from storage.tables.team import members
from storage.tables.vault import member_addresses
from storage.transaction import Repository, Transaction

_PURPOSE = "member_addresses.address"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAddress:
    """`writing_to`: the case that what they write goes to; `unreachable_at`: since when nothing arrives."""

    member: Member
    channel: str
    address: str
    lane: bytes
    writing_to: str | None
    unreachable_at: datetime | None


def withdraw(within: Transaction, theirs: ColumnElement[bool]) -> None:
    """What waits for these addresses is not sent any more."""
    lanes = select(member_addresses.c.lookup).where(theirs)
    within.execute(delete(outbox).where(within.of_town(outbox, state=WAITING), outbox.c.lane.in_(lanes)))


class MemberAddresses(Repository):
    __slots__ = ()

    def put(self, member_id: str, channel: str, address: str, now: datetime) -> None:
        """The member's only address in this channel; whoever was reached there before is not any more."""
        theirs = self._in.of_town(member_addresses, member=member_id, channel=channel)
        self._in.execute(delete(member_addresses).where(theirs))
        lookup = self._lookup(channel, address)
        self._in.put(
            member_addresses,
            "lookup",
            lookup=lookup,
            member=member_id,
            channel=channel,
            sealed=self._in.keys.sealing.close(_PURPOSE, lookup.hex(), address.encode()),
            writing_to=None,
            added_at=now,
            unreachable_at=None,
        )

    def at(self, channel: str, address: str) -> MemberAddress | None:
        """Who of the team is reached there; None also for someone whose access has ended."""
        return next(iter(self._all(member_addresses.c.lookup == self._lookup(channel, address))), None)

    def of_member(self, member_id: str) -> tuple[MemberAddress, ...]:
        """By channel; empty for someone whose access has ended."""
        return self._all(member_addresses.c.member == member_id)

    def of_roles(self, roles: Iterable[Role]) -> tuple[MemberAddress, ...]:
        """Every address of everyone with such a role, by member and channel."""
        return self._all(members.c.role.in_([role.value for role in roles]))

    def write_to(self, channel: str, address: str, case_id: str | None) -> None:
        """What is written there from now on goes to this case."""
        self._set(channel, address, writing_to=case_id)

    def mark_unreachable(self, channel: str, address: str, at: datetime | None) -> bool:
        """None: it can be reached again. False if there is no such address."""
        return self._set(channel, address, unreachable_at=at)

    def move(self, channel: str, old: str, new: str, now: datetime) -> bool:
        """The chat has got another id. False if nobody is reached at the former one."""
        found = self.at(channel, old)
        if found is not None:
            self.put(found.member.id, channel, new, now)
        return found is not None

    def drop(self, member_id: str, channel: str) -> bool:
        """Nothing more is sent there, not even what waits. False if there was none."""
        theirs = self._in.of_town(member_addresses, member=member_id, channel=channel)
        withdraw(self._in, theirs)
        return self._in.changed(delete(member_addresses).where(theirs)) > 0

    def waiting(self, channel: str, address: str, now: datetime) -> tuple[tuple[Outgoing, str | None], ...]:
        """What has not been sent there yet, held by somebody or not, oldest first, each with its subject."""
        theirs = self._in.of_town(outbox, state=WAITING, lane=self._lookup(channel, address))
        rows = self._in.execute(select(outbox).where(theirs).order_by(outbox.c.id)).all()
        subjects = {row.id: row.subject for row in rows}
        return tuple((row, subjects[row.id]) for row in Outbox(self._in).readable(rows, now))

    def _set(self, channel: str, address: str, **values: Any) -> bool:
        found = self._in.of_town(member_addresses, lookup=self._lookup(channel, address))
        return self._in.changed(update(member_addresses).where(found).values(**values)) > 0

    def _all(self, condition: ColumnElement[bool]) -> tuple[MemberAddress, ...]:
        theirs = (members.c.town == member_addresses.c.town) & (members.c.id == member_addresses.c.member)
        found = (
            select(members, member_addresses)
            .join(member_addresses, theirs)
            .where(self._in.of_town(member_addresses), members.c.active.is_(True), condition)
            .order_by(members.c.id, member_addresses.c.channel)
        )
        return tuple(self._address(row) for row in self._in.execute(found))

    def _address(self, row: Row[Any]) -> MemberAddress:
        sealed = self._in.keys.sealing.open(_PURPOSE, row.lookup.hex(), row.sealed)
        return MemberAddress(
            member=Member(id=row.id, role=Role(row.role), name=row.name, active=row.active),
            channel=row.channel,
            address=sealed.decode(),
            lane=row.lookup,
            writing_to=row.writing_to,
            unreachable_at=row.unreachable_at,
        )

    def _lookup(self, channel: str, address: str) -> bytes:
        return self._in.keys.lookup("address", self._in.town, channel, address)
