"""The use case of one message from a newcomer: one transaction from what is known to what is shown next."""

import secrets
from dataclasses import replace
from datetime import datetime

import structlog

from bot.alarms import alarming
from bot.consequences import Turning, carry_out, contact_of
from bot.erasing import erase_behind
from bot.house import House, Town
from bot.newcomer_turn import Arrival, Kept, Seen
from bot.newcomer_views import LetterView, Received, View, view_of
from bot.rendering import render
from casework.cases import Case
from catalog.normalise import clean
from dialogs.conversation import Conversation
from dialogs.effects import ErasureRequested
from dialogs.engine import advance
from dialogs.messages import Message, Reply
from storage.accounts import Account
from storage.errors import StorageError, TooManyTries
from storage.store import Store

log = structlog.get_logger()

WEB = "webchat"
APOLOGY = "apology"
CLOSED = "handover.closed"
GUEST, KNOWN = "g", "k"
"""What a web address begins with before and after consent: with the first consent the address changes."""


class NewcomerDesk:
    """Takes messages from any door. Which door, it only counts."""

    def __init__(self, house: House) -> None:
        self._house = house

    def languages(self) -> tuple[tuple[str, str, str], ...]:
        """Code, native name and direction of every offered language."""
        script = next(iter(self._house.towns.values())).script
        return tuple(
            (code, script.wording[code].name, script.wording.direction(code)) for code in script.languages
        )

    def look(self, town: str, door: str, address: str | None, language: str) -> View:
        """What is shown now; for an unknown address the first screen. Not for the event loop."""
        house = self._house.towns[town]
        found = self._house.writer.run(town, lambda store: self._look(store, house, door, address, language))
        return view_of(house.script, found.conversation, found.letters, self._house.clock())

    async def receive(
        self, town: str, door: str, address: str | None, message: Message, language: str
    ) -> Received:
        """The turn that a message leads to, after it is saved.

        A message whose id was seen before changes nothing. A turn that fails leaves an apology.

        Raises:
            StorageError: nothing was saved; the message may be sent again as it is.
        """
        house = self._house.towns[town]
        text = clean(message.text) if message.text is not None else None
        arrival = Arrival(
            town=house,
            door=door,
            address=address,
            # from the message's own random id, so that the same form sent twice is the same person
            fresh=GUEST + self._house.signed("guest", message.id),
            message=replace(message, text=text),
            language=language,
        )
        try:
            kept = await self._house.in_town(town, lambda store: self._turn(store, arrival))
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - a bug becomes an apology here
            kept = await self._apologised(arrival, error)
        received = self._received(house, kept)
        if kept.version != house.version:
            await self._house.refresh(house)
        return received

    async def resume_code(self, town: str, address: str) -> str:
        """A new code to come back with; the former one is void. Empty for guests: nothing of them is kept."""

        def issue(store: Store) -> str:
            account = store.accounts.find(WEB, address)
            return (
                ""
                if account is None or account.guest
                else store.resume.issue(account.id, self._house.clock())
            )

        return await self._house.in_town(town, issue)

    async def resume(self, town: str, code: str, bucket: str) -> str | None:
        """A new web address for the account that the code belongs to; None if it is not valid (any more)."""

        def redeem(store: Store) -> str | None:
            account_id = store.resume.redeem(code, self._house.clock(), bucket)
            if account_id is None:
                return None
            address = KNOWN + secrets.token_urlsafe(32)
            store.accounts.add_address(account_id, WEB, address)
            return address

        try:
            return await self._house.in_town(town, redeem)
        except TooManyTries:  # looks like a wrong code
            return None

    async def forget(self, town: str, door: str, address: str) -> None:
        """Erases whoever the address leads to; nobody there is fine."""
        await self._house.in_town(town, lambda store: erase_behind(self._house, store, door, address))

    def _turn(self, store: Store, arrival: Arrival) -> Kept:
        now, script, message = self._house.clock(), arrival.town.script, arrival.message
        new = store.updates.first_time(arrival.door, message.id, now)
        if not new and self._found(store, arrival) is None:
            return self._repeated(store, arrival, now)
        if self._is_signed_out(store, arrival):
            return self._elsewhere(store, arrival, now)
        account, arrival = self._account(store, arrival, now)
        before = store.conversations.load(account.id) or self._first(arrival.town, arrival.language)
        if not new:
            return self._kept(store, arrival, account, before, ())
        turn = advance(script, before, message, now, self._house.new_id)
        contact = contact_of(
            store, account, arrival.door, turn.conversation.language, now, self._house.new_id()
        )
        turning = Turning(
            store=store,
            account=account,
            door=arrival.door,
            message_id=message.id,
            now=now,
            conversation=turn.conversation,
            contact=contact,
            random_id=self._house.new_id(),
            alarming=lambda text: alarming(script, text, turn.conversation.language),
        )
        turning = carry_out(turning, turn.effects)
        if any(isinstance(effect, ErasureRequested) for effect in turn.effects):
            return self._erased(store, arrival, turning)
        store.contacts.save(turning.contact)
        store.conversations.save(account.id, turning.conversation, now)
        store.accounts.touch(account.id, now)
        return self._kept(store, arrival, account, turning.conversation, turn.replies)

    def _erased(self, store: Store, arrival: Arrival, turning: Turning) -> Kept:
        store.updates.first_time(_erasures(arrival), turning.message_id, turning.now)
        return Kept(
            conversation=turning.conversation,
            replies=turning.conversation.shown,
            letters=(),
            address=None,
            fresh=arrival.fresh,
            version=store.catalogue.version(),
        )

    async def _apologised(self, arrival: Arrival, error: Exception) -> Kept:
        incident = self._house.new_id()
        log.error("turn failed", incident=incident, error=type(error).__name__, door=arrival.door)

        def apologise(store: Store) -> Kept:
            now = self._house.clock()
            store.updates.first_time(arrival.door, arrival.message.id, now)
            account, found = self._account(store, arrival, now)
            before = store.conversations.load(account.id) or self._first(found.town, found.language)
            shown = tuple(reply for reply in before.shown if reply.key != APOLOGY)
            sorry = Reply(key=APOLOGY, args={"incident": incident})
            after = replace(before, shown=(sorry, *shown))
            store.conversations.save(account.id, after, now)
            return self._kept(store, found, account, after, after.shown)

        return await self._house.in_town(arrival.town.id, apologise)

    def _look(self, store: Store, town: Town, door: str, address: str | None, language: str) -> Seen:
        account = store.accounts.find(door, address) if address else None
        conversation = store.conversations.load(account.id) if account is not None else None
        if account is None or conversation is None:
            return Seen(conversation=self._first(town, language), letters=())
        if door == WEB and (address or "").startswith(KNOWN):
            store.accounts.drop_others(account.id, door, address or "")  # the new address has arrived
        return Seen(conversation=conversation, letters=self._letters(store, account, conversation))

    def _first(self, town: Town, language: str) -> Conversation:
        fresh, start = Conversation(language=language), Message(id="first", text="/start")
        return advance(town.script, fresh, start, self._house.clock(), self._house.new_id).conversation

    def _repeated(self, store: Store, arrival: Arrival, now: datetime) -> Kept:
        """Nobody is there for a message seen before: the goodbye again if it was the one that erased."""
        erased = not store.updates.first_time(_erasures(arrival), arrival.message.id, now)
        goodbye = Conversation(language=arrival.language, shown=(Reply(key="erase.done"),))
        return Kept(
            conversation=goodbye if erased else self._first(arrival.town, arrival.language),
            replies=(),
            letters=(),
            address=None if erased else arrival.fresh,
            fresh=arrival.fresh,
            version=store.catalogue.version(),
        )

    def _is_signed_out(self, store: Store, arrival: Arrival) -> bool:
        known = arrival.door == WEB and (arrival.address or "").startswith(KNOWN)
        return known and self._found(store, arrival) is None

    def _elsewhere(self, store: Store, arrival: Arrival, now: datetime) -> Kept:
        """Applies nothing and says so: what was written may have been meant for a guide."""
        account = store.accounts.create(arrival.door, arrival.fresh, now)
        first = self._first(arrival.town, arrival.language)
        told = replace(first, shown=(Reply(key="session.elsewhere"), *first.shown), heard_at=now)
        store.conversations.save(account.id, told, now)
        return self._kept(store, replace(arrival, address=arrival.fresh), account, told, told.shown)

    def _found(self, store: Store, arrival: Arrival) -> tuple[Account, Arrival] | None:
        for address in filter(None, (arrival.address, arrival.fresh)):
            account = store.accounts.find(arrival.door, address)
            if account is not None:
                return account, replace(arrival, address=address)
        return None

    def _account(self, store: Store, arrival: Arrival, now: datetime) -> tuple[Account, Arrival]:
        found = self._found(store, arrival)
        if found is not None:
            return found
        # An unknown web address is never taken over: it may have been put there by somebody else.
        address = (arrival.address if arrival.door != WEB else None) or arrival.fresh
        return store.accounts.create(arrival.door, address, now), replace(arrival, address=address)

    def _kept(
        self,
        store: Store,
        arrival: Arrival,
        account: Account,
        conversation: Conversation,
        replies: tuple[Reply, ...],
    ) -> Kept:
        return Kept(
            conversation=conversation,
            replies=replies,
            letters=self._letters(store, account, conversation),
            address=self._address(store, arrival, account, conversation),
            fresh=arrival.fresh,
            version=store.catalogue.version(),
        )

    def _received(self, town: Town, kept: Kept) -> Received:
        now = self._house.clock()
        return Received(
            view=view_of(town.script, kept.conversation, kept.letters, now),
            address=kept.address or kept.fresh,
            kept=kept.address is not None,
            replies=render(town.script, kept.replies, kept.conversation.language, now),
        )

    def _address(self, store: Store, arrival: Arrival, account: Account, conversation: Conversation) -> str:
        # The former address goes once the new one comes back: a lost answer must not lock anybody out.
        came_by = arrival.address or arrival.fresh
        if arrival.door != WEB or conversation.guest:
            return came_by
        if came_by.startswith(KNOWN):
            store.accounts.drop_others(account.id, arrival.door, came_by)
            return came_by
        address = KNOWN + self._house.signed("known", came_by)
        store.accounts.add_address(account.id, arrival.door, address)
        return address

    def _letters(self, store: Store, account: Account, conversation: Conversation) -> tuple[LetterView, ...]:
        case = self._case(store, account, conversation)
        if case is None:
            return ()
        letters = store.letters.of_case(case.id)
        store.letters.mark_picked_up(account.id, self._house.clock())
        return tuple(LetterView(author=letter.author, text=letter.text, at=letter.at) for letter in letters)

    def _case(self, store: Store, account: Account, conversation: Conversation) -> Case | None:
        ended = any(reply.key == CLOSED for reply in conversation.shown)
        return store.cases.of_account(account.id) if conversation.case is not None or ended else None


def _erasures(arrival: Arrival) -> str:
    return f"{arrival.door}.erased"
