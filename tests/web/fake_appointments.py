"""Appointments of the fake desk's own case; it keeps what was done in the desk's list."""

from bot.appointments import AppointmentLine, Plan, Wish
from bot.case_views import Done
from bot.team_entry import SignedIn

PAST = "Dieser Termin liegt in der Vergangenheit. Prüfen Sie Tag und Uhrzeit."


def line(id_: str, *, cancelled: bool = False, open_: bool = True, remind: bool = True) -> AppointmentLine:
    return AppointmentLine(
        id=id_,
        when="Fr., 27. Nov., 14:00",
        place="Rathaus, Zimmer 12",
        bring="Pass und Brief",
        remind=remind,
        cancelled=cancelled,
        open=open_,
    )


class FakeAppointments:
    """Every day before 2026 is in the past; `sensitive` is set by the test."""

    def __init__(self, owners: dict[str, str], done: list[tuple[str, ...]]) -> None:
        self._owners = owners
        self._done = done
        self.sensitive = False

    async def of_case(self, member: SignedIn, case_id: str) -> Plan:
        if not member.id.startswith("erlenfels"):
            return Plan()
        mine = self._is_theirs(member, case_id)
        lines = (line("t1"), line("t2", cancelled=True, open_=False), line("t3", open_=False))
        shown = lines if case_id == "c2" else ()
        return Plan(lines=shown, may_make=mine, may_cancel=mine, sensitive=self.sensitive)

    async def make(self, member: SignedIn, case_id: str, wish: Wish, form_id: str) -> Done:
        if not self._is_theirs(member, case_id) or wish.day < "2026":
            return Done(ok=False, sentence=PAST)
        remind = "remind" if wish.remind else "no reminder"
        self._done.append(
            ("appoint", member.id, case_id, wish.day, wish.clock, wish.place, wish.bring, remind)
        )
        return Done(ok=True, sentence="Gut.")

    async def cancel(self, member: SignedIn, case_id: str, appointment_id: str) -> Done:
        if not self._is_theirs(member, case_id):
            return Done(ok=False, sentence="Diesen Termin gibt es nicht mehr.")
        self._done.append(("cancel", member.id, case_id, appointment_id))
        return Done(ok=True, sentence="Gut.")

    def _is_theirs(self, member: SignedIn, case_id: str) -> bool:
        return member.id.startswith("erlenfels") and self._owners.get(case_id) == member.id
