"""Nothing is sent twice or out of turn, whatever is seen, noted, ended or killed at the wrong moment."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.base import DeliveryError
from bot.doors import TELEGRAM
from bot.house import House
from bot.settling import Marks
from storage.errors import NotSaved
from storage.outbox import LEASED_FOR, Outbox
from storage.store import Store
from tests.bot.people import Newcomer, joined, stored
from tests.bot.postbox import Office, plays, until
from tests.doors import TOWN, Clock


def test_what_is_in_hand_is_not_sent_by_whoever_looks_into_the_outbox(house: House, clock: Clock) -> None:
    """Also when sending takes longer than the row was reserved for."""

    async def scene(office: Office) -> None:
        await office.runs()
        office.box.shut["nour"] = gate = asyncio.Event()
        await office.posts("nour", "1", "2")
        clock.now += 2 * LEASED_FOR
        await office.looks()
        gate.set()
        await office.delivery.noted()
        await office.passes(120)

    assert plays(house, clock, scene).box.trying == ["1", "2"]


def test_what_was_sent_but_could_not_be_noted_is_not_sent_again(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Noting is tried until it works, and the reservation may end before."""
    monkeypatch.setattr("bot.settling.AGAIN_AFTER", 0.02)

    async def scene(office: Office) -> None:
        await office.runs()
        with monkeypatch.context() as broken:
            broken.setattr(Outbox, "mark_sent", full)
            await office.posts("nour", "1")
            await until(lambda: office.box.sent)
            clock.now += 2 * LEASED_FOR
            await office.looks()
            assert await office.waiting() == 1
        await office.delivery.noted()
        await asyncio.sleep(0.05)
        assert await office.waiting() == 0
        await office.passes(120)

    assert plays(house, clock, scene).box.texts == ["1"]


def full(*_: object) -> None:
    raise NotSaved("The disk is full.")


def test_a_row_in_hand_goes_back_if_an_older_one_has_failed_meanwhile(house: House, clock: Clock) -> None:
    """It was saved while the older one was being sent, and handed over when that had failed."""

    async def scene(office: Office) -> None:
        office.box.faults["1"] = [DeliveryError("network")]
        await office.runs()
        office.box.shut["nour"] = gate = asyncio.Event()
        await office.posts("nour", "1")
        second = await office.add("nour", "2")
        assert second.leased
        gate.set()
        await until(lambda: not office.box.faults["1"])
        office.delivery.hand_over(TOWN, [second])
        await office.delivery.noted()
        assert office.box.sent == []
        await office.passes(2)
        await office.passes(0)

    assert plays(house, clock, scene).box.texts == ["1", "2"]


def test_what_went_back_does_not_wait_for_an_older_one_that_is_gone(house: House, clock: Clock) -> None:
    """Such as of somebody who had everything erased."""

    async def scene(office: Office) -> None:
        office.box.faults["1"] = [DeliveryError("network", retry_after=600)]
        await office.runs()
        office.delivery.hand_over(TOWN, [first := await office.add("nour", "1")])
        await office.posts("nour", "2")
        await office.delivery.noted()
        await office.in_town(lambda store: store.outbox.mark_sent(first, clock.now))
        await office.passes(1)

    assert plays(house, clock, scene).box.texts == ["2"]


