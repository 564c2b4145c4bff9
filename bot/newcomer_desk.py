"""The use case of one message from a newcomer: one transaction from what is known to what is shown next."""

import secrets
from dataclasses import replace

import structlog

from bot.doors import PUSHED, WEB
from bot.erasing import erase_behind
from bot.house import House, Town
from bot.newcomer_step import NewcomerStep, fresh_address
from bot.newcomer_turn import KNOWN, Arrival, Kept
from bot.newcomer_views import Received, View, view_of
from bot.rendering import render
from catalog.normalise import clean
from dialogs.messages import Message
from storage.errors import StorageError, TooManyTries
from storage.outbox import Outgoing
from storage.store import Store

log = structlog.get_logger()


class NewcomerDesk:
    """Takes messages from any door. Which door, it only counts."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._step = NewcomerStep(house)

    def languages(self) -> tuple[tuple[str, str, str], ...]:
        """Code, native name and direction of every offered language."""
        script = next(iter(self._house.towns.values())).script
        return tuple(
            (code, script.wording[code].name, script.wording.direction(code)) for code in script.languages
        )

    def look(self, town: str, door: str, address: str | None, language: str) -> View:
        """What is shown now; for an unknown address the first screen. Not for the event loop."""
        house = self._house.towns[town]
        found = self._house.writer.run(
            town, lambda store: self._step.look(store, house, door, address, language)
        )
        return view_of(house.script, found.conversation, found.letters, self._house.clock())

    def is_cry(self, town: str, text: str, language: str) -> bool:
        """Whether the town's script hears an emergency in it. Takes milliseconds: not for every message."""
        if text.startswith("/"):  # "/help" is a command
            return False
        return bool(self._house.towns[town].script.understand(clean(text), language).emergencies)

    async def receive(
        self, town: str, door: str, address: str | None, message: Message, language: str
    ) -> Received:
        """The turn that a message leads to, after it is saved, for doors at which people look.

        A message whose id was seen before changes nothing. A turn that fails leaves an apology.

        Raises:
            StorageError: nothing was saved; the message may be sent again as it is.
        """
        arrival = self._arrival(town, door, address, message, language)
        return self._received(arrival.town, await self._taken(arrival))

    async def accept(
        self,
        town: str,
        door: str,
        address: str,
        message: Message,
        language: str,
        *,
        tapped: str = "",
        start: str = "",
        late: bool = False,
    ) -> tuple[Outgoing, ...]:
        """As `receive`, for doors at which people are sent what is said: what is to be sent now.

        `tapped` is the reference of the message that was tapped, `start` what the link carried by which they
        came; `late`: the message has waited for us for long.
        """
        arrival = self._arrival(town, door, address, message, language)
        return (await self._taken(replace(arrival, tapped=tapped, start=start, late=late))).outgoing

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

    def _arrival(self, town: str, door: str, address: str | None, message: Message, language: str) -> Arrival:
        text = clean(message.text) if message.text is not None else None
        return Arrival(
            town=self._house.towns[town],
            door=door,
            address=address,
            fresh=address if address and door in PUSHED else fresh_address(self._house, message.id),
            message=replace(message, text=text),
            language=language,
        )

    async def _taken(self, arrival: Arrival) -> Kept:
        town = arrival.town
        try:
            kept = await self._house.in_town(town.id, lambda store: self._step.take(store, arrival))
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - a bug becomes an apology here
            kept = await self._apologised(arrival, error)
        if kept.version != town.version:
            await self._renew(town)
        return kept

    async def _renew(self, town: Town) -> None:
        """A catalogue that cannot be used must not keep anybody's answer."""
        try:
            await self._house.refresh(town)
        except Exception as error:  # noqa: BLE001 - the turn is saved, and the next one tries again
            log.error("catalogue not renewed", town=town.id, error=type(error).__name__)

    async def _apologised(self, arrival: Arrival, error: Exception) -> Kept:
        incident = self._house.new_id()
        log.error("turn failed", incident=incident, error=type(error).__name__, door=arrival.door)
        return await self._house.in_town(
            arrival.town.id, lambda store: self._step.apologise(store, arrival, incident)
        )

    def _received(self, town: Town, kept: Kept) -> Received:
        now = self._house.clock()
        return Received(
            view=view_of(town.script, kept.conversation, kept.letters, now),
            address=kept.address or kept.fresh,
            kept=kept.address is not None,
            replies=render(town.script, kept.replies, kept.conversation.language, now),
        )
