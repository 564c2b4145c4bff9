"""Of somebody who has been erased nothing goes out any more, whoever had it in hand at that moment."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.channels.base import DeliveryError
from bot.delivery import Delivery
from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.erasing import erase_behind
from bot.house import House
from bot.jobs import let_go
from bot.team_notes import Note
from storage.outbox import Outgoing
from storage.store import Store
from tests.bot.postbox import Office, plays, until
from tests.doors import TOWN, Clock

GUIDE = "guide"


async def erases(office: Office, address: str) -> None:
    """Everything of the person there, as their own wish would."""
    await office.in_town(lambda store: erase_behind(office.house, store, TELEGRAM, address))


async def farewell(office: Office, address: str) -> None:
    """What is said last, about nobody."""
    now = office.clock()

    def add(store: Store) -> Outgoing:
        return store.outbox.add(None, TELEGRAM, address, "farewell", now, lease=True)

    office.delivery.hand_over(TOWN, [await office.in_town(add)])


def test_what_stands_behind_a_message_that_is_being_sent_is_dropped(house: House, clock: Clock) -> None:
    """The one that Telegram was given before may arrive, then the farewell; nothing in between."""

    async def scene(office: Office) -> None:
        office.box.shut["nour"] = gate = asyncio.Event()
        await office.posts("nour", "given", "offer", "letter")
        await until(lambda: office.box.trying)
        await erases(office, "nour")
        await farewell(office, "nour")
        gate.set()
        await office.delivery.noted()
        assert await office.waiting() == 0

    assert plays(house, clock, scene).box.texts == ["given", "farewell"]


def test_nothing_is_remembered_of_what_may_have_been_sent_to_them(house: House, clock: Clock) -> None:
    """Also if it was in hand once more at that moment."""

    async def scene(office: Office) -> None:
        office.box.faults["1"] = [DeliveryError("?", unsure=True)]
        row = await office.add("nour", "1")
        office.delivery.hand_over(TOWN, [row])
        await office.delivery.noted()
        assert len(office.delivery._unsure) == 1
        await erases(office, "nour")
        office.delivery.hand_over(TOWN, [row])
        await office.delivery.noted()
        assert office.delivery._unsure == {}

    plays(house, clock, scene)


def test_the_rest_of_a_long_message_is_dropped(house: House, clock: Clock) -> None:
    """It is asked between its parts as well."""

    async def scene(office: Office) -> None:
        office.box.shut["nour"] = gate = asyncio.Event()
        await office.posts("nour", "1|2|3")
        await until(lambda: office.box.trying)
        await erases(office, "nour")
        gate.set()
        await office.delivery.noted()

    assert plays(house, clock, scene).box.trying == ["1"]


def test_what_waits_because_a_bot_sends_so_many_in_a_second_is_dropped(house: House, clock: Clock) -> None:
    """It had passed everything else, and others go on after it."""

    async def scene(office: Office) -> None:
        senders = {(TOWN, TELEGRAM): office.box}
        office.delivery = Delivery(house, senders, each_second=2)
        await office.posts("omar", "a", "b")
        await until(lambda: len(office.box.sent) == 2)
        await office.posts("nour", "offer")
        await asyncio.sleep(0)
        await erases(office, "nour")
        await office.posts("lina", "x")
        await office.delivery.noted()

    assert plays(house, clock, scene).box.trying == ["a", "b", "x"]


def test_what_is_handed_over_only_after_the_erasure_is_dropped(house: House, clock: Clock) -> None:
    """Such as an answer that waited for the catalogue to be renewed."""

    async def scene(office: Office) -> None:
        late = await office.add("nour", "offer")
        await erases(office, "nour")
        office.delivery.hand_over(TOWN, [late])
        await office.delivery.noted()

    assert plays(house, clock, scene).box.trying == []


def note(who: str, text: str, clock: Clock) -> Callable[[Store], Outgoing]:
    """For the guide, about a case of this person."""

    def add(store: Store) -> Outgoing:
        account, body = store.accounts.create(TELEGRAM, who, clock()), Note(text=text).packed()
        return store.outbox.add(account.id, TEAM_TELEGRAM, GUIDE, body, clock(), subject="open:1", lease=True)

    return add


def test_a_guide_is_told_nothing_of_them_and_the_rest(house: House, clock: Clock) -> None:
    """A note about a case goes with its account; others for the same guide come."""

    async def scene(office: Office) -> None:
        office.team.shut[GUIDE] = gate = asyncio.Event()
        for number, who in enumerate(("omar", "nour", "lina"), start=1):
            office.delivery.hand_over(
                TOWN, [await office.in_town(note(who, f"Fall {number} wartet.", clock))]
            )
        await until(lambda: office.team.trying)
        await erases(office, "nour")
        gate.set()
        await office.delivery.noted()

    assert plays(house, clock, scene).team.texts == ["Fall 1 wartet.", "Fall 3 wartet."]


@pytest.mark.parametrize(
    "erasing",
    [
        pytest.param(
            lambda house, store: store.accounts.finish_erasures(house.clock()), id="none is left over"
        ),
        pytest.param(let_go, id="a guest after a day, by the hourly job"),
    ],
)
def test_whoever_erases_them(house: House, clock: Clock, erasing: Callable[[House, Store], int]) -> None:
    """A job in a thread of its own as well; where nobody is erased nothing is dropped."""

    async def scene(office: Office) -> None:
        office.box.shut["nour"] = gate = asyncio.Event()
        await office.posts("nour", "1", "2")
        await until(lambda: office.box.trying)
        clock.now += timedelta(days=1)
        await asyncio.to_thread(house.writer.run, TOWN, lambda store: erasing(house, store))
        gate.set()
        await office.delivery.noted()

    sent = plays(house, clock, scene).box.texts
    assert sent == (["1"] if erasing is let_go else ["1", "2"])
