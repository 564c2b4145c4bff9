"""What is in the outbox goes out in order, and what cannot go holds up as little as possible."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.channels.base import DeliveryError
from bot.delivery import AGAIN_AT_MOST, GIVE_UP_AFTER, LOOK_EVERY
from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.house import House
from casework.cases import Event, move
from storage.accounts import Account
from storage.database import Database
from storage.outbox import LEASED_FOR
from storage.store import Store
from storage.tables import metadata
from tests.bot.people import joined, stored
from tests.bot.postbox import Office, plays, until
from tests.doors import TOWN, Clock, house_on

NETWORK = "network"


@pytest.fixture(scope="module")
def postgres(postgres_url: str) -> Iterator[Database]:
    database = Database.open(postgres_url, Path("unused"))
    yield database
    database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def anywhere(request: pytest.FixtureRequest, clock: Clock, built: tuple[House, Path]) -> Iterator[House]:
    """The house on either database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("house")
        return
    database = request.getfixturevalue("postgres")
    with database.begin() as connection:
        connection.execute(text("; ".join(f"DELETE FROM {table}" for table in metadata.sorted_tables)))
    house = house_on(database, built[0], clock)
    yield house
    house.writer.close()


def test_one_persons_messages_keep_their_order(anywhere: House, clock: Clock) -> None:
    """Also those that come while the first is still being sent."""

    async def scene(office: Office) -> None:
        office.box.shut["nour"] = gate = asyncio.Event()
        await office.posts("nour", "1", "2")
        await office.posts("nour", "3")
        assert office.box.sent == []
        gate.set()
        await office.delivery.noted()
        assert await office.waiting() == 0

    assert plays(anywhere, clock, scene).box.texts == ["1", "2", "3"]


def test_what_waits_for_one_person_goes_without_long_pauses(house: House, clock: Clock) -> None:
    """Nobody looks into the outbox every moment; whoever was told six things reads them within seconds."""

    async def scene(office: Office) -> None:
        for number in range(6):
            await office.add("nour", str(number), lease=False)
        await office.runs()
        await asyncio.wait_for(until(lambda: len(office.box.sent) == 6), 2 * LOOK_EVERY.total_seconds())
        assert office.box.texts == [str(number) for number in range(6)]

    plays(house, clock, scene)


def test_nobody_waits_for_somebody_else(anywhere: House, clock: Clock) -> None:
    async def scene(office: Office) -> None:
        office.box.shut["nour"] = gate = asyncio.Event()
        await office.posts("nour", "slow")
        for person in range(20):
            await office.posts(f"person {person}", "quick")
        await until(lambda: len(office.box.sent) == 20)
        gate.set()
        await office.delivery.noted()

    assert plays(anywhere, clock, scene).box.texts == ["quick"] * 20 + ["slow"]


def test_of_a_row_that_went_in_part_only_the_rest_is_sent_again(anywhere: House, clock: Clock) -> None:
    async def scene(office: Office) -> None:
        office.box.faults["3"] = [DeliveryError(NETWORK)]
        await office.runs()
        await office.posts("nour", "1|2|3|4")
        await office.delivery.noted()
        assert office.box.texts == ["1", "2"]
        await office.passes(2)

    assert plays(anywhere, clock, scene).box.texts == ["1", "2", "3", "4"]


def test_whoever_is_told_to_wait_waits_as_long_as_that(anywhere: House, clock: Clock) -> None:
    async def scene(office: Office) -> None:
        office.box.faults["1"] = [DeliveryError("too many messages", retry_after=7)]
        await office.runs()
        await office.posts("nour", "1", "2")
        await office.passes(6.9)
        assert office.box.sent == []
        await office.passes(0.1)
        await office.passes(0)

    assert plays(anywhere, clock, scene).box.texts == ["1", "2"]


