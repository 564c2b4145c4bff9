"""One message of a member to the team's bot while it is handled, inside a transaction."""

from dataclasses import dataclass
from datetime import datetime

from bot.case_steps import CaseSteps
from bot.doors import TEAM_TELEGRAM
from bot.house import House
from bot.team_entry import SignedIn
from bot.team_messages import TeamMessage
from bot.team_notes import Note, shows_content
from casework.cases import Case
from storage.member_addresses import MemberAddress
from storage.store import Store

Answer = tuple[Note, Case | None]
"""What is said, and the case it is about: an answer to it goes there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Where, who, what, when."""

    house: House
    store: Store
    way: MemberAddress
    member: SignedIn
    message: TeamMessage
    now: datetime

    @property
    def steps(self) -> CaseSteps:
        return CaseSteps(self.house)

    @property
    def shows_content(self) -> bool:
        return shows_content(self.house.towns[self.store.town])

    def write_to(self, case_id: str | None) -> None:
        """From now on what is written goes to this case."""
        self.store.member_addresses.write_to(TEAM_TELEGRAM, self.way.address, case_id)

    def no_longer_write_to(self, case_id: str) -> None:
        """What is written goes to this case only if it answers a message about it."""
        if self.way.writing_to == case_id:
            self.write_to(None)
