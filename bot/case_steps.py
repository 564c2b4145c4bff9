"""One step of a guide with a case, inside a transaction, whichever door it came by."""

from collections.abc import Callable
from datetime import datetime

from bot.case_moves import open_again, show
from bot.case_views import Done
from bot.consequences import close_contact
from bot.doors import PUSHED, WEB
from bot.house import House
from bot.posts import Part
from bot.team_entry import SignedIn
from bot.telling import tell_newcomer, tell_taken
from casework.cases import OUTCOMES, Case, Event, TransitionError, move, not_now, owner_wrote
from casework.protocols import ContactRole, Kind, Outcome, begun, continued
from casework.team import allows
from catalog.normalise import MAX_LENGTH, clean
from dialogs.conversation import Owner
from dialogs.messages import Choice, Reply
from dialogs.wording import SOURCE
from storage.letters import GUIDE
from storage.store import Store

MENU = (Choice(id="/need", key="menu.need"), Choice(id="/human", key="menu.human"))
DOOR, LONGEST_ID = "desk", 128
FASTER = "Da war jemand schneller: Der Fall hat sich geändert. Sehen Sie noch einmal nach."
GONE = "Diesen Fall gibt es nicht mehr. Vielleicht hat die Person alles gelöscht."
FORBIDDEN = "Das darf Ihre Rolle nicht. Fragen Sie die Leitung."

Work = Callable[[Store, Case, datetime], str]


class Refused(Exception):
    """A guide asked for something that cannot be done; the text is German and says why."""


class Repeated(Exception):
    """The same step came twice: nothing changes; the text is what was said the first time."""