def test_without_a_network_the_pauses_double_up_to_five_minutes(house: House, clock: Clock) -> None:
    """Nothing is lost meanwhile, and nothing goes out of turn."""
    pauses = [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert pauses[-1] == AGAIN_AT_MOST.total_seconds()

    async def scene(office: Office) -> None:
        office.box.faults["1"] = [DeliveryError(NETWORK) for _ in pauses]
        await office.runs()
        await office.posts("nour", "1", "2")
        for number, pause in enumerate(pauses, start=1):
            await office.passes(pause - 1)
            assert len(office.box.trying) == number
            await office.passes(1)
        await office.passes(0)

    assert plays(house, clock, scene).box.texts == ["1", "2"]


def test_what_may_have_been_sent_is_tried_three_times_more_within_two_hours(
    house: House, clock: Clock
) -> None:
    """Longer each time, and what fails for sure in between does not count; then the next one goes."""
    pauses = [60, 4, 600, 16, 6000]

    async def scene(office: Office) -> None:
        unsure, network = DeliveryError("unreadable answer", unsure=True), DeliveryError(NETWORK)
        office.box.faults["1"] = [unsure, network, unsure, network, unsure, unsure]
        await office.runs()
        await office.posts("nour", "1", "2")
        for number, pause in enumerate(pauses, start=1):
            await office.passes(pause - 1)
            assert len(office.box.trying) == number
            await office.passes(1)
        await office.passes(0)

    office = plays(house, clock, scene)
    assert office.box.trying == ["1"] * 6 + ["2"]
    assert office.box.texts == ["2"]


def test_after_a_week_a_message_is_given_up_and_the_next_goes(house: House, clock: Clock) -> None:
    async def scene(office: Office) -> None:
        office.box.faults["1"] = [DeliveryError(NETWORK)] * 2
        await office.runs()
        await office.posts("nour", "1")
        await office.passes(GIVE_UP_AFTER.total_seconds() + 1)
        await office.posts("nour", "2")
        await office.passes(0)

    assert plays(house, clock, scene).box.texts == ["2"]


@pytest.mark.parametrize("first", ["refused", "broken"])
def test_what_can_never_be_sent_does_not_hold_up_the_next(house: House, clock: Clock, first: str) -> None:
    """Refused for good, or stored in a form that cannot be read any more; it counts as failed."""

    async def scene(office: Office) -> None:
        office.box.faults["refused"] = [DeliveryError("refused", permanent=True)]
        await office.posts("nour", first, "next")
        await office.delivery.noted()
        account = await office.in_town(lambda store: store.accounts.find(TELEGRAM, "nour"))
        assert account is not None
        assert await office.in_town(lambda store: store.outbox.failed_for(account.id)) == 1
        assert await office.waiting() == 0

    assert plays(house, clock, scene).box.texts == ["next"]


def test_of_a_row_of_which_one_message_is_refused_the_rest_comes(house: House, clock: Clock) -> None:
    """Such as the next question after a tapped one that cannot be changed; it still counts as failed."""

    async def scene(office: Office) -> None:
        office.box.faults["2"] = [DeliveryError("refused", permanent=True)]
        await office.posts("nour", "1|2|3", "next")
        await office.delivery.idle()
        account = await office.in_town(lambda store: store.accounts.find(TELEGRAM, "nour"))
        assert account is not None
        assert await office.in_town(lambda store: store.outbox.failed_for(account.id)) == 1

    assert plays(house, clock, scene).box.texts == ["1", "3", "next"]


def test_whoever_cannot_be_reached_is_written_to_no_more_and_their_guide_hears_it_once(
    anywhere: House, clock: Clock
) -> None:
    """What waits for them has failed; it is no use to try."""
    channels = frozenset({(TOWN, TELEGRAM), (TOWN, TEAM_TELEGRAM)})
    house = replace(anywhere, channels=channels)
    guide = joined(house).signed_in

    def take(store: Store) -> Account:
        store.member_addresses.put(guide.id, TEAM_TELEGRAM, "guide", clock())
        account = store.accounts.create(TELEGRAM, "nour", clock(), keep_address=True)
        case = store.cases.open(
            account.id, language="ar", needs=(), urgency=None, reason="asked", now=clock()
        )
        store.cases.save(move(case, Event.TAKEN, clock(), owner=guide.id))
        return account

    account = stored(house, take)

    async def scene(office: Office) -> None:
        office.box.faults["1"] = office.box.faults["4"] = [DeliveryError("forbidden", unreachable=True)] * 2
        await office.runs()
        office.box.shut["nour"] = gate = asyncio.Event()
        await office.posts("nour", "1", "2", "3")
        gate.set()
        await office.delivery.noted()
        await office.posts("nour", "4")
        await office.passes(LEASED_FOR.total_seconds())
        await office.passes(0)
        assert await office.waiting() == 0

    office = plays(house, clock, scene)
    assert office.box.trying == ["1", "4"]
    assert ["Die Person ist auf Telegram nicht erreichbar" in told for told in office.team.texts] == [True]
    (way,) = stored(house, lambda store: store.accounts.addresses(account.id))
    assert way.unreachable
    assert stored(house, lambda store: store.outbox.failed_for(account.id)) == 4


def test_what_waits_follows_a_chat_that_has_moved(anywhere: House, clock: Clock) -> None:
    """In order, and the person is found at the new place."""

    async def scene(office: Office) -> None:
        office.box.faults["1"] = [DeliveryError("chat moved", moved_to="new")]
        await office.runs()
        await office.posts("old", "1", "2")
        await office.passes(0)
        await office.passes(0)
        assert await office.in_town(lambda store: store.accounts.find(TELEGRAM, "old")) is None
        assert await office.in_town(lambda store: store.accounts.find(TELEGRAM, "new")) is not None

    assert plays(anywhere, clock, scene).box.sent == [("new", "1"), ("new", "2")]
