"""What stands behind a message, or beside it, when something goes wrong with that one."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.channels.base import DeliveryError
from bot.delivery import AGAIN_AT_MOST, Delivery
from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.house import House
from storage.errors import NotSaved
from storage.outbox import Outbox, Outgoing
from storage.store import Store
from tests.bot.postbox import Office, Postbox, plays, until
from tests.doors import TOWN, Clock


def network() -> DeliveryError:
    return DeliveryError("network")


def test_what_stood_behind_one_that_failed_follows_as_soon_as_that_has_gone(
    house: House, clock: Clock
) -> None:
    """Not only when its reservation runs out."""

    async def scene(office: Office) -> None:
        office.box.faults["1"] = [network()]
        await office.runs()
        office.box.shut["nour"] = gate = asyncio.Event()
        await office.posts("nour", "1", "2", "3")
        gate.set()
        await office.delivery.noted()
        for seconds in (2, 0, 0):
            await office.passes(seconds)

    assert plays(house, clock, scene).box.texts == ["1", "2", "3"]


def test_a_row_that_is_stopped_twice_goes_on_where_it_was(house: House, clock: Clock) -> None:
    """Its messages are counted from its beginning, each time."""

    async def scene(office: Office) -> None:
        office.box.faults["2"], office.box.faults["3"] = [network()], [network()]
        await office.runs()
        await office.posts("nour", "1|2|3|4")
        await office.delivery.noted()
        for seconds in (2, 4):
            await office.passes(seconds)

    assert plays(house, clock, scene).box.trying == ["1", "2", "2", "3", "3", "4"]


def test_a_message_without_a_text_keeps_its_place_and_is_not_sent(house: House, clock: Clock) -> None:
    """Such as of an offer that was withdrawn meanwhile."""

    async def scene(office: Office) -> None:
        office.box.faults["3"] = [network()]
        await office.runs()
        await office.posts("nour", "1||3")
        await office.delivery.noted()
        await office.passes(2)

    assert plays(house, clock, scene).box.trying == ["1", "3", "3"]


def test_the_rest_of_a_row_is_not_tried_where_nobody_can_be_reached(house: House, clock: Clock) -> None:
    async def scene(office: Office) -> None:
        office.box.faults["1"] = [DeliveryError("forbidden", unreachable=True)]
        await office.posts("nour", "1|2")
        await office.delivery.noted()

    assert plays(house, clock, scene).box.trying == ["1"]


def test_whatever_a_library_raises_the_message_is_tried_again(house: House, clock: Clock) -> None:
    """Only who knows what it means may say that it is no use."""

    async def scene(office: Office) -> None:
        office.box.faults["1"] = [KeyError("x")]
        await office.runs()
        await office.posts("nour", "1")
        await office.delivery.noted()
        await office.passes(2)

    assert plays(house, clock, scene).box.texts == ["1"]


def test_after_a_week_of_failures_the_pause_is_still_five_minutes(house: House, clock: Clock) -> None:
    """A doubling that goes on would be longer than any calendar."""

    async def scene(office: Office) -> None:
        office.box.faults["1"] = [network()]
        await office.runs()
        row = await office.add("nour", "1")
        office.delivery.hand_over(TOWN, [replace(row, attempts=2016)])
        await office.delivery.noted()
        await office.passes(AGAIN_AT_MOST.total_seconds() - 1)
        assert office.box.trying == ["1"]
        await office.passes(1)

    assert plays(house, clock, scene).box.texts == ["1"]


def test_what_follows_does_not_wait_for_somebody_elses_commit(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Noting that something was sent rides along only as long as nobody waits for it."""
    monkeypatch.setattr("bot.settling.RIDES_AT_MOST", 3600)

    async def scene(office: Office) -> None:
        await office.posts("nour", "1", "2", "3")
        await asyncio.wait_for(office.delivery.idle(), 10)

    assert plays(house, clock, scene).box.texts == ["1", "2", "3"]


def test_what_was_sent_is_noted_before_the_next_turn(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever that is: one that erases finds what a guide was just told, and has it written over."""
    monkeypatch.setattr("bot.settling.RIDES_AT_MOST", 3600)

    async def scene(office: Office) -> None:
        await office.posts("nour", "1")
        await office.delivery.idle()
        assert await office.waiting() == 0

    plays(house, clock, scene)


def test_of_more_than_one_look_takes_the_rest_follows_at_once(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though those of the first look are still being sent."""
    monkeypatch.setattr("bot.delivery.AT_ONCE", 2)
    monkeypatch.setattr("bot.delivery.LOOK_EVERY", timedelta(hours=1))

    async def scene(office: Office) -> None:
        people = [f"person {number}" for number in range(5)]
        gate = asyncio.Event()
        office.box.shut |= dict.fromkeys(people, gate)
        for person in people:
            await office.add(person, person, lease=False)
        office.runs_on()
        await until(lambda: len(office.box.trying) == 5)
        gate.set()

    plays(house, clock, scene)


def test_a_look_that_fails_is_followed_by_the_next(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as while a disk is full."""

    def full(*_: object) -> None:
        raise NotSaved("The disk is full.")

    async def scene(office: Office) -> None:
        await office.add("nour", "1", lease=False)
        with monkeypatch.context() as broken:
            broken.setattr(Outbox, "lease", full)
            await office.runs()
        await office.passes(0)

    assert plays(house, clock, scene).box.texts == ["1"]


def for_a_guide(store: Store, text: str, now: datetime, *, lease: bool) -> Outgoing:
    """Each for another."""
    return store.outbox.add(None, TEAM_TELEGRAM, text, text, now, lease=lease)


def test_what_goes_by_a_way_that_is_not_open_yet_waits_for_it(house: House, clock: Clock) -> None:
    """The second bot takes seconds to load: what was found before is nobody's, and in hand it is no fault."""
    team = Postbox()

    async def scene(office: Office) -> None:
        senders = {(TOWN, TELEGRAM): office.box}
        office.delivery = Delivery(house, senders)
        await office.runs()
        await office.in_town(lambda store: for_a_guide(store, "looked for", clock(), lease=False))
        held = await office.in_town(lambda store: for_a_guide(store, "in hand", clock(), lease=True))
        office.delivery.hand_over(TOWN, [held])
        await office.passes(1)
        senders[TOWN, TEAM_TELEGRAM] = team
        await office.passes(1)
        assert team.texts == ["looked for"]
        await office.passes(60)

    plays(house, clock, scene)
    assert team.texts == ["looked for", "in hand"]


def test_what_hangs_when_it_is_stopped_is_not_sent_after_all(house: House, clock: Clock) -> None:
    """The next process finds it in the outbox: nothing is left that would send it a second time."""

    async def scene(office: Office) -> None:
        office.box.shut["nour"] = gate = asyncio.Event()
        await office.posts("nour", "1")
        await until(lambda: office.box.trying)
        await office.delivery.stop(0.05)
        gate.set()
        await asyncio.sleep(0.01)
        assert office.box.sent == []

    plays(house, clock, scene)


def test_what_has_gone_is_noted_when_the_process_is_stopped(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else everybody who was just written to would read it again after a restart."""
    monkeypatch.setattr("bot.settling.RIDES_AT_MOST", 3600)

    async def stopped(office: Office) -> None:
        await office.posts("nour", "1")
        await office.delivery.idle()

    async def started_again(office: Office) -> None:
        await office.runs()
        await office.passes(0)

    assert plays(house, clock, stopped).box.texts == ["1"]
    assert plays(house, clock, started_again).box.texts == []
