"""One message from a newcomer inside its transaction: from what is known to what is kept and shown next."""

from dataclasses import replace
from datetime import datetime

from bot.alarms import alarming
from bot.consequences import Turning, carry_out, contact_of
from bot.doors import WEB
from bot.house import House, Town
from bot.newcomer_greeting import greeting, missed
from bot.newcomer_letters import letters_of
from bot.newcomer_links import arrived_by_link, way_to_web
from bot.newcomer_turn import GUEST, KNOWN, Arrival, Kept, Seen
from bot.posts import Part, Post, parts_of
from bot.settling import reachable_there
from dialogs.conversation import Conversation
from dialogs.effects import ErasureRequested
from dialogs.engine import Turn, advance
from dialogs.messages import Message, Reply
from storage.accounts import Account
from storage.outbox import Outgoing
from storage.store import Store

APOLOGY = "apology"
NUMBERS = "emergency."
"""What a reply's key begins with if it says whom to call."""


class NewcomerStep:
    """Everything here happens in the transaction of the store it is given."""

    def __init__(self, house: House) -> None:
        self._house = house

    def look(self, store: Store, town: Town, door: str, address: str | None, language: str) -> Seen:
        """What is shown now; for an unknown address the first screen."""
        account = store.accounts.find(door, address) if address else None
        conversation = store.conversations.load(account.id) if account is not None else None
        if account is None or conversation is None:
            return Seen(conversation=self._first(town, language), letters=())
        if door == WEB and (address or "").startswith(KNOWN):
            store.accounts.drop_others(account.id, door, address or "")  # the new address has arrived
        now = self._house.clock()
        return Seen(conversation=conversation, letters=letters_of(store, account.id, conversation, now))

    def take(self, store: Store, arrival: Arrival) -> Kept:
        """The turn that the message leads to. A message whose id was seen before changes nothing."""
        now = self._house.clock()
        new = store.updates.first_time(arrival.door, arrival.message.id, now)
        found = self._found(store, arrival)
        if not new and found is None:
            return self._repeated(store, arrival, now)
        if found is None and arrival.door == WEB and (arrival.address or "").startswith(KNOWN):
            return self._elsewhere(store, arrival, now)
        account, arrival = found or self._create(store, arrival, now)
        before = store.conversations.load(account.id)
        if not new:
            known = before or self._first(arrival.town, arrival.language)
            return self._kept(store, arrival, account, known, ())
        if account.unreachable:
            reachable_there(self._house, arrival.door, arrival.address or "", account.id, now, store)
        return self._new(store, arrival, account, before, now)

    def apologise(self, store: Store, arrival: Arrival, incident: str) -> Kept:
        """What is left of a turn that failed: the message counts as seen, and the person is told."""
        now = self._house.clock()
        store.updates.first_time(arrival.door, arrival.message.id, now)
        account, arrival = self._found(store, arrival) or self._create(store, arrival, now)
        before = store.conversations.load(account.id) or self._first(arrival.town, arrival.language)
        shown = tuple(reply for reply in before.shown if reply.key != APOLOGY)
        sorry = Reply(key=APOLOGY, args={"incident": incident})
        after = replace(before, shown=(sorry, *shown))
        store.conversations.save(account.id, after, now)
        outgoing = self._posted(store, arrival, account.id, after.language, [Part(reply=sorry)], now)
        return self._kept(store, arrival, account, after, after.shown, outgoing)

    def _new(
        self, store: Store, arrival: Arrival, account: Account, before: Conversation | None, now: datetime
    ) -> Kept:
        if arrival.pushed:
            told = arrived_by_link(self._house, store, arrival, account, now)
            if told is None and arrival.message.text == "/web":
                told = way_to_web(self._house, store, arrival.town, account, now)
            if told is not None:
                account_id, language = told.account or account.id, told.language or arrival.language
                unseen = missed(store, account.id) if account.unreachable else ()
                language = before.language if before is not None and not told.language else language
                outgoing = self._posted(store, arrival, account_id, language, [*unseen, *told.parts], now)
                shown = before or self._first(arrival.town, arrival.language)
                return self._kept(store, arrival, account, shown, (), outgoing)
        return self._turn(store, arrival, account, before, now)

    def _turn(
        self, store: Store, arrival: Arrival, account: Account, known: Conversation | None, now: datetime
    ) -> Kept:
        script, message = arrival.town.script, arrival.message
        before = known or self._first(arrival.town, arrival.language)
        turn = advance(script, before, message, now, self._house.new_id)
        language = turn.conversation.language
        contact = contact_of(store, account, arrival.door, language, now, self._house.new_id())
        turning = Turning(
            house=self._house,
            town=arrival.town,
            store=store,
            account=account,
            door=arrival.door,
            message_id=message.id,
            now=now,
            conversation=turn.conversation,
            contact=contact,
            random_id=self._house.new_id(),
            alarming=lambda text: alarming(script, text, language),
        )
        turning = carry_out(turning, turn.effects)
        parts = parts_of(before, message, turn.replies, arrival.tapped)
        if any(isinstance(effect, ErasureRequested) for effect in turn.effects):
            return self._erased(store, arrival, turning, parts)
        store.contacts.save(turning.contact)
        store.conversations.save(account.id, turning.conversation, now)
        store.accounts.touch(account, now)
        first = list(greeting(self._house, store, arrival, account, known, turn.conversation))
        parts = [*parts, *first] if _is_urgent(turn) else [*first, *parts]
        outgoing = self._posted(store, arrival, account.id, language, parts, now)
        return self._kept(store, arrival, account, turning.conversation, turn.replies, outgoing)

    def _erased(self, store: Store, arrival: Arrival, turning: Turning, goodbye: list[Part]) -> Kept:
        store.updates.first_time(_erasures(arrival), turning.message_id, turning.now)
        goodbye += [Part(reply=Reply(key="telegram.delete_chat"))] if arrival.pushed else []
        language = turning.conversation.language
        return Kept(
            conversation=turning.conversation,
            replies=turning.conversation.shown,
            letters=(),
            address=None,
            fresh=arrival.fresh,
            version=store.catalogue.version(),
            outgoing=self._posted(store, arrival, None, language, goodbye, turning.now),
        )

    def _posted(
        self,
        store: Store,
        arrival: Arrival,
        account_id: str | None,
        language: str,
        parts: list[Part],
        now: datetime,
    ) -> tuple[Outgoing, ...]:
        if not arrival.pushed or not parts:
            return ()
        body = Post(language=language, parts=tuple(parts)).packed()
        address = arrival.address or arrival.fresh
        return (store.outbox.add(account_id, arrival.door, address, body, now, lease=True),)

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

    def _create(self, store: Store, arrival: Arrival, now: datetime) -> tuple[Account, Arrival]:
        # An unknown web address is never taken over: it may have been put there by somebody else.
        address = (arrival.address if arrival.door != WEB else None) or arrival.fresh
        account = store.accounts.create(arrival.door, address, now, keep_address=arrival.pushed)
        return account, replace(arrival, address=address)

    def _kept(
        self,
        store: Store,
        arrival: Arrival,
        account: Account,
        conversation: Conversation,
        replies: tuple[Reply, ...],
        outgoing: tuple[Outgoing, ...] = (),
    ) -> Kept:
        now = self._house.clock()
        return Kept(
            conversation=conversation,
            replies=replies,
            letters=() if arrival.pushed else letters_of(store, account.id, conversation, now),
            address=self._address(store, arrival, account, conversation),
            fresh=arrival.fresh,
            version=store.catalogue.version(),
            outgoing=outgoing,
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


def fresh_address(house: House, message_id: str) -> str:
    """From the message's own random id, so that the same form sent twice is the same person."""
    return GUEST + house.signed("guest", message_id)


def _erasures(arrival: Arrival) -> str:
    return f"{arrival.door}.erased"


def _is_urgent(turn: Turn) -> bool:
    """Numbers of an emergency stand before everything that we say of ourselves."""
    return any(reply.key.startswith(NUMBERS) for reply in turn.replies[:1])
