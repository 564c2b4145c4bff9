"""A process that starts takes over what another had in hand, before anything new can pass it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from bot.channels.base import Bubble
from bot.delivery import Delivery
from bot.doors import TELEGRAM
from bot.house import House
from storage.outbox import Outgoing
from storage.store import Store
from tests.doors import TOWN


class Postbox:
    """Keeps what is sent."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def messages(self, body: str) -> Sequence[Bubble]:
        return [Bubble(text=body)]

    async def send(self, address: str, message: Bubble, edits: str | None) -> str | None:
        self.texts.append(message.text)
        return str(len(self.texts))


def test_what_comes_while_the_bots_are_being_made_goes_after_what_was_in_hand(house: House) -> None:
    """The first bot may be written to for seconds before the second one is there."""
    box, senders = Postbox(), dict[tuple[str, str], Postbox]()

    async def scene() -> None:
        await add(house, "in the hands of a process that was killed")
        delivery = Delivery(house, senders)
        running = asyncio.create_task(delivery.run())
        await asyncio.sleep(0)
        senders[TOWN, TELEGRAM] = box
        delivery.hand_over(TOWN, [await add(house, "new")])
        async with asyncio.timeout(20):
            while len(box.texts) < 2:  # noqa: ASYNC110 - what is waited for tells nobody
                await asyncio.sleep(0.01)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await delivery.idle()

    asyncio.run(scene())
    assert box.texts == ["in the hands of a process that was killed", "new"]


async def add(house: House, text: str) -> Outgoing:
    """A row for a newcomer that whoever adds it has in hand."""
    now = house.clock()

    def added(store: Store) -> Outgoing:
        known = store.accounts.find(TELEGRAM, "nour")
        account = known or store.accounts.create(TELEGRAM, "nour", now, keep_address=True)
        return store.outbox.add(account.id, TELEGRAM, "nour", text, now, lease=True)

    return await house.in_town(TOWN, added)
