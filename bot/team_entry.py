"""How team members come in and go out: invitations, passwords, sessions; not what they may do."""

import asyncio
import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.case_views import Done
from bot.house import House
from casework.team import Member, Role, allows, may_appoint
from storage.store import Store
from storage.team import Invitation, NameTaken

TOKEN_BYTES = 32
SHORTEST_PASSWORD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Member):
    """A team member in a session, with the town the session belongs to."""

    town: str


class TeamEntry:
    """Tokens of sessions and invitations begin with the town they belong to: `erlenfels.x7f...`."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._hasher = PasswordHasher()
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
        """Spends an invitation and opens a session; None if it is used up or the name is taken or empty."""
        town, now = self._town_of(token), self._house.clock()
        if town is None or not name.strip() or (password is not None and len(password) < SHORTEST_PASSWORD):
            return None
        hashed = await asyncio.to_thread(self._hasher.hash, password) if password else None
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

    async def sign_in(self, town: str, name: str, password: str) -> str | None:
        """A session for name and password; None if they do not belong together."""
        if town not in self._house.towns:
            return None
        found = await self._house.in_town(town, lambda store: store.team.credentials(name))
        hashed = found.password_hash if found is not None and found.member.active else None
        # an unknown name takes as long as a known one, so that names cannot be found out by the clock
        self._nobodys = self._nobodys or await asyncio.to_thread(self._hasher.hash, secrets.token_hex())
        known = await asyncio.to_thread(self._fits, hashed or self._nobodys, password)
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

    async def invited(self, town: str, role: Role, by: str | None = None) -> str:
        """The token of a new invitation, for whoever runs the installation or has been checked before."""
        token, now = self._token(town), self._house.clock()
        await self._house.in_town(town, lambda store: store.team.invite(role, token, now, invited_by=by))
        return token

    async def revoke(self, member: SignedIn, other: str) -> Done:
        """Ends someone's membership with sessions and invitations."""

        def end(store: Store) -> Done:
            known = store.team.member(other)
            if known is None or not (allows(member, "team.revoke") and may_appoint(member.role, known.role)):
                return Done(ok=False, sentence="Das darf Ihre Rolle nicht. Fragen Sie die Leitung.")
            store.team.revoke(other, self._house.clock())
            return Done(ok=True, sentence=f"{known.name} hat keinen Zugang mehr.")

        return await self._house.in_town(member.town, end)

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
