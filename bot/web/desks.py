"""What the pages ask of the two desks; the desks themselves know no page."""

from typing import TYPE_CHECKING, Protocol

from casework.team import Member, Role
from dialogs.messages import Message

if TYPE_CHECKING:
    from bot.newcomer_desk import Received, View
    from bot.team_desk import Board, CaseView, Done, Invitation


class NewcomerDesk(Protocol):
    def languages(self) -> tuple[tuple[str, str, str], ...]:
        """Code, native name and direction of every offered language."""

    def look(self, town: str, door: str, address: str | None, language: str) -> "View":
        """What is shown now. For an unknown or missing address the first screen; nothing is stored."""

    async def receive(
        self, town: str, door: str, address: str | None, message: Message, language: str
    ) -> "Received": ...

    async def resume(self, town: str, code: str, bucket: str) -> str | None:
        """The address that the code opens; None if it is spent, unknown or tried too often."""

    async def resume_code(self, town: str, address: str) -> str: ...


class TeamDesk(Protocol):
    async def invitation(self, token: str) -> "Invitation | None": ...

    async def enter(self, token: str, name: str, password: str | None) -> str | None:
        """The new session's token; None if the invitation is no longer good."""

    async def sign_in(self, town: str, name: str, password: str) -> str | None: ...

    async def member(self, session: str) -> Member | None:
        """None if the session has ended or the member was revoked."""

    async def sign_out(self, session: str) -> None: ...

    async def queue(self, member: Member) -> "Board": ...

    async def view(self, member: Member, case_id: str) -> "CaseView | None":
        """None for a case of another town; reading is audited."""

    async def take(self, member: Member, case_id: str) -> "Done": ...

    async def not_now(self, member: Member, case_id: str) -> "Done": ...

    async def give_back(self, member: Member, case_id: str) -> "Done": ...

    async def close(self, member: Member, case_id: str, outcome: str) -> "Done": ...

    async def write(self, member: Member, case_id: str, text: str, message_id: str) -> "Done": ...

    async def team(self, member: Member) -> tuple[Member, ...]: ...

    async def invite(self, member: Member, role: Role) -> str:
        """The token of a new invitation, told once."""

    async def revoke(self, member: Member, other: str) -> "Done": ...
