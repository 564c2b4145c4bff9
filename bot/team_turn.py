"""One message of a member to the team's bot while it is handled, inside a transaction."""

from dataclasses import dataclass
from datetime import datetime

from bot.case_steps import CaseSteps
from bot.doors import TEAM_TELEGRAM
from bot.house import House, Town
from bot.team_entry import SignedIn
from bot.team_messages import TeamMessage
from bot.team_notes import Note, shows_content
from casework.cases import Case
from storage.letters import Letter
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
    def town(self) -> Town:
        return self.house.towns[self.store.town]

    @property
    def shows_content(self) -> bool:
        return shows_content(self.town)

    @property
    def chosen(self) -> Case | None:
        """The case that what is written goes to; None also if that is not the member's any more."""
        case = self.store.cases.get(self.way.writing_to or "")
        return case if case is not None and case.owner == self.member.id else None

    def new_letters(self, case: Case) -> tuple[Letter, ...]:
        """What the person has written and no guide has seen, where it may be shown here."""
        return self.store.letters.new_of_case(case.id) if self.shows_content else ()

    def write_to(self, case_id: str | None) -> None:
        """From now on what is written goes to this case."""
        self.store.member_addresses.write_to(TEAM_TELEGRAM, self.way.address, case_id)

    def no_longer_write_to(self, case_id: str) -> None:
        """What is written goes to this case only if it answers a message about it."""
        if self.way.writing_to == case_id:
            self.write_to(None)
