"""The use case of one step of a guide at the desk: look, take, write, give back, close; reading is noted."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.case_lines import answers_of, closed_line_of, letters_of, line_of
from bot.case_steps import CaseSteps
from bot.case_views import Board, CaseView, Done
from bot.house import House
from bot.team_entry import SignedIn
from casework.cases import OUTCOMES, queue_order, queue_order_for
from casework.team import allows
from storage.letters import Letter
from storage.store import Store

UNCLAIMED_AFTER = timedelta(hours=24)
UNSENT_AFTER = timedelta(minutes=5)
CLOSED_LATELY, CLOSED_SHOWN = timedelta(days=14), 20


class TeamDesk:
    """What guides do with cases. Who may do what is casework's table; who someone is, the entry's matter."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._steps = CaseSteps(house)

    async def queue(self, member: SignedIn) -> Board:
        """Most urgent first, but open ones that the member put off come last; and what was closed lately."""
        if not allows(member, "queue.read"):
            return Board(open=(), mine=(), others=(), not_picked_up=0)
        return await self._house.in_town(member.town, lambda store: self.board(store, member))

    def board(self, store: Store, member: SignedIn) -> Board:
        """As `queue`, inside a transaction, for someone who may see it."""
        town, now = self._house.towns[member.town], self._house.clock()
        waiting = sorted(store.cases.queue(), key=lambda case: queue_order_for(case, now, member.id))
        owned = sorted(store.cases.owned(), key=lambda case: queue_order(case, now))
        done = store.cases.closed(now - CLOSED_LATELY, CLOSED_SHOWN)
        return Board(
            open=tuple(line_of(store, town, case, member) for case in waiting),
            mine=tuple(line_of(store, town, case, member) for case in owned if case.owner == member.id),
            others=tuple(line_of(store, town, case, member) for case in owned if case.owner != member.id),
            not_picked_up=len(store.letters.not_picked_up(now - UNCLAIMED_AFTER)),
            unsent=store.outbox.waiting_since(now - UNSENT_AFTER),
            closed=tuple(closed_line_of(town, case) for case in done),
        )

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
        return await self._house.in_town(member.town, lambda s: self._steps.take(s, member, case_id))

    async def not_now(self, member: SignedIn, case_id: str) -> Done:
        """The case stays open, and goes down in this member's list."""
        return await self._house.in_town(member.town, lambda s: self._steps.not_now(s, member, case_id))

    async def give_back(self, member: SignedIn, case_id: str) -> Done:
        """The case is open to all again; the person hears it."""
        return await self._house.in_town(member.town, lambda s: self._steps.give_back(s, member, case_id))

    async def close(self, member: SignedIn, case_id: str, outcome: str) -> Done:
        """The conversation goes back to the bot, the person hears it, and the contact is written up."""
        return await self._house.in_town(
            member.town, lambda s: self._steps.close(s, member, case_id, outcome)
        )

    async def write(self, member: SignedIn, case_id: str, text: str, message_id: str) -> Done:
        """A letter to the person of the case; the same `message_id` twice is written once."""
        return await self._house.in_town(
            member.town, lambda s: self._steps.write(s, member, case_id, text, message_id)
        )
