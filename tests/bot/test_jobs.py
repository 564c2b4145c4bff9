"""What is done without anyone asking: each job, when it is due, and that the clock starts and stops."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.house import House
from bot.jobs import (
    JOBS,
    Job,
    ask_about_offers,
    end_contacts,
    finish_erasures,
    free_silent_cases,
    is_working_day,
    let_go,
    run_job,
    start_clock,
)
from bot.reminding import remind
from casework.cases import Status
from dialogs.conversation import Owner
from storage.store import Store
from tests.bot.people import Newcomer, Worker, rows, stored
from tests.doors import TOWN, Clock


def test_every_job_stands_in_the_table_once_and_none_is_rarer_than_daily() -> None:
    works = {ask_about_offers, end_contacts, finish_erasures, free_silent_cases, let_go, remind}
    assert {job.work for job in JOBS} == works
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert all(timedelta(seconds=30) <= job.every <= timedelta(days=1) for job in JOBS)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (datetime(2026, 6, 3, tzinfo=UTC), True),
        (datetime(2026, 6, 4, tzinfo=UTC), False),  # Fronleichnam, a holiday in Hesse
        (datetime(2026, 6, 5, tzinfo=UTC), True),
        (datetime(2026, 6, 6, tzinfo=UTC), False),
        (datetime(2026, 10, 31, tzinfo=UTC), False),  # a Saturday; the day of Reformation is none in Hesse
        (datetime(2025, 10, 31, tzinfo=UTC), True),
        (datetime(2026, 12, 25, tzinfo=UTC), False),
    ],
)
def test_working_days_are_those_of_hesse(day: datetime, works: bool) -> None:
    assert is_working_day(day.date()) is works


def test_after_three_working_days_of_silence_a_case_is_open_and_the_bot_speaks(
    house: House, newcomer: Newcomer, guide: Worker, clock: Clock
) -> None:
    """Taken on a Tuesday before Fronleichnam: Wednesday, Friday and Monday are to pass."""
    clock.now = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
    newcomer.asks_for_a_person()
    guide.takes()
    for day in (5, 8):
        clock.now = datetime(2026, 6, day, 21, 0, tzinfo=UTC)
        assert stored(house, lambda s: free_silent_cases(house, s)) == 0
    clock.now = datetime(2026, 6, 8, 22, 1, tzinfo=UTC)  # Tuesday has begun in Berlin
    assert stored(house, lambda s: free_silent_cases(house, s)) == 1
    assert stored(house, lambda s: free_silent_cases(house, s)) == 0
    (case,) = stored(house, lambda s: s.cases.queue())
    assert (case.status, case.owner) == (Status.OPEN, None)
    view = newcomer.looks()
    assert (view.owner, view.waiting) == (Owner.BOT, True)
    assert [reply.key for reply in view.rendered] == ["handover.given_back"]


def test_a_word_of_the_owner_counts_the_silence_anew(
    house: House, newcomer: Newcomer, guide: Worker, clock: Clock
) -> None:
    newcomer.asks_for_a_person()  # Monday
    case = guide.takes()
    clock.now += timedelta(days=2)
    guide.writes(case, "Ich frage nach.")
    clock.now += timedelta(days=3)  # Saturday: two working days since
    assert stored(house, lambda s: free_silent_cases(house, s)) == 0
    clock.now += timedelta(days=3)
    assert stored(house, lambda s: free_silent_cases(house, s)) == 1


@pytest.mark.parametrize(("hours", "gone"), [(23, 0), (24, 1)])
def test_a_guest_is_gone_after_a_day(
    house: House, newcomer: Newcomer, clock: Clock, hours: int, gone: int
) -> None:
    newcomer.names_a_need()
    clock.now += timedelta(hours=hours)
    stored(house, lambda s: let_go(house, s))
    assert rows(house).get("accounts", 0) == 1 - gone
    if gone:
        assert {"addresses", "conversations", "contacts"}.isdisjoint(rows(house))


def test_someone_who_agreed_stays_when_guests_go(house: House, newcomer: Newcomer, clock: Clock) -> None:
    newcomer.consents()
    clock.now += timedelta(days=2)
    stored(house, lambda s: let_go(house, s))
    assert rows(house)["accounts"] == 1
    assert [reply.key for reply in newcomer.looks().rendered] == ["intake.town"]


def test_there_is_nothing_to_finish_after_an_erasure_that_was_not_interrupted(
    house: House, newcomer: Newcomer
) -> None:
    newcomer.consents()
    newcomer.says("/delete")
    newcomer.taps("ask:yes")
    assert stored(house, lambda s: finish_erasures(house, s)) == 0


def test_the_clock_runs_every_job_at_once_then_regularly_and_stops(
    house: House, newcomer: Newcomer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    again = threading.Event()

    def work(_: House, store: Store) -> int:
        ran.append(store.town)
        if len(ran) > 1:
            again.set()
        return 0

    monkeypatch.setattr("bot.jobs.JOBS", (Job(name="often", every=timedelta(seconds=0.05), work=work),))
    stop = start_clock(house)
    assert ran
    assert again.wait(5)
    stop()
    after = len(ran)
    threading.Event().wait(0.2)
    assert len(ran) <= after + 1  # one may have been under way


def test_a_job_that_has_more_to_do_goes_on_at_once_and_lets_others_in(house: House) -> None:
    """What is to be saved meanwhile does not wait until the job is through."""
    left, order = [2, 2, 1, 0], list[str]()

    def work(house: House, _: Store) -> int:
        order.append("job")
        house.writer.submit(TOWN, lambda _: order.append("turn"))
        return left.pop(0)

    with capture_logs() as lines:
        run_job(house, Job(name="much", every=timedelta(hours=1), work=work, at_once=2))
    house.writer.run(TOWN, lambda _: None)
    assert order == ["job", "turn"] * 3
    assert [line["count"] for line in lines] == [5]


def test_a_job_after_the_end_of_the_writer_is_no_crash(house: House) -> None:
    ended = replace(house)
    ended.writer.close()
    for job in JOBS:
        run_job(ended, job)


@pytest.mark.parametrize(
    ("seconds", "did", "logged"),
    [(30, 0, 0), (30, 2, 1), (60, 0, 1)],
    ids=["often, nothing done", "often, something done", "every minute, nothing done"],
)
def test_a_job_that_looks_often_is_logged_only_when_it_did_something(
    house: House, seconds: int, did: int, logged: int
) -> None:
    """Else the log would be full of it."""
    with capture_logs() as lines:
        run_job(house, Job(name="often", every=timedelta(seconds=seconds), work=lambda *_: did))
    assert len(lines) == logged
