"""The use case of one step of a guide: look, take, write, give back, close; every reading is noted."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.case_views import Board, CaseLine, CaseView, Done, GuideLetter
from bot.consequences import GUIDE, NEWCOMER, close_contact
from bot.house import House, Town
from bot.team_entry import SignedIn
from casework.cases import (
    OUTCOMES,
    REASONS,
    Case,
    Event,
    Status,
    TransitionError,
    move,
    not_now,
    owner_wrote,
    queue_order_for,
)
from casework.protocols import ContactRole, Kind, Outcome, begun, continued
from casework.team import allows
from catalog.normalise import MAX_LENGTH, clean
from dialogs.asking import summary
from dialogs.conversation import Conversation, Owner, Run
from dialogs.messages import Choice, Reply
from dialogs.scene import INTAKE
from dialogs.wording import SOURCE
from storage.letters import Letter
from storage.store import Store

MENU = (Choice(id="/need", key="menu.need"), Choice(id="/human", key="menu.human"))
UNCLAIMED_AFTER = timedelta(hours=24)
DOOR, LONGEST_ID = "desk", 128
URGENCIES = {
    "today": "heute",
    "date_in_letter": "Datum im Brief",
    "this_week": "diese Woche",
    "has_time": "hat Zeit",
}


class Refused(Exception):
    """A guide asked for something that cannot be done; the text is German and says why."""


class Repeated(Exception):
    """The same step came twice: nothing changes; the text is what was said the first time."""


class TeamDesk:
    """What guides do with cases. Who may do what is casework's table; who someone is, the entry's matter."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def queue(self, member: SignedIn) -> Board:
        """Open cases, most urgent first; those the member put off come last."""
        town = self._house.towns[member.town]
        if not allows(member, "queue.read"):
            return Board(open=(), mine=(), others=(), not_picked_up=0)

        def read(store: Store) -> Board:
            now = self._house.clock()
            waiting = sorted(store.cases.queue(), key=lambda case: queue_order_for(case, now, member.id))
            owned = store.cases.owned()
            return Board(
                open=tuple(self._line(store, town, case, member) for case in waiting),
                mine=tuple(
                    self._line(store, town, case, member) for case in owned if case.owner == member.id
                ),
                others=tuple(
                    self._line(store, town, case, member) for case in owned if case.owner != member.id
                ),
                not_picked_up=len(store.letters.not_picked_up(now - UNCLAIMED_AFTER)),
            )

        return await self._house.in_town(member.town, read)

    async def view(self, member: SignedIn, case_id: str) -> CaseView | None:
        """The case with its conversation; None if the town has no such case. Reading is noted."""
        town = self._house.towns[member.town]

        def read(store: Store) -> CaseView | None:
            case = store.cases.get(case_id)
            if case is None or not allows(member, "case.read"):
                return None
            now = self._house.clock()
            before = len(store.audit.of_case(case.id))
            store.audit.add(member.id, "case.read", case.id, now)
            letters = store.letters.of_case(case.id)
            if case.owner == member.id:
                store.letters.mark_read(case.id, now)
            owner = store.team.member(case.owner) if case.owner is not None else None
            return CaseView(
                line=self._line(store, town, case, member),
                answers=self._answers(store, town, case),
                letters=tuple(self._letter(town, letter) for letter in letters),
                owner_name=owner.name if owner is not None else "",
                outcomes=tuple(OUTCOMES.items()),
                may_write=case.owner == member.id,
                read_before=before,
            )

        return await self._house.in_town(member.town, read)

    async def take(self, member: SignedIn, case_id: str) -> Done:
        """The member becomes the case's one owner, the bot falls silent."""

        def work(store: Store, case: Case, now: datetime) -> str:
            store.cases.save(move(case, Event.TAKEN, now, owner=member.id))
            self._show(store, case, now, Reply(key="handover.taken"), owner=Owner.GUIDE)
            return f"Fall {case.number} gehört jetzt Ihnen. Der Bot schweigt, Sie schreiben."

        return await self._step(member, case_id, "case.take", work)

    async def not_now(self, member: SignedIn, case_id: str) -> Done:
        """The case stays open, and goes down in this member's list."""

        def work(store: Store, case: Case, _: datetime) -> str:
            store.cases.save(not_now(case, member.id))
            return f"Fall {case.number} bleibt offen für die anderen."

        return await self._step(member, case_id, "case.not_now", work)

    async def give_back(self, member: SignedIn, case_id: str) -> Done:
        """The case is open to all again; the person hears it."""

        def work(store: Store, case: Case, now: datetime) -> str:
            _must_own(case, member)
            store.cases.save(move(case, Event.GIVEN_BACK, now))
            self._show(store, case, now, Reply(key="handover.given_back"), owner=Owner.BOT)
            return f"Fall {case.number} ist wieder offen."

        return await self._step(member, case_id, "case.give_back", work)

    async def close(self, member: SignedIn, case_id: str, outcome: str) -> Done:
        """The conversation goes back to the bot, the person hears it, and the contact is written up."""

        def work(store: Store, case: Case, now: datetime) -> str:
            _must_own(case, member)
            if outcome not in OUTCOMES:
                raise Refused("Wählen Sie zuerst, wie der Fall ausgegangen ist.")
            store.cases.save(move(case, Event.CLOSED, now, outcome=outcome))
            self._show(
                store, case, now, Reply(key="handover.closed", choices=MENU), owner=Owner.BOT, ended=True
            )
            contact = store.contacts.current(case.account)
            if contact is not None:
                close_contact(
                    store, continued(contact, now, turns=0, outcome=Outcome.ANSWERED), self._house.new_id()
                )
            return (
                f"Fall {case.number} ist abgeschlossen, das Kontaktprotokoll geschrieben – ohne die Person."
            )

        return await self._step(member, case_id, "case.close", work)

    async def write(self, member: SignedIn, case_id: str, text: str, message_id: str) -> Done:
        """A letter to the person of the case; the same `message_id` twice is written once."""
        said = clean(text).strip()

        def work(store: Store, case: Case, now: datetime) -> str:
            _must_own(case, member)
            if not said:
                raise Refused("Die Nachricht ist leer. Schreiben Sie zuerst einen Text.")
            if len(text.strip()) > MAX_LENGTH:  # cut off might be just what the person needs
                told = f"höchstens {MAX_LENGTH} Zeichen, es sind {len(text.strip())}"
                raise Refused(f"Die Nachricht ist zu lang: {told}.")
            written = f"Geschrieben an Fall {case.number}."
            if not store.updates.first_time(DOOR, f"{case.id}:{message_id}"[:LONGEST_ID], now):
                raise Repeated(written)
            store.letters.add(
                case.id,
                case.account,
                author=GUIDE,
                text=said,
                language=SOURCE,
                at=now,
                update_id=f"desk:{message_id}",
            )
            store.cases.save(owner_wrote(case, now))
            contact = store.contacts.current(case.account) or begun(
                case.account, "webchat", case.language, now
            )
            store.contacts.save(
                continued(contact, now, topics=case.needs, kind=Kind.RELAY, role=ContactRole.GUIDE)
            )
            return written

        return await self._step(member, case_id, "case.write", work)

    async def _step(
        self, member: SignedIn, case_id: str, action: str, work: Callable[[Store, Case, datetime], str]
    ) -> Done:
        def step(store: Store) -> Done:
            case = store.cases.get(case_id)
            if not allows(member, action):
                raise Refused("Das darf Ihre Rolle nicht. Fragen Sie die Leitung.")
            if case is None:
                raise Refused("Diesen Fall gibt es nicht mehr. Vielleicht hat die Person alles gelöscht.")
            now = self._house.clock()
            sentence = work(store, case, now)
            store.audit.add(member.id, action, case.id, now)
            return Done(ok=True, sentence=sentence)

        try:
            return await self._house.in_town(member.town, step)
        except Repeated as repeated:
            return Done(ok=True, sentence=str(repeated))
        except Refused as refused:
            return Done(ok=False, sentence=str(refused))
        except TransitionError:
            return Done(
                ok=False,
                sentence="Da war jemand schneller: Der Fall hat sich geändert. Sehen Sie noch einmal nach.",
            )

    def _show(
        self, store: Store, case: Case, now: datetime, reply: Reply, *, owner: Owner, ended: bool = False
    ) -> None:
        before = store.conversations.load(case.account)
        if before is None:
            return
        number = None if ended else before.case
        store.conversations.save(case.account, replace(before, owner=owner, case=number, shown=(reply,)), now)

    def _line(self, store: Store, town: Town, case: Case, member: SignedIn) -> CaseLine:
        return CaseLine(
            id=case.id,
            number=case.number,
            language=_language(town, case.language),
            needs=tuple(town.script.text(f"need.{need}", SOURCE) for need in case.needs),
            urgency=URGENCIES.get(case.urgency or "", ""),
            reason=REASONS.get(case.reason, ""),
            waiting_since=case.opened_at,
            unread=store.letters.unread(case.id),
            status=case.status.value,
            mine=case.status is Status.OWNED and case.owner == member.id,
        )

    def _answers(self, store: Store, town: Town, case: Case) -> tuple[tuple[str, str], ...]:
        conversation = store.conversations.load(case.account)
        if conversation is None:
            return ()
        return tuple(_answers(town, conversation))

    def _letter(self, town: Town, letter: Letter) -> GuideLetter:
        found = (
            town.script.understand(letter.text, letter.language).needs if letter.author == NEWCOMER else ()
        )
        return GuideLetter(
            author=letter.author,
            text=letter.text,
            language=letter.language,
            at=letter.at,
            picked_up_at=letter.picked_up_at,
            needs=tuple(town.script.text(f"need.{need}", SOURCE) for need in found),
        )


def _must_own(case: Case, member: SignedIn) -> None:
    if case.owner != member.id:
        raise Refused("Dieser Fall gehört Ihnen nicht. Übernehmen Sie ihn zuerst.")


def _language(town: Town, code: str) -> str:
    return str(town.script.wording[SOURCE].locale.languages.get(code, code))


def _answers(town: Town, conversation: Conversation) -> Iterator[tuple[str, str]]:
    run = next((run for run in conversation.runs if run.questionnaire == INTAKE), None)
    known = Run(id="", questionnaire=INTAKE, version=0, answers=conversation.known)
    for line in summary(town.script, run or known)[0]:
        question, *answers = (town.script.text(key.removeprefix("@"), SOURCE) for key in line.split("|"))
        yield question, ", ".join(answers)
