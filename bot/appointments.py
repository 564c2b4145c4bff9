"""The use case of an appointment: a guide makes or cancels it, the newcomer hears it in their language."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.case_steps import DOOR, FASTER, FORBIDDEN, GONE, LONGEST_ID, Refused, Repeated, Work
from bot.case_views import Done
from bot.house import House, Town
from bot.newcomer_letters import CLOSED
from bot.posts import Part
from bot.team_entry import SignedIn
from bot.telling import tell_newcomer
from casework.appointments import Appointment, AppointmentError, must_be_plannable
from casework.cases import ALARM, Case, Status, TransitionError, owner_wrote
from casework.days import ClockChange, at_local, clock_from, day_from
from casework.team import allows
from casework.volunteers.reminders import missed
from catalog.needs import Safety
from catalog.normalise import clean
from dialogs.conversation import Conversation
from dialogs.messages import Reply, verbatim
from dialogs.wording import SOURCE, moment
from storage.letters import BOT
from storage.reminders import APPOINTMENT, Coming
from storage.store import Store

NOT_YOURS = "Dieser Fall gehört Ihnen nicht. Übernehmen Sie ihn zuerst."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An appointment as a guide typed it into the form."""

    day: str = ""
    clock: str = ""
    place: str = ""
    bring: str = ""
    remind: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLine:
    """An appointment in a list, in German. `open`: it will take place, so it can be cancelled."""

    id: str
    when: str
    place: str
    bring: str
    remind: bool
    cancelled: bool
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A case's appointments in order of start. `sensitive`: a reminder at a wrong time could harm."""

    lines: tuple[AppointmentLine, ...] = ()
    may_make: bool = False
    may_cancel: bool = False
    sensitive: bool = False


class Appointments:
    """What guides do with appointments; as for letters, only the owner of a case makes one."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def of_case(self, member: SignedIn, case_id: str) -> Plan:
        """The case's appointments; none for a case of another town, or for who may not read it."""
        town = self._house.towns[member.town]

        def read(store: Store) -> Plan:
            case = store.cases.get(case_id) if allows(member, "case.read") else None
            if case is None:
                return Plan()
            now = self._house.clock()
            return Plan(
                lines=tuple(_line(town, each, now) for each in store.appointments.of_case(case.id)),
                may_make=case.owner == member.id,
                may_cancel=_may_cancel(case, member),
                sensitive=_is_sensitive(town, case),
            )

        return await self._house.in_town(member.town, read)

    async def make(self, member: SignedIn, case_id: str, wish: Wish, form_id: str) -> Done:
        """An appointment in the member's own case; the person hears it. The same form twice makes one."""

        def work(store: Store, case: Case, now: datetime) -> str:
            if case.owner != member.id:
                raise Refused(NOT_YOURS)
            starts_at = _start_of(wish)
            place, bring = (" ".join(clean(text).split()) for text in (wish.place, wish.bring))
            must_be_plannable(starts_at, place, bring, now)
            if not store.updates.first_time(DOOR, f"{case.id}:{form_id}"[:LONGEST_ID], now):
                raise Repeated("Der Termin ist eingetragen.")
            made = store.appointments.make(case, starts_at, place=place, bring=bring, remind=wish.remind)
            coming = Coming(what=APPOINTMENT, about=made.id, whom=case.account, starts_at=starts_at)
            for kind in missed(starts_at, now):  # they hear it now: the same again a moment later is noise
                store.reminders.mark(coming, kind, now)
            store.cases.save(owner_wrote(case, now))
            tell(self._house, store, made, "appointment.made", now)
            return "Der Termin ist eingetragen."

        return await self._step(member, case_id, "appointment.make", work)

    async def cancel(self, member: SignedIn, case_id: str, appointment_id: str) -> Done:
        """The appointment will not take place; the person hears it, once."""

        def work(store: Store, case: Case, now: datetime) -> str:
            if not _may_cancel(case, member):
                raise Refused(NOT_YOURS)
            found = store.appointments.get(appointment_id)
            if found is None or found.case != case.id:
                raise Refused("Diesen Termin gibt es nicht mehr.")
            if found.starts_at <= now:
                raise Refused("Dieser Termin hat schon begonnen. Er kann nicht mehr abgesagt werden.")
            if not store.appointments.cancel(found.id, now):
                raise Repeated("Der Termin ist abgesagt.")
            if case.status is Status.OWNED:
                store.cases.save(owner_wrote(case, now))
            tell(self._house, store, found, "appointment.cancelled", now)
            return "Der Termin ist abgesagt."

        return await self._step(member, case_id, "appointment.cancel", work)

    async def _step(self, member: SignedIn, case_id: str, what: str, work: Work) -> Done:
        def step(store: Store) -> Done:
            if not allows(member, "case.write"):
                raise Refused(FORBIDDEN)
            case, now = store.cases.get(case_id), self._house.clock()
            if case is None:
                raise Refused(GONE)
            sentence = work(store, case, now)
            store.audit.add(member.id, what, case.id, now)
            return Done(ok=True, sentence=sentence)

        try:
            return await self._house.in_town(member.town, step)
        except Repeated as repeated:
            return Done(ok=True, sentence=str(repeated))
        except (Refused, AppointmentError) as refused:
            return Done(ok=False, sentence=str(refused))
        except TransitionError:
            return Done(ok=False, sentence=FASTER)


