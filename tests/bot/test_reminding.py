"""Reminding: each reminder once and in time, whatever happens in between, and nobody who need not hear it."""

import itertools
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery import Delivery
from bot.doors import TEAM_TELEGRAM
from bot.house import House
from bot.jobs import JOBS, run_job
from bot.limits import Limits
from bot.reminding import AT_ONCE, note_of, remind
from bot.team_door import TeamDoor
from bot.team_notes import Note
from bot.team_talk import TeamTalk
from bot.telling import tell_member
from casework.cases import Case
from casework.days import LOCAL
from casework.volunteers.reminders import Kind, moment
from catalog.municipality import Desk
from storage.reminders import SHIFT
from storage.store import Store
from tests.architecture.tree import ROOT
from tests.bot.conftest import NOW
from tests.bot.people import Newcomer, Worker, rows, stored
from tests.bot.plans import (
    delivered,
    given_appointment,
    given_shift,
    given_shifts,
    given_volunteer,
    reachable,
)
from tests.doors import TOWN, Clock, make_house

DAY, HOURS, SECOND = timedelta(hours=24), timedelta(hours=2), timedelta(seconds=1)
EVERY = timedelta(seconds=30)
START = NOW + timedelta(days=2)
(REMIND,) = (job for job in JOBS if job.work is remind)
REMIND_UNTIL_KILLED = Path(__file__).parent / "remind_until_killed.py"


FIRST, SECOND_TIME = "Ihr Einsatz: Sprachcafé", "Ihr Einsatz beginnt bald: Sprachcafé"


@pytest.fixture
def house(house: House) -> House:
    return reachable(house)


def run(house: House) -> int:
    """One run of reminding."""
    return stored(house, lambda store: remind(house, store))


def said(house: House) -> list[str]:
    """What the outbox holds, in its order; it is empty afterwards."""
    return [text for _, text in delivered(house)]


@pytest.fixture
def case(house: House, newcomer: Newcomer, guide: Worker) -> Case:
    """A case in the guide's hands."""
    newcomer.consents()
    newcomer.asks_for_a_person()
    taken = guide.takes()
    found = stored(house, lambda store: store.cases.get(taken))
    assert found is not None
    return found


def test_a_volunteer_is_reminded_a_day_and_two_hours_before_and_no_more(house: House, clock: Clock) -> None:
    given_shifts(house, START)
    told = []
    for before in (DAY + SECOND, DAY, DAY - EVERY, HOURS + SECOND, HOURS, HOURS - EVERY, SECOND, -SECOND):
        clock.now = START - before
        told.append(run(house))
    assert told == [0, 1, 0, 0, 1, 0, 0, 0]
    assert said(house) == [FIRST, SECOND_TIME]


def test_a_reminder_says_what_when_and_where(house: House, clock: Clock) -> None:
    """In the local time of the day it is about."""
    starts_at = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
    stored(house, lambda s: given_shift(s, starts_at, given_volunteer(s, "Ada", NOW), title="@Café | at: 3"))
    clock.now = starts_at - HOURS
    run(house)
    (row,) = stored(house, lambda store: store.outbox.lease(clock.now))
    note = Note.unpacked(row.body)
    assert (
        note.mail
        == note.text
        == (
            "Eine Erinnerung für Sie.\n"
            "Ihr Einsatz beginnt bald: @Café | at: 3\n"
            "Mi., 25. Nov., 14:00 – 16:00\n"
            "Ort: Rathaus, Zimmer 12\n"
            "Sie können doch nicht? Rufen Sie bitte an: +49 69 90009001"
        )
    )


def test_without_a_telephone_nobody_is_asked_to_call(house: House, clock: Clock) -> None:
    here = house.towns[TOWN]
    silent = replace(here, municipality=replace(here.municipality, guide=Desk(role="Guide", phone="")))
    given_shifts(house, START)
    (taken,) = stored(house, lambda s: s.shifts.since(clock.now))
    assert "Rufen" not in note_of(silent, taken.shift, Kind.DAY).text


