"""What one transaction of one town can do; it groups the repositories and does nothing itself."""

from functools import cached_property

from sqlalchemy import Connection

from storage.accounts import Accounts
from storage.appointments import Appointments
from storage.audit import Audit
from storage.cases import Cases
from storage.catalogue import Catalogue
from storage.checks import Checks
from storage.contacts import Contacts
from storage.conversations import Conversations
from storage.gap_steps import GapSteps
from storage.keys import Keys
from storage.ledger import Ledger
from storage.letters import Letters
from storage.member_addresses import MemberAddresses
from storage.offer_drafts import OfferDrafts
from storage.outbox import Outbox
from storage.persons import Persons
from storage.protocols import Protocols
from storage.questions import Questions
from storage.reminders import Reminders
from storage.resume import Resume
from storage.retention import Retention
from storage.sessions import Sessions
from storage.shifts import Shifts
from storage.tallies import Tallies
from storage.team import Team
from storage.transaction import Transaction
from storage.updates import Updates


class Store:
    """Bound to one town and one transaction: not to be kept beyond the job it was given to."""

    def __init__(self, connection: Connection, town: str, keys: Keys) -> None:
        self._in = Transaction(connection, town, keys)
        self.town = town

    @cached_property
    def accounts(self) -> Accounts:
        return Accounts(self._in)

    @cached_property
    def appointments(self) -> Appointments:
        return Appointments(self._in)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self._in)

    @cached_property
    def cases(self) -> Cases:
        return Cases(self._in)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self._in)

    @cached_property
    def checks(self) -> Checks:
        return Checks(self._in)

    @cached_property
    def contacts(self) -> Contacts:
        return Contacts(self._in)

    @cached_property
    def conversations(self) -> Conversations:
        return Conversations(self._in)

    @cached_property
    def gap_steps(self) -> GapSteps:
        return GapSteps(self._in)

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self._in)

    @cached_property
    def letters(self) -> Letters:
        return Letters(self._in)

    @cached_property
    def member_addresses(self) -> MemberAddresses:
        return MemberAddresses(self._in)

    @cached_property
    def offer_drafts(self) -> OfferDrafts:
        return OfferDrafts(self._in)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self._in)

    @property
    def has_post(self) -> bool:
        """Whether the transaction leaves something in the outbox that is in nobody's hands."""
        return self._in.has_post

    @property
    def erased(self) -> tuple[str, ...]:
        """The accounts that the transaction erases."""
        return tuple(self._in.erased)

    @cached_property
    def persons(self) -> Persons:
        return Persons(self._in)

    @cached_property
    def protocols(self) -> Protocols:
        return Protocols(self._in)

    @cached_property
    def questions(self) -> Questions:
        return Questions(self._in)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self._in)

    @cached_property
    def resume(self) -> Resume:
        return Resume(self._in)

    @cached_property
    def retention(self) -> Retention:
        return Retention(self._in)

    @cached_property
    def sessions(self) -> Sessions:
        return Sessions(self._in)

    @cached_property
    def shifts(self) -> Shifts:
        return Shifts(self._in)

    @cached_property
    def tallies(self) -> Tallies:
        return Tallies(self._in)

    @cached_property
    def team(self) -> Team:
        return Team(self._in)

    @cached_property
    def updates(self) -> Updates:
        return Updates(self._in)
