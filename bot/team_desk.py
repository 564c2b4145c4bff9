"""The use case of one step of a guide: look, take, write, give back, close; every reading is noted."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.case_lines import answers_of, closed_line_of, letters_of, line_of
from bot.case_moves import open_again, show
from bot.case_views import Board, CaseView, Done
from bot.consequences import GUIDE, close_contact
from bot.house import House
from bot.team_entry import SignedIn
from casework.cases import (
    OUTCOMES,
    Case,
    Event,
    TransitionError,
    move,
    not_now,
    owner_wrote,
    queue_order,
    queue_order_for,
)
from casework.protocols import ContactRole, Kind, Outcome, begun, continued
from casework.team import allows
from catalog.normalise import MAX_LENGTH, clean
from dialogs.conversation import Owner
from dialogs.messages import Choice, Reply
from dialogs.wording import SOURCE
from storage.letters import Letter
from storage.store import Store

MENU = (Choice(id="/need", key="menu.need"), Choice(id="/human", key="menu.human"))
UNCLAIMED_AFTER = timedelta(hours=24)
CLOSED_LATELY, CLOSED_SHOWN = timedelta(days=14), 20
DOOR, LONGEST_ID = "desk", 128


class Refused(Exception):
    """A guide asked for something that cannot be done; the text is German and says why."""


class Repeated(Exception):
    """The same step came twice: nothing changes; the text is what was said the first time."""


class TeamDesk:
    """What guides do with cases. Who may do what is casework's table; who someone is, the entry's matter."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def queue(self, member: SignedIn) -> Board:
        """Most urgent first, but open ones that the member put off come last; and what was closed lately."""
        town = self._house.towns[member.town]
        if not allows(member, "queue.read"):
            return Board(open=(), mine=(), others=(), not_picked_up=0)

        def read(store: Store) -> Board:
            now = self._house.clock()
            waiting = sorted(store.cases.queue(), key=lambda case: queue_order_for(case, now, member.id))
            owned = sorted(store.cases.owned(), key=lambda case: queue_order(case, now))
            done = store.cases.closed(now - CLOSED_LATELY, CLOSED_SHOWN)
            return Board(
                open=tuple(line_of(store, town, case, member) for case in waiting),
                mine=tuple(line_of(store, town, case, member) for case in owned if case.owner == member.id),
                others=tuple(line_of(store, town, case, member) for case in owned if case.owner != member.id),
                not_picked_up=len(store.letters.not_picked_up(now - UNCLAIMED_AFTER)),
                closed=tuple(closed_line_of(town, case) for case in done),
            )

        return await self._house.in_town(member.town, read)

    async def numbered(self, member: SignedIn, number: int) -> str | None:
        """The id of the town's case with this number, open or closed; None if there is none."""

        def find(store: Store) -> str | None:
            case = store.cases.by_number(number) if allows(member, "case.read") else None
            return case.id if case is not None else None

        return await self._house.in_town(member.town, find)

    async def view(self, member: SignedIn, case_id: str) -> CaseView | None:
        """The case with its conversation; None if the town has no such case. Reading is noted."""
        town = self._house.towns[member.town]

        def read(store: Store) -> tuple[CaseView, tuple[Letter, ...]] | None:
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
            view = CaseView(
                line=line_of(store, town, case, member),
                answers=tuple(answers_of(town, store.conversations.load(case.account))),
                letters=(),
                owner_name=owner.name if owner is not None else "",
                outcomes=tuple(OUTCOMES.items()),
                may_write=case.owner == member.id,
                read_before=before,
            )
            return view, letters

        found = await self._house.in_town(member.town, read)
        if found is None:
            return None
        # outside the transaction: recognising needs in many letters must hold up nobody else's message
        letters = await asyncio.to_thread(letters_of, town, found[1])
        return replace(found[0], letters=letters)

    async def take(self, member: SignedIn, case_id: str) -> Done:
        """The member becomes the case's one owner, the bot falls silent."""

        def work(store: Store, case: Case, now: datetime) -> str:
            store.cases.save(move(case, Event.TAKEN, now, owner=member.id))
            show(store, case, now, Reply(key="handover.taken"), owner=Owner.GUIDE)
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
            open_again(store, case, Event.GIVEN_BACK, now)
            return f"Fall {case.number} ist wieder offen."

        return await self._step(member, case_id, "case.give_back", work)

    async def close(self, member: SignedIn, case_id: str, outcome: str) -> Done:
        """The conversation goes back to the bot, the person hears it, and the contact is written up."""

        def work(store: Store, case: Case, now: datetime) -> str:
            _must_own(case, member)
            if outcome not in OUTCOMES:
                raise Refused("Wählen Sie zuerst, wie der Fall ausgegangen ist.")
            store.cases.save(move(case, Event.CLOSED, now, outcome=outcome))
            reply = Reply(key="handover.closed", choices=MENU)
            show(store, case, now, reply, owner=Owner.BOT, ended=True)
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


def _must_own(case: Case, member: SignedIn) -> None:
    if case.owner != member.id:
        raise Refused("Dieser Fall gehört Ihnen nicht. Übernehmen Sie ihn zuerst.")
