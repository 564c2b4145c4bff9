"""A team's desk with two towns, one member of each role and two cases; it keeps what was done in a list."""

from datetime import UTC, datetime

from bot.case_views import Board, CaseLine, CaseView, Done, GuideLetter
from bot.team_entry import SignedIn
from bot.web.desks import GuideDesks
from casework.cases import OUTCOMES
from casework.team import Member, Role
from storage.team import Invitation
from tests.web.fake_appointments import FakeAppointments
from tests.web.fake_catalogue import FakeCatalogue
from tests.web.fake_checks import FakeChecks, FakeQuestions
from tests.web.fake_gaps import FakeGaps
from tests.web.fake_reach import FakeReach
from tests.web.fake_sheet import FakeSheet

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def letter(
    author: str,
    text: str,
    language: str = "de",
    picked_up_at: datetime | None = None,
    needs: tuple[str, ...] = (),
) -> GuideLetter:
    return GuideLetter(
        author=author, text=text, language=language, at=AT, picked_up_at=picked_up_at, needs=needs
    )


class FakeTeamDesk:
    """Desk and entry in one. Sessions are named `<town>-<role>`; the cases belong to Erlenfels."""

    def __init__(self) -> None:
        towns = ("erlenfels", "elsewhere")
        self.members = {
            f"{town}-{role}": SignedIn(id=f"{town}-{role}", role=role, name=f"Frau {role.title()}", town=town)
            for town in towns
            for role in Role
        }
        self.done: list[tuple[str, ...]] = []
        self.invitations = {"good-invitation-token": Role.GUIDE}
        self.owners: dict[str, str] = {"c2": "erlenfels-guide"}
        self.appointments = FakeAppointments(self.owners, self.done)
        self.reach = FakeReach(self.done)
        self.catalogue = FakeCatalogue(self.done)
        self.sheet = FakeSheet(self.done)
        self.checks = FakeChecks(self.done)
        self.questions = FakeQuestions(self.done)
        self.gaps = FakeGaps(self.done)
        self.read: list[str] = []
        self.broken = False
        self.known = ""
        self.passwordless = False

    @property
    def desks(self) -> GuideDesks:
        """As the pages want them."""
        return GuideDesks(
            team=self,
            entry=self,
            appointments=self.appointments,
            reach=self.reach,
            catalogue=self.catalogue,
            sheet=self.sheet,
            checks=self.checks,
            questions=self.questions,
            gaps=self.gaps,
        )

    async def invitation(self, token: str) -> Invitation | None:
        if token not in self.invitations:
            return None
        return Invitation(
            role=self.invitations[token],
            member=self.known or None,
            name=self.known,
            passwordless=self.passwordless,
            ends_at=AT,
        )

    async def enter(self, token: str, name: str, password: str | None) -> str | None:
        return "erlenfels-guide" if self.invitations.pop(token, None) else None

    async def sign_in(self, town: str, name: str, password: str) -> str | None:
        return "erlenfels-guide" if (name, password) == ("Frau Guide", "richtig und lang") else None

    async def member(self, session: str) -> SignedIn | None:
        if self.broken:
            raise RuntimeError
        found = self.members.get(session)
        return found if found and found.active else None

    async def sign_out(self, session: str) -> None:
        self.done.append(("sign_out", session))

    def _closed(self, *, needs: tuple[str, ...] = ()) -> CaseLine:
        return CaseLine(
            id="c3",
            number=1007,
            language="Englisch",
            needs=needs,
            urgency="",
            reason="",
            waiting_since=AT,
            unread=0,
            status="done",
            mine=False,
            outcome=OUTCOMES["answered"],
            closed_at=AT,
        )

    def _line(self, id_: str) -> CaseLine:
        if id_ == "c3":
            return self._closed(needs=("Wohnung suchen",))
        first = id_ == "c1"
        return CaseLine(
            id=id_,
            number=1041 if first else 1038,
            language="Arabisch" if first else "Ukrainisch",
            needs=("Deutschkurs finden", "Kinderbetreuung") if first else ("Brief verstehen",),
            urgency="heute" if first else "hat Zeit",
            reason="hat nach einem Menschen gefragt",
            waiting_since=AT,
            unread=0 if first else 2,
            status="owned" if id_ in self.owners else "open",
            mine=False,
            alarm="Notfall: Ich werde bedroht" if first else "",
            advice="Bei akuter Gefahr rufen Sie selbst 112 an." if first else "",
        )

    async def queue(self, member: SignedIn) -> Board:
        if not member.id.startswith("erlenfels"):
            return Board(open=(), mine=(), others=(), not_picked_up=0)
        lines = [self._line(id_) for id_ in ("c1", "c2")]
        mine = tuple(line for line in lines if self.owners.get(line.id) == member.id)
        return Board(
            open=tuple(line for line in lines if line.status == "open"),
            mine=mine,
            others=(),
            not_picked_up=1,
            closed=(self._closed(),),
        )

    async def numbered(self, member: SignedIn, number: int) -> str | None:
        known = {1041: "c1", 1038: "c2", 1007: "c3"} if member.id.startswith("erlenfels") else {}
        return known.get(number)

    async def view(self, member: SignedIn, case_id: str) -> CaseView | None:
        if not member.id.startswith("erlenfels") or case_id not in {"c1", "c2", "c3"}:
            return None
        self.read.append(member.id)
        owner = self.owners.get(case_id)
        letters = (
            letter("newcomer", "أريد دورة لغة ألمانية", "ar", needs=("Deutschkurs finden",)),
            letter("guide", "Guten Tag! Der nächste Kurs beginnt am Montag.", picked_up_at=AT),
            letter("guide", "Brauchen Sie Kinderbetreuung?"),
        )
        return CaseView(
            line=self._line(case_id),
            answers=(
                ("Wie gut sprechen Sie Deutsch?", "ein bisschen"),
                ("Wer gehört zur Familie?", "Kinder 3 bis 5"),
            ),
            letters=letters,
            owner_name=self.members[owner].name if owner else "",
            outcomes=tuple(OUTCOMES.items()),
            may_write=owner == member.id,
            read_before=3,
        )

    def _do(self, *what: str) -> Done:
        if not what[1].startswith("erlenfels") or what[2] not in {"c1", "c2"}:
            return Done(ok=False, sentence="Diesen Fall gibt es hier nicht.")
        self.done.append(what)
        return Done(ok=True, sentence="Gut.")

    async def take(self, member: SignedIn, case_id: str) -> Done:
        if case_id in self.owners:
            return Done(ok=False, sentence="Der Fall ist schon vergeben.")
        self.owners[case_id] = member.id
        return self._do("take", member.id, case_id)

    async def not_now(self, member: SignedIn, case_id: str) -> Done:
        return self._do("not_now", member.id, case_id)

    async def give_back(self, member: SignedIn, case_id: str) -> Done:
        return self._do("give_back", member.id, case_id)

    async def close(self, member: SignedIn, case_id: str, outcome: str) -> Done:
        return self._do("close", member.id, case_id, outcome)

    async def write(self, member: SignedIn, case_id: str, text: str, message_id: str) -> Done:
        return self._do("write", member.id, case_id, text)

    async def team(self, member: SignedIn) -> tuple[Member, ...]:
        town = member.id.partition("-")[0]
        return tuple(other for other in self.members.values() if other.id.startswith(town))

    async def invite(self, member: SignedIn, role: Role) -> str:
        self.done.append(("invite", member.id, role))
        return "new-invitation-token"

    async def renew(self, member: SignedIn, other: str) -> str:
        self.done.append(("renew", member.id, other))
        return "renewed-invitation-token"

    async def revoke(self, member: SignedIn, other: str) -> Done:
        self.done.append(("revoke", member.id, other))
        return Done(ok=True, sentence="Gut.")