@pytest.mark.parametrize("day", [29, 25], ids=["in March, an hour shorter", "in October, an hour longer"])
@pytest.mark.parametrize("hour", [1, 3, 9, 23])
def test_over_a_clock_change_both_come_in_time(house: House, clock: Clock, day: int, hour: int) -> None:
    """Asked every half minute through the last minutes before each is due."""
    starts_at = datetime(2026, 3 if day == 29 else 10, day, hour, 0, tzinfo=LOCAL).astimezone(UTC)
    given_shifts(house, starts_at)
    for kind in (Kind.DAY, Kind.HOURS):
        clock.now = moment(starts_at, kind) - timedelta(minutes=1)
        told = [run(house)]
        for _ in range(3):
            clock.now += EVERY
            told.append(run(house))
        assert told == [0, 0, 1, 0]


def test_what_starts_at_midnight_is_reminded_of_the_evening_before_its_last_day(
    house: House, clock: Clock
) -> None:
    """So much before the start that it must be looked for in time."""
    given_shifts(house, (datetime(2026, 11, 26, 0, 0, tzinfo=LOCAL) - SECOND).astimezone(UTC))
    clock.now = datetime(2026, 11, 24, 19, 0, tzinfo=LOCAL).astimezone(UTC)
    assert run(house) == 1
    assert said(house) == [FIRST]


@pytest.mark.parametrize(
    ("woken", "texts"),
    [
        pytest.param(HOURS + SECOND, [FIRST, SECOND_TIME], id="before the second"),
        pytest.param(HOURS, [SECOND_TIME], id="when both are due: one will do"),
        pytest.param(SECOND, [SECOND_TIME], id="a moment before the start"),
        pytest.param(timedelta(0), [], id="at the start: too late"),
        pytest.param(-DAY, [], id="a day after"),
    ],
)
def test_after_an_outage_what_still_helps_is_made_up_for(
    house: House, clock: Clock, woken: timedelta, texts: list[str]
) -> None:
    given_shifts(house, START)
    clock.now = START - woken
    for _ in range(20):
        run(house)
        clock.now += timedelta(minutes=10)
    assert said(house) == texts


def test_a_clock_that_is_set_back_reminds_nobody_twice(house: House, clock: Clock) -> None:
    given_shifts(house, START)
    for before in (DAY, 2 * DAY, DAY, HOURS, DAY, HOURS):
        clock.now = START - before
        run(house)
    assert said(house) == [FIRST, SECOND_TIME]


def test_a_thousand_due_at_once_are_queued_by_one_run_of_the_job_and_once(house: House, clock: Clock) -> None:
    given_shifts(house, START, 1000)
    clock.now = START - DAY
    for _ in range(2):
        run_job(house, REMIND)
        assert (rows(house)["outbox"], rows(house)["reminders"]) == (1000, 1000)
    assert len({address for address, _ in delivered(house)}) == 1000


def test_those_go_first_that_start_first_and_few_in_one_transaction(house: House, clock: Clock) -> None:
    """Nobody's message is to wait for all of them."""
    given_shifts(house, START + HOURS, 2 * AT_ONCE)
    stored(house, lambda s: given_shift(s, START, given_volunteer(s, "Ada", NOW)))
    clock.now = START - HOURS
    assert [run(house) for _ in range(4)] == [AT_ONCE, AT_ONCE, 1, 0]
    sent = delivered(house)
    assert (len(sent), sent[0]) == (2 * AT_ONCE + 1, ("Ada", SECOND_TIME))


def test_what_fails_on_the_way_leaves_nothing_and_is_done_by_the_next_run(house: House, clock: Clock) -> None:
    """Marks and rows of the outbox are one transaction."""
    given_shifts(house, START, 10)
    clock.now = START - DAY
    count = itertools.count(1)

    def failing(house: House, store: Store, member: str, note: Note, now: datetime) -> bool:
        if next(count) == 8:
            raise ConnectionError
        return tell_member(house, store, member, note, now)

    with pytest.raises(ConnectionError):
        stored(house, lambda store: remind(house, store, failing))
    assert next(count) == 9
    assert {"outbox", "reminders"}.isdisjoint(rows(house))
    assert run(house) == rows(house)["outbox"] == 10