class CaseSteps:
    """Each step gives a German sentence that says what was done, or why nothing was."""

    def __init__(self, house: House) -> None:
        self._house = house

    def take(
        self, store: Store, member: SignedIn, case_id: str, *, tapped: tuple[bytes, str] | None = None
    ) -> Done:
        """The member becomes the case's one owner, the bot falls silent.

        `tapped`: lane and reference of the message in which they took it.
        """

        def work(store: Store, case: Case, now: datetime) -> str:
            taken = move(case, Event.TAKEN, now, owner=member.id)
            store.cases.save(taken)
            show(self._house, store, taken, now, Reply(key="handover.taken"), owner=Owner.GUIDE)
            tell_taken(store, taken, member.name, now, but=tapped)
            _choose_anew(store, member)
            return f"Fall {case.number} gehört jetzt Ihnen. Der Bot schweigt, Sie schreiben."

        return self._step(store, member, case_id, "case.take", work)

    def not_now(self, store: Store, member: SignedIn, case_id: str) -> Done:
        """The case stays open, and goes down in this member's list."""

        def work(store: Store, case: Case, _: datetime) -> str:
            store.cases.save(not_now(case, member.id))
            return f"Fall {case.number} bleibt offen für die anderen."

        return self._step(store, member, case_id, "case.not_now", work)

    def give_back(self, store: Store, member: SignedIn, case_id: str) -> Done:
        """The case is open to all again; the person hears it."""

        def work(store: Store, case: Case, now: datetime) -> str:
            _must_own(case, member)
            open_again(self._house, store, case, Event.GIVEN_BACK, now, by=member.id)
            return f"Fall {case.number} ist wieder offen."

        return self._step(store, member, case_id, "case.give_back", work)

    def close(self, store: Store, member: SignedIn, case_id: str, outcome: str) -> Done:
        """The conversation goes back to the bot, the person hears it, and the contact is written up."""

        def work(store: Store, case: Case, now: datetime) -> str:
            _must_own(case, member)
            if outcome not in OUTCOMES:
                raise Refused("Wählen Sie zuerst, wie der Fall ausgegangen ist.")
            closed = move(case, Event.CLOSED, now, outcome=outcome)
            store.cases.save(closed)
            reply = Reply(key="handover.closed", choices=MENU)
            show(self._house, store, closed, now, reply, owner=Owner.BOT, ended=True)
            contact = store.contacts.current(case.account)
            if contact is not None:
                ended = continued(contact, now, turns=0, outcome=Outcome.ANSWERED)
                close_contact(store, ended, self._house.new_id())
            return (
                f"Fall {case.number} ist abgeschlossen, das Kontaktprotokoll geschrieben – ohne die Person."
            )

        return self._step(store, member, case_id, "case.close", work)

    def write(self, store: Store, member: SignedIn, case_id: str, text: str, message_id: str) -> Done:
        """A letter to the person of the case; the same `message_id` twice is written once."""
        said = clean(text).strip()

        def work(store: Store, case: Case, now: datetime) -> str:
            _must_own(case, member)
            if not said:
                raise Refused("Die Nachricht ist leer. Schreiben Sie zuerst einen Text.")
            if len(text.strip()) > MAX_LENGTH:  # cut off might be just what the person needs
                told = f"höchstens {MAX_LENGTH} Zeichen, es sind {len(text.strip())}"
                raise Refused(f"Die Nachricht ist zu lang: {told}.")
            written = self._written(store, case)
            if not store.updates.first_time(DOOR, f"{case.id}:{message_id}"[:LONGEST_ID], now):
                raise Repeated(written)
            self._send(store, case, said, f"desk:{message_id}", now)
            return written

        return self._step(store, member, case_id, "case.write", work)

    def _written(self, store: Store, case: Case) -> str:
        """What is true of what is written to the person now: it goes out, or waits until they come back."""
        ways = store.accounts.addresses(case.account)
        pushed = [way for way in ways if way.channel in PUSHED]
        if not pushed or not all(way.unreachable for way in pushed):
            return f"Geschrieben an Fall {case.number}."
        told = f"Gespeichert für Fall {case.number}."
        if any(way.channel == WEB for way in ways):
            when = "sobald sie in den Web-Chat schaut"
            return f"{told} Auf Telegram ist die Person nicht erreichbar. Sie liest es, {when}."
        web = " oder in den Web-Chat kommt" if self._house.web_address(store.town) else ""
        return f"{told} Die Person liest es erst, wenn sie den Bot wieder zulässt{web}."

    def _send(self, store: Store, case: Case, said: str, update_id: str, now: datetime) -> None:
        store.letters.add(
            case.id,
            case.account,
            author=GUIDE,
            text=said,
            language=SOURCE,
            at=now,
            update_id=update_id,
        )
        store.cases.save(owner_wrote(case, now))
        tell_newcomer(self._house, store, case.account, [Part(letter=said)], now)
        contact = store.contacts.current(case.account) or begun(case.account, WEB, case.language, now)
        store.contacts.save(
            continued(contact, now, topics=case.needs, kind=Kind.RELAY, role=ContactRole.GUIDE)
        )

    def _step(self, store: Store, member: SignedIn, case_id: str, action: str, work: Work) -> Done:
        # whatever refuses does so before anything is written
        case = store.cases.get(case_id)
        if not allows(member, action):
            return Done(ok=False, sentence=FORBIDDEN)
        if case is None:
            return Done(ok=False, sentence=GONE)
        now = self._house.clock()
        try:
            sentence = work(store, case, now)
        except Repeated as repeated:
            return Done(ok=True, sentence=str(repeated))
        except Refused as refused:
            return Done(ok=False, sentence=str(refused))
        except TransitionError:
            return Done(ok=False, sentence=FASTER)
        store.audit.add(member.id, action, case.id, now)
        return Done(ok=True, sentence=sentence)


def _choose_anew(store: Store, member: SignedIn) -> None:
    """With several cases none is chosen in a chat: words for the new one would go to another person."""
    if len(store.cases.owned_by(member.id)) > 1:
        for way in store.member_addresses.of_member(member.id):
            if way.writing_to is not None:
                store.member_addresses.write_to(way.channel, way.address, None)


def _must_own(case: Case, member: SignedIn) -> None:
    if case.owner != member.id:
        raise Refused("Dieser Fall gehört Ihnen nicht. Übernehmen Sie ihn zuerst.")