def test_a_kill_between_sending_and_noting_repeats_one_message_to_a_person(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one was not sent before the last one was noted."""

    async def killed(office: Office) -> None:
        monkeypatch.setattr(Outbox, "mark_sent", full)
        monkeypatch.setattr(Outbox, "mark_part", full)
        await office.posts("nour", "1|2", "3", "4")
        await office.posts("omar", "a", "b")
        await until(lambda: len(office.box.sent) == 2)
        await asyncio.sleep(0.1)
        monkeypatch.undo()
        forget(office)

    async def started_again(office: Office) -> None:
        await office.runs()
        for _ in range(4):
            await office.passes(0)

    assert plays(house, clock, killed).box.texts == ["1", "a"]
    after = plays(house, clock, started_again).box
    assert [text for person, text in after.sent if person == "nour"] == ["1", "2", "3", "4"]
    assert [text for person, text in after.sent if person == "omar"] == ["a", "b"]
    assert stored(house, lambda store: store.outbox.waiting_since(clock.now + timedelta(days=1))) == 0


def forget(office: Office) -> None:
    """What a killed process knew: nothing of it is noted any more."""
    for task in office.delivery._tasks | office.delivery._marks._tasks:
        task.cancel()
    office.delivery._marks._waiting.clear()


def test_a_killed_process_holds_nothing(house: House, clock: Clock) -> None:
    """What it had reserved goes out with the next start, and not only when the reservation ends."""

    async def killed(office: Office) -> None:
        await office.add("nour", "1")

    async def started_again(office: Office) -> None:
        await office.runs()
        await office.passes(0)

    plays(house, clock, killed)
    assert plays(house, clock, started_again).box.texts == ["1"]


def test_stopping_ends_in_time_and_loses_nothing(house: House, clock: Clock) -> None:
    """Whatever hangs stays in the outbox, with all that stands behind it; what went is not sent again."""

    async def stopped(office: Office) -> None:
        office.box.shut["nour"] = asyncio.Event()
        await office.posts("omar", "a")
        await office.posts("nour", "1", "2")
        started = time.monotonic()
        await office.delivery.stop(0.2)
        assert time.monotonic() - started < 2
        office.delivery.hand_over(TOWN, [await office.add("lina", "x")])
        await asyncio.sleep(0.01)

    async def started_again(office: Office) -> None:
        await office.runs()
        for _ in range(3):
            await office.passes(0)

    assert plays(house, clock, stopped).box.texts == ["a"]
    assert sorted(plays(house, clock, started_again).box.texts) == ["1", "2", "x"]


def test_stopping_ends_in_time_when_nothing_can_be_noted(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk must not keep the process from ending."""
    monkeypatch.setattr(Outbox, "mark_sent", full)

    async def scene(office: Office) -> None:
        await office.posts("nour", "1", "2")
        await until(lambda: office.box.sent)
        started = time.monotonic()
        await office.delivery.stop(0.2)
        assert time.monotonic() - started < 2

    assert plays(house, clock, scene).box.texts == ["1"]


@pytest.mark.parametrize("steps", range(6))
def test_looking_ends_also_when_post_comes_at_that_moment(house: House, clock: Clock, steps: int) -> None:
    """However many steps of the loop lie between the two."""

    async def scene(office: Office) -> None:
        running = asyncio.create_task(office.delivery.run())
        await until(lambda: office.house.post._waiters)
        office.house.post.set()
        for _ in range(steps):
            await asyncio.sleep(0)
        running.cancel()
        done, _ = await asyncio.wait([running], timeout=1)
        running.cancel()
        assert done

    plays(house, clock, scene)


def test_one_that_cannot_be_noted_does_not_take_the_others_along(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug in what follows from one message leaves the others noted, in a commit they share."""

    def bug(store: object) -> None:
        raise KeyError(store)

    async def scene(office: Office) -> None:
        marks, rows = Marks(house), [await office.add(person, "1") for person in ("nour", "omar")]
        noted = [marks.sent(TOWN, rows[0], "1", letter=False)]
        noted += [marks.add(TOWN, bug, rides=True), marks.sent(TOWN, rows[1], "2", letter=False)]
        await marks.flush()
        await asyncio.wait_for(asyncio.gather(*noted), 5)
        assert await office.waiting() == 0

    plays(house, clock, scene)


def on_telegram(house: House, newcomer: Newcomer) -> None:
    """They are reached there as well."""

    def add(store: Store) -> None:
        account = store.accounts.find(newcomer.door, newcomer.address or "")
        assert account is not None
        store.accounts.add_address(account.id, TELEGRAM, "nour", keep_address=True)

    stored(house, add)


def test_a_letter_that_was_delivered_counts_as_picked_up(house: House, clock: Clock) -> None:
    """No sooner, and other messages do not count as letters."""
    house = replace(house, channels=frozenset({(TOWN, TELEGRAM)}))
    newcomer, guide = Newcomer(house), joined(house)
    newcomer.asks_for_a_person()
    later = clock.now + timedelta(hours=1)
    on_telegram(house, newcomer)
    guide.writes(guide.takes(), "Guten Tag")

    async def scene(office: Office) -> None:
        office.box.faults["Guten Tag"] = [DeliveryError("network")]
        await office.runs()
        await office.passes(0)
        assert office.box.texts == ["reply"]  # that somebody has taken the case
        assert len(await office.in_town(lambda store: store.letters.not_picked_up(later))) == 1
        await office.passes(2)
        assert await office.in_town(lambda store: store.letters.not_picked_up(later)) == ()

    assert plays(house, clock, scene).box.texts == ["reply", "Guten Tag"]


def test_a_letter_that_was_written_later_does_not_count_with_it(house: House, clock: Clock) -> None:
    """It waits behind the one that has just arrived."""
    house = replace(house, channels=frozenset({(TOWN, TELEGRAM)}))
    newcomer, guide = Newcomer(house), joined(house)
    newcomer.asks_for_a_person()
    on_telegram(house, newcomer)
    case = guide.takes()
    for text in ("Guten Tag", "Noch etwas"):
        clock.now += timedelta(minutes=1)
        guide.writes(case, text, message_id=text)

    async def scene(office: Office) -> None:
        office.box.faults["Noch etwas"] = [DeliveryError("network")]
        await office.runs()
        for _ in range(3):
            await office.passes(0)
        assert office.box.texts == ["reply", "Guten Tag"]
        later = clock.now + timedelta(hours=1)
        assert len(await office.in_town(lambda store: store.letters.not_picked_up(later))) == 1

    plays(house, clock, scene)
