"""What the pages ask of the two desks; the desks themselves know no page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.appointments import Plan, Wish
from bot.case_views import Board, CaseView, Done
from bot.catalogue_sheet_views import SheetLook, SheetPage, SheetTaken, SheetWish, Upload
from bot.catalogue_views import EntryView, Form, Handout, HistoryView, Listing, Saved, Sent, Wanted
from bot.check_steps import VisitWish
from bot.gap_board import GapBoard, OverlapLine
from bot.newcomer_views import Received, View
from bot.offer_checks import CheckBoard, EntryChecks
from bot.offer_questions import Asked
from bot.team_entry import SignedIn
from bot.team_reach import Offered, Ways
from casework.team import Member, Role
from dialogs.messages import Message
from storage.team import Invitation


class NewcomerDesk(Protocol):
    def languages(self) -> tuple[tuple[str, str, str], ...]:
        """Code, native name and direction of every offered language."""

    def look(self, town: str, door: str, address: str | None, language: str) -> View:
        """What is shown now. For an unknown or missing address the first screen; nothing is stored."""

    def is_cry(self, town: str, text: str, language: str) -> bool:
        """Whether there is an emergency in it; takes milliseconds."""

    async def receive(
        self, town: str, door: str, address: str | None, message: Message, language: str
    ) -> Received: ...

    async def forget(self, town: str, door: str, address: str) -> None:
        """Erases whoever the address leads to; nobody there is fine."""

    async def resume(self, town: str, code: str, bucket: str) -> str | None:
        """An address for the account that the code opens; None if it is spent, unknown or tried too often."""

    async def resume_code(self, town: str, address: str) -> str:
        """A new code; empty for guests, of whom nothing is kept."""


class TeamEntry(Protocol):
    async def invitation(self, token: str) -> Invitation | None:
        """The invitation if it may still be used; looking does not spend it."""

    async def enter(self, token: str, name: str, password: str | None) -> str | None:
        """The new session's token; None if the invitation is no longer good or the name is taken."""

    async def sign_in(self, town: str, name: str, password: str) -> str | None: ...

    async def member(self, session: str) -> SignedIn | None:
        """None if the session has ended or the member was revoked."""

    async def sign_out(self, session: str) -> None: ...

    async def team(self, member: SignedIn) -> tuple[Member, ...]: ...

    async def invite(self, member: SignedIn, role: Role) -> str:
        """The token of a new invitation, told once."""

    async def renew(self, member: SignedIn, other: str) -> str:
        """As `invite`, for someone who is or was on the team."""

    async def revoke(self, member: SignedIn, other: str) -> Done: ...


class TeamDesk(Protocol):
    async def queue(self, member: SignedIn) -> Board: ...

    async def numbered(self, member: SignedIn, number: int) -> str | None:
        """The id of the case of the member's town; None if it has none with this number."""

    async def view(self, member: SignedIn, case_id: str) -> CaseView | None:
        """None for a case of another town; reading is audited."""

    async def take(self, member: SignedIn, case_id: str) -> Done: ...

    async def not_now(self, member: SignedIn, case_id: str) -> Done: ...

    async def give_back(self, member: SignedIn, case_id: str) -> Done: ...

    async def close(self, member: SignedIn, case_id: str, outcome: str) -> Done: ...

    async def write(self, member: SignedIn, case_id: str, text: str, message_id: str) -> Done: ...


class AppointmentDesk(Protocol):
    async def of_case(self, member: SignedIn, case_id: str) -> Plan:
        """Empty for a case of another town."""

    async def make(self, member: SignedIn, case_id: str, wish: Wish, form_id: str) -> Done: ...

    async def cancel(self, member: SignedIn, case_id: str, appointment_id: str) -> Done: ...