def note_of(appointment: Appointment, key: str) -> Reply:
    """What is said of the appointment: when, where, and what to bring."""
    lines = [f"@appointment.place|{verbatim(appointment.place)}"]
    if appointment.bring:
        lines.append(f"@appointment.bring|{verbatim(appointment.bring)}")
    return Reply(key=key, args={"at": f"at:{appointment.starts_at.isoformat()}", "lines": tuple(lines)})


def tell(house: House, store: Store, appointment: Appointment, key: str, now: datetime) -> None:
    """Says it in the person's language: a letter of the bot in the case, and through their messengers."""
    note, account = note_of(appointment, key), appointment.account
    conversation, newest = store.conversations.load(account), store.cases.of_account(account)
    language = conversation.language if conversation is not None else SOURCE
    is_newest = newest is not None and newest.id == appointment.case
    if is_newest or store.cases.get(appointment.case) is not None:
        text = house.towns[store.town].script.text(note.key, language, note.args)
        store.letters.add(appointment.case, account, author=BOT, text=text, language=language, at=now)
    if conversation is not None and not (is_newest and _shows_letters(conversation)):
        on_screen = replace(conversation, shown=(note, *conversation.shown))
        store.conversations.save(account, on_screen, now)
    tell_newcomer(house, store, account, [Part(reply=note)], now, until=appointment.starts_at)


def _shows_letters(conversation: Conversation) -> bool:
    """Those of the newest case stand on the person's screen until they go on after its closing."""
    return conversation.case is not None or any(reply.key == CLOSED for reply in conversation.shown)


def _may_cancel(case: Case, member: SignedIn) -> bool:
    # what is closed belongs to nobody, and its appointment may still have to be called off
    return allows(member, "case.write") and (case.owner == member.id or case.status is Status.DONE)


def _is_sensitive(town: Town, case: Case) -> bool:
    """Whether it is about violence, an emergency or the like: then the guide decides on reminders."""
    needs = (town.script.taxonomy.needs.get(code) for code in case.needs)
    watched = any(need is not None and need.safety is not Safety.NONE for need in needs)
    emergency = any(code.partition(".")[0] == "emergency" for code in case.needs)
    return watched or emergency or case.urgency == ALARM


def _line(town: Town, appointment: Appointment, now: datetime) -> AppointmentLine:
    cancelled = appointment.cancelled_at is not None
    return AppointmentLine(
        id=appointment.id,
        when=moment(appointment.starts_at, town.script.wording[SOURCE].locale),
        place=appointment.place,
        bring=appointment.bring,
        remind=appointment.remind,
        cancelled=cancelled,
        open=not cancelled and appointment.starts_at > now,
    )


def _start_of(wish: Wish) -> datetime:
    """Raises Refused if day or time cannot be read, or the clocks change just then."""
    day, clock = day_from(wish.day), clock_from(wish.clock)
    if day is None or clock is None:
        raise Refused("Tag oder Uhrzeit fehlt. Schreiben Sie zum Beispiel 27.11.2026 und 14:00.")
    try:
        return at_local(day, clock)
    except ClockChange as change:
        why = "gibt es zweimal" if change.twice else "gibt es nicht"
        raise Refused(
            f"Diese Uhrzeit {why}: In dieser Nacht wird die Uhr umgestellt. Wählen Sie eine andere."
        ) from None
