"""How team members come in and go out: invitations, passwords, sessions; not what they may do."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.case_moves import open_again
from bot.case_views import Done
from bot.house import House
from casework.cases import Event
from casework.team import Member, Role, allows, may_appoint
from storage.store import Store
from storage.team import Invitation, NameTaken

T = TypeVar("T")

TOKEN_BYTES = 32
SHORTEST_PASSWORD = 10
NEED_PASSWORD = frozenset({Role.GUIDE, Role.DEPUTY, Role.LEAD})
"""Whoever reads cases, or decides who may, comes back by name and password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Member):
    """A team member in a session, with the town the session belongs to."""

    town: str


class TeamEntry:
    """Tokens of sessions and invitations begin with the town they belong to: `erlenfels.x7f...`."""

    def __init__(self, house: House, *, demo: bool = False) -> None:
        """In the demo nobody needs a password: what is lost there is lost to no one."""
        self._house = house
        self._demo = demo
        self._hasher = PasswordHasher()
        self._one_at_a_time = asyncio.Semaphore(1)
        self._nobodys = ""

    async def invitation(self, token: str) -> Invitation | None:
        """The invitation if it may still be used; looking does not spend it."""
        town = self._town_of(token)
        if town is None:
            return None
        return await self._house.in_town(
            town, lambda store: store.team.invitation(token, self._house.clock())
        )

    async def enter(self, token: str, name: str, password: str | None) -> str | None:
        """Spends an invitation and opens a session; None if it is used up or name or password will not do.

        Someone who is or was on the team keeps name, role and cases: for them `name` is not looked at.
        """
        town, now = self._town_of(token), self._house.clock()
        if town is None or not await self._will_do(token, name, password):
            return None
        hashed = await self._hashing(self._hasher.hash, password) if password else None
        session = self._token(town)

        def redeem(store: Store) -> str | None:
            member = store.team.redeem(token, name.strip(), hashed, now)
            if member is None:
                return None
            store.sessions.open(session, member.id, now)
            return session

        try:
            return await self._house.in_town(town, redeem)
        except NameTaken:
            return None

    async def _will_do(self, token: str, name: str, password: str | None) -> bool:
        found = await self.invitation(token)
        if found is None or not (found.member or name.strip()):
            return False
        if password is None:
            return self._demo or found.role not in NEED_PASSWORD
        return len(password) >= SHORTEST_PASSWORD

    async def sign_in(self, town: str, name: str, password: str) -> str | None:
        """A session for name and password; None if they do not belong together."""
        if town not in self._house.towns:
            return None
        found = await self._house.in_town(town, lambda store: store.team.credentials(name))
        hashed = found.password_hash if found is not None and found.member.active else None
        # an unknown name takes as long as a known one, so that names cannot be found out by the clock
        self._nobodys = self._nobodys or await self._hashing(self._hasher.hash, secrets.token_hex())
        known = await self._hashing(self._fits, hashed or self._nobodys, password)
        if not known or found is None or hashed is None:
            return None
        session, member = self._token(town), found.member
        await self._house.in_town(town, lambda s: s.sessions.open(session, member.id, self._house.clock()))
        return session

    async def member(self, session: str) -> SignedIn | None:
        """Who is signed in; None if the session has ended or the member was revoked."""
        town = self._town_of(session)
        if town is None:
            return None
        found = await self._house.in_town(town, lambda s: s.sessions.member(session, self._house.clock()))
        if found is None:
            return None
        return SignedIn(id=found.id, role=found.role, name=found.name, active=found.active, town=town)

    async def sign_out(self, session: str) -> None:
        """Ends the session."""
        town = self._town_of(session)
        if town is not None:
            await self._house.in_town(town, lambda store: store.sessions.end(session))

    async def team(self, member: SignedIn) -> tuple[Member, ...]:
        """Everyone who is or was on the town's team, by name."""
        return await self._house.in_town(member.town, lambda store: store.team.members())

    async def invite(self, member: SignedIn, role: Role) -> str:
        """The token of a new invitation, told once. Raises PermissionError."""
        if not (allows(member, "team.invite") and may_appoint(member.role, role)):
            raise PermissionError(f"A {member.role} may not invite a {role}.")
        return await self.invited(member.town, role, by=member.id)

    async def renew(self, member: SignedIn, other: str) -> str:
        """The token of a new way in for someone who is or was on the team. Raises PermissionError."""
        known = await self._house.in_town(member.town, lambda store: store.team.member(other))
        if known is None or not (allows(member, "team.invite") and may_appoint(member.role, known.role)):
            raise PermissionError(f"A {member.role} may not renew this access.")
        return await self.invited(member.town, known.role, by=member.id, renews=known.id)

    async def renewed(self, town: str, name: str) -> str | None:
        """As `renew`, for whoever runs the installation; None if nobody of that name was ever here."""
        known = await self._house.in_town(town, lambda store: store.team.member_by_name(name))
        return await self.invited(town, known.role, renews=known.id) if known is not None else None

    async def invited(self, town: str, role: Role, by: str | None = None, renews: str | None = None) -> str:
        """The token of a new invitation, for whoever runs the installation or has been checked before."""
        token, now = self._token(town), self._house.clock()

        def invite(store: Store) -> None:
            store.team.invite(role, token, now, invited_by=by, member_id=renews)

        await self._house.in_town(town, invite)
        return token

    async def revoke(self, member: SignedIn, other: str) -> Done:
        """Ends someone's membership with sessions and invitations; their cases are open to all again."""

        def end(store: Store) -> Done:
            known = store.team.member(other)
            if known is None or not (allows(member, "team.revoke") and may_appoint(member.role, known.role)):
                return Done(ok=False, sentence="Das darf Ihre Rolle nicht. Fragen Sie die Leitung.")
            now, left = self._house.clock(), store.cases.owned_by(other)
            for case in left:
                open_again(self._house, store, case, Event.GIVEN_BACK, now, by=other)
            store.team.revoke(other, now)
            free = f" Wieder offen: Fall {', '.join(str(case.number) for case in left)}." if left else ""
            return Done(ok=True, sentence=f"{known.name} hat keinen Zugang mehr.{free}")

        return await self._house.in_town(member.town, end)

    async def _hashing(self, work: Callable[..., T], *given: str) -> T:
        # a hash takes 64 MB while it is made: a few at once would be more than all the rest of the process
        async with self._one_at_a_time:
            return await asyncio.to_thread(work, *given)

    def _fits(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    def _token(self, town: str) -> str:
        return f"{town}.{secrets.token_urlsafe(TOKEN_BYTES)}"

    def _town_of(self, token: str) -> str | None:
        town = token.partition(".")[0]
        return town if town in self._house.towns else None
