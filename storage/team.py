"""The team of a town: members and the invitations by which they come in; passwords arrive hashed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, or_, select, update

from casework.team import Member, Role
from storage.errors import StorageError
from storage.member_addresses import withdraw
from storage.tables.team import invitations, members, sessions
from storage.tables.vault import member_addresses
from storage.transaction import Repository, new_id

INVITED_FOR = timedelta(hours=72)
SIGN_IN_LENGTH = 120


class NameTaken(StorageError):
    """Somebody of this team already signs in by that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """`member`, with `name`, is set where it is a new way in for someone who is or was on the team.

    `passwordless`: they have come in by the team's bot, and have chosen no password yet.
    """

    role: Role
    member: str | None
    name: str = ""
    passwordless: bool = False
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    member: Member
    password_hash: str | None


class Team(Repository):
    __slots__ = ()

    def invite(
        self,
        role: Role,
        token: str,
        now: datetime,
        *,
        invited_by: str | None = None,
        member_id: str | None = None,
    ) -> Invitation:
        """Valid once and for 72 hours; only the keyed hash of the token is kept."""
        invitation = Invitation(role=role, member=member_id, ends_at=now + INVITED_FOR)
        self._in.execute(
            insert(invitations).values(
                town=self._in.town,
                token=self._lookup(token),
                role=role,
                member=member_id,
                invited_by=invited_by,
                made_at=now,
            )
        )
        return invitation

    def invitation(self, token: str, now: datetime) -> Invitation | None:
        """The invitation if it may still be redeemed; looking does not spend it."""
        row = self._in.one(select(invitations).where(*self._valid(token, now)))
        if row is None:
            return None
        known = self._in.one(select(members).where(self._in.of_town(members, id=row.member)))
        return Invitation(
            role=Role(row.role),
            member=row.member,
            name=known.name if known is not None else "",
            passwordless=known is not None and known.password is None,
            ends_at=row.made_at + INVITED_FOR,
        )

    def redeem(
        self, token: str, name: str, password_hash: str | None, now: datetime, *, keep_sessions: bool = False
    ) -> Member | None:
        """Spend the invitation: a new member, or for a known one a new password and the way back.

        A renewal ends the member's other sessions unless told to keep them, and leaves name, role and cases.
        None if the invitation is not valid.

        Raises:
            NameTaken: the invitation is not spent.
        """
        invitation = self.invitation(token, now)
        if invitation is None:
            return None
        if invitation.member is not None:
            member = self._renewed(invitation.member, password_hash, keep_sessions)
        else:
            member = self._joined(invitation, name, password_hash, now)
        self._in.execute(delete(invitations).where(*self._valid(token, now)))
        return member

    def member(self, member_id: str) -> Member | None:
        return self._one(members.c.id == member_id)

    def member_by_name(self, name: str) -> Member | None:
        """Capitals and spaces around the name do not count."""
        return self._one(members.c.sign_in == _sign_in(name))

    def members(self) -> tuple[Member, ...]:
        """Everyone who is or was on the team, by name."""
        rows = self._in.execute(select(members).where(self._in.of_town(members)).order_by(members.c.sign_in))
        return tuple(_member(row) for row in rows)

    def credentials(self, name: str) -> Credentials | None:
        """For signing in; None for unknown names, and a revoked member is not active."""
        row = self._in.one(select(members).where(self._in.of_town(members, sign_in=_sign_in(name))))
        return row and Credentials(member=_member(row), password_hash=row.password)

    def set_password(self, member_id: str, password_hash: str) -> None:
        found = self._in.of_town(members, id=member_id)
        self._in.execute(update(members).where(found).values(password=password_hash))

    def revoke(self, member_id: str, now: datetime) -> bool:
        """End the membership, its sessions, its addresses, and all invitations from and for the member.

        What waits to be sent to them is withdrawn. False if unknown.
        """
        found = self._in.of_town(members, id=member_id)
        known = self._in.changed(update(members).where(found).values(active=False, revoked_at=now)) > 0
        self._in.execute(delete(sessions).where(self._in.of_town(sessions, member=member_id)))
        reached = self._in.of_town(member_addresses, member=member_id)
        withdraw(self._in, reached)
        self._in.execute(delete(member_addresses).where(reached))
        theirs = or_(invitations.c.invited_by == member_id, invitations.c.member == member_id)
        self._in.execute(delete(invitations).where(self._in.of_town(invitations), theirs))
        return known

    def _joined(self, invitation: Invitation, name: str, password_hash: str | None, now: datetime) -> Member:
        if self.member_by_name(name) is not None:
            raise NameTaken("Somebody of this team already signs in by that name.")
        member = Member(id=new_id(), role=invitation.role, name=name.strip())
        self._in.execute(
            insert(members).values(
                town=self._in.town,
                id=member.id,
                role=member.role,
                name=member.name,
                sign_in=_sign_in(name),
                password=password_hash,
                active=True,
                joined_at=now,
            )
        )
        return member

    def _renewed(self, member_id: str, password_hash: str | None, keep_sessions: bool) -> Member | None:
        if password_hash:
            self.set_password(member_id, password_hash)
        found = self._in.of_town(members, id=member_id)
        self._in.execute(update(members).where(found).values(active=True, revoked_at=None))
        if not keep_sessions:
            self._in.execute(delete(sessions).where(self._in.of_town(sessions, member=member_id)))
        return self.member(member_id)

    def _valid(self, token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
        return self._in.of_town(
            invitations, token=self._lookup(token)
        ), invitations.c.made_at > now - INVITED_FOR

    def _one(self, condition: ColumnElement[bool]) -> Member | None:
        row = self._in.one(select(members).where(self._in.of_town(members), condition))
        return row and _member(row)

    def _lookup(self, token: str) -> bytes:
        return self._in.keys.lookup("invitation", self._in.town, token)


def _member(row: Row[Any]) -> Member:
    return Member(id=row.id, role=Role(row.role), name=row.name, active=row.active)


def _sign_in(name: str) -> str:
    return " ".join(name.split()).casefold()[:SIGN_IN_LENGTH]  # folded, a name can be longer than it was