class ReachDesk(Protocol):
    async def ways(self, member: SignedIn) -> Ways: ...

    async def reached(self, member: SignedIn) -> Mapping[str, str]:
        """How everyone of the team is reached, in German, by their ids; empty if there are no ways."""

    async def connect(self, member: SignedIn) -> str:
        """A link that connects a chat, told once; empty if no bot is connected."""

    def telegram_link(self, invitation: str) -> str:
        """An invitation as a link to the town's bot; empty if none is connected."""

    async def disconnect(self, member: SignedIn) -> None: ...

    async def ask_mail(self, member: SignedIn, typed: str) -> Done: ...

    async def drop_mail(self, member: SignedIn) -> None: ...

    async def offered(self, token: str) -> Offered | None:
        """What a link in a mail is for, if it is still good; looking does not spend it."""

    async def confirm(self, token: str) -> Done: ...


class CatalogueDesk(Protocol):
    async def listed(self, member: SignedIn, wanted: Wanted) -> Listing: ...

    async def handout(self, member: SignedIn, wanted: Wanted, language: str) -> Handout:
        """What newcomers are shown, to take home; in German if the town does not offer the language."""

    async def entry(self, member: SignedIn, entry_id: str, language: str) -> EntryView | None:
        """None for an entry that the town does not have."""

    async def history(self, member: SignedIn, entry_id: str) -> HistoryView | None:
        """None as for `entry`."""

    async def form(self, member: SignedIn, entry_id: str) -> Form | Done:
        """The form for an entry, or for a new one if `entry_id` is empty; else why there is none."""

    async def look(self, member: SignedIn, entry_id: str, sent: Sent) -> Form | Done:
        """What was typed, with what is wrong, or else as newcomers would see it; nothing is kept."""

    async def save(self, member: SignedIn, entry_id: str, sent: Sent, *, as_draft: bool) -> Saved:
        """A new entry if `entry_id` is empty, else a new version; or a draft of it. Nothing typed is lost."""

    async def approve(self, member: SignedIn, entry_id: str, sent: Sent) -> Done: ...

    async def discard(self, member: SignedIn, entry_id: str, sent: Sent) -> Done: ...

    async def withdraw(self, member: SignedIn, entry_id: str, sent: Sent) -> Done: ...

    async def restore(self, member: SignedIn, entry_id: str, version: int, sent: Sent) -> Done: ...


class SheetDesk(Protocol):
    async def page(self, member: SignedIn) -> SheetPage: ...

    async def file(self, member: SignedIn, form: str, *, template: bool) -> bytes:
        """The town's own entries, or a template; `form` is xlsx or csv."""

    async def look(self, member: SignedIn, upload: Upload) -> SheetLook:
        """What a file would change, or what is wrong with it; nothing is changed."""

    async def take(self, member: SignedIn, wish: SheetWish) -> SheetLook | SheetTaken:
        """Takes in what was looked at; a look means that it must be looked at once more."""

    async def drop(self, member: SignedIn, key: str) -> None: ...


class CheckDesk(Protocol):
    async def board(self, member: SignedIn) -> CheckBoard: ...

    async def of_offer(self, member: SignedIn, offer_id: str) -> EntryChecks | None:
        """None if the member's town has no such entry."""

    async def note(self, member: SignedIn, offer_id: str, code: str) -> Done:
        """The same again on the same day is noted once."""

    async def visit(self, member: SignedIn, offer_id: str, wish: VisitWish, form_id: str) -> Done: ...

    async def settle(self, member: SignedIn, offer_id: str, quarter: str) -> Done: ...


class QuestionDesk(Protocol):
    async def asked(self, token: str) -> Asked | None:
        """What a link in a mail to an offer is about, if it is still good; looking does not spend it."""

    async def answer(self, token: str, code: str, words: str) -> Done: ...


class GapDesk(Protocol):
    async def board(self, member: SignedIn) -> GapBoard: ...

    async def note(self, member: SignedIn, need: str, decision: str, note: str, form_id: str) -> Done: ...

    async def overlaps(self, member: SignedIn) -> tuple[OverlapLine, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideDesks:
    """Everything that the guides' pages ask of."""

    team: TeamDesk
    entry: TeamEntry
    appointments: AppointmentDesk
    reach: ReachDesk
    catalogue: CatalogueDesk
    sheet: SheetDesk
    checks: CheckDesk
    questions: QuestionDesk
    gaps: GapDesk
