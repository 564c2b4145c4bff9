"""What is remembered and logged of what could not be sent: no more than helps."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.channels.base import DeliveryError
from bot.house import House
from tests.bot.postbox import Office, plays
from tests.doors import TOWN, Clock


def network() -> DeliveryError:
    return DeliveryError("network")


def test_nothing_is_remembered_of_what_has_an_end(house: House, clock: Clock) -> None:
    """Sent, refused, given up, or to be tried again by a later look: a process runs for months."""

    async def scene(office: Office) -> None:
        office.box.faults |= {
            "refused": [DeliveryError("refused", permanent=True)],
            "unsure": [DeliveryError("?", unsure=True)] * 4,
            "later": [network()],
        }
        await office.posts("nour", "1", "refused", "2|3", "later", "4")
        for _ in range(4):
            await office.posts("omar", "unsure")
            await office.delivery.noted()
            clock.now += timedelta(hours=3)
            await office.delivery.look(TOWN)
            await office.delivery.noted()
        await asyncio.sleep(0)
        delivery = office.delivery
        assert (delivery._held, delivery._lanes, delivery._unsure, delivery._unnoted) == (set(), {}, {}, {})

    plays(house, clock, scene)


@pytest.mark.parametrize(
    "end",
    [
        pytest.param([], id="it is sent"),
        pytest.param([DeliveryError("refused", permanent=True)], id="it is refused"),
        pytest.param([DeliveryError("forbidden", unreachable=True)], id="nobody is reached there"),
    ],
)
def test_that_a_message_may_have_been_sent_is_remembered_only_as_long_as_it_waits(
    house: House, clock: Clock, end: list[Exception]
) -> None:
    async def scene(office: Office) -> None:
        office.box.faults["1"] = [DeliveryError("?", unsure=True), *end]
        await office.runs()
        await office.posts("nour", "1")
        await office.delivery.noted()
        assert len(office.delivery._unsure) == 1
        await office.passes(60)
        await asyncio.sleep(0)
        assert office.delivery._unsure == {}

    plays(house, clock, scene)


def test_nothing_is_remembered_of_what_was_surely_not_sent(house: House, clock: Clock) -> None:
    """However many cannot be sent while a network is away."""

    async def scene(office: Office) -> None:
        office.box.faults["1"] = [network()]
        await office.posts("nour", "1")
        await office.delivery.noted()
        assert office.delivery._unsure == {}

    plays(house, clock, scene)


def test_that_nothing_can_be_sent_is_logged_once_until_something_goes_again(
    house: House, clock: Clock
) -> None:
    """What is given up is told each time: nothing comes after it."""

    async def scene(office: Office) -> None:
        office.box.faults |= {
            "1": [network() for _ in range(3)],
            "2": [DeliveryError("refused", permanent=True)],
            "3": [network() for _ in range(2)],
            "4": [network(), DeliveryError("refused", permanent=True)],
        }
        await office.runs()
        for text in ("1", "2", "3", "4"):
            await office.posts("nour", text)
            await office.delivery.noted()
            for seconds in (2, 4, 8):
                await office.passes(seconds)

    with capture_logs() as logs:
        office = plays(house, clock, scene)
    told = [line["reason"] for line in logs if line["event"] == "not sent"]
    assert office.box.texts == ["1", "3"]
    assert told == ["network", "refused", "network", "network", "refused"]