@pytest.mark.parametrize(
    ("fatal", "left"), [(1, 0), (AT_ONCE, 0), (AT_ONCE + 1, AT_ONCE), (120, 2 * AT_ONCE)]
)
def test_a_run_that_is_killed_leaves_whole_transactions_and_nobody_is_forgotten_or_told_twice(
    tmp_path: Path, fatal: int, left: int
) -> None:
    """By a signal that no program hears: at the first, around a commit, after the last before its commit."""
    clock = Clock(START - DAY)
    house = make_house(tmp_path, clock)
    given_shifts(house, START, 120)
    house.writer.close()
    command = [sys.executable, str(REMIND_UNTIL_KILLED), str(tmp_path), clock.now.isoformat(), str(fatal)]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == -signal.SIGKILL
    house = reachable(make_house(tmp_path, clock))
    try:
        assert rows(house).get("outbox", 0) == rows(house).get("reminders", 0) == left
        run_job(house, REMIND)
        assert run(house) == 0
        assert rows(house)["outbox"] == 120
        assert len({address for address, _ in delivered(house)}) == 120
    finally:
        house.writer.close()


def test_who_left_and_what_is_cancelled_gets_none(house: House, clock: Clock, case: Case) -> None:
    """Nor does a member who left between the two reminders get the second."""

    def give(store: Store) -> tuple[str, str, str]:
        ada, bea = given_volunteer(store, "Ada", NOW), given_volunteer(store, "Bea", NOW)
        given_shift(store, START, ada)
        return ada, given_shift(store, START, bea), given_appointment(store, case, START).id

    ada, shift, appointment = stored(house, give)
    clock.now = START - DAY
    assert run(house) == 3
    stored(house, lambda s: s.team.revoke(ada, clock.now))
    stored(house, lambda s: s.shifts.cancel(shift, clock.now))
    stored(house, lambda s: s.appointments.cancel(appointment, clock.now))
    clock.now = START - HOURS
    assert run(house) == 0


def test_who_cannot_be_reached_holds_up_nobody(house: House, clock: Clock) -> None:
    """That they cannot be reached is told when shifts are entered."""
    bea = stored(house, lambda s: given_volunteer(s, "Bea", NOW))
    given_shifts(house, START)
    stored(house, lambda s: given_shift(s, START - SECOND, bea))
    stored(house, lambda s: s.member_addresses.drop(bea, TEAM_TELEGRAM))
    clock.now = START - DAY
    run(house)
    assert delivered(house) == [("V0000", FIRST)]


def test_all_who_take_a_shift_on_are_reminded(house: House, clock: Clock) -> None:
    members = stored(house, lambda s: [given_volunteer(s, name, NOW) for name in ("Bea", "Ada")])
    stored(house, lambda s: given_shift(s, START, *members))
    clock.now = START - DAY
    run(house)
    assert sorted(delivered(house)) == [("Ada", FIRST), ("Bea", FIRST)]


def test_another_town_is_not_told(house: House, clock: Clock) -> None:
    given_shifts(house, START)
    clock.now = START - DAY
    elsewhere = house.writer.run("niederau", lambda s: s.reminders.coming(clock.now, START))
    assert elsewhere == ()
    assert [one.what for one in stored(house, lambda s: s.reminders.coming(clock.now, START))] == [SHIFT]


def test_a_reminder_that_could_not_be_sent_in_time_is_not_sent_any_more(house: House, clock: Clock) -> None:
    """After a long outage nobody is reminded of what is over."""
    starts_at = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
    stored(house, lambda s: given_shift(s, starts_at, given_volunteer(s, "Ada", NOW)))
    clock.now = starts_at - HOURS
    run(house)
    (row,) = stored(house, lambda store: store.outbox.lease(clock.now))
    door = TeamDoor(house, "erlenfels", TeamTalk(house), Delivery(house, {}), Limits())
    assert len(door.messages(row.body)) == 1
    clock.now = starts_at
    assert door.messages(row.body) == ()
