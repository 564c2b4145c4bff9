"""What is to be done regularly, as a table; what is due stands in our tables, the scheduler only asks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.case_moves import open_again
from bot.consequences import close_contact
from bot.house import House
from bot.offer_questions import ask_contacts
from bot.reminding import AT_ONCE, remind
from casework.cases import Event, silent_since
from casework.protocols import CONTACT_GAP
from catalog.days_off import public_holidays
from storage.store import Store

log = structlog.get_logger()

WORTH_A_LINE = timedelta(minutes=1)
"""A job that runs more often than this is in the log only when it did something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job for every town: name, how often, and what it does in one transaction; tells how much.

    Having done `at_once` it may have more to do, and is done again as soon as what waits meanwhile is saved.
    """

    name: str
    every: timedelta
    work: Callable[[House, Store], int]
    at_once: int | None = None


def end_contacts(house: House, store: Store) -> int:
    """Writes the protocols of contacts that have been silent for four hours."""
    due = store.contacts.due(house.clock() - CONTACT_GAP)
    for contact in due:
        close_contact(store, contact, house.new_id())
    return len(due)


def is_working_day(day: date) -> bool:
    """Monday to Friday, unless it is a public holiday in Hesse."""
    return day.isoweekday() <= 5 and day not in public_holidays(day.year)


def free_silent_cases(house: House, store: Store) -> int:
    """After three working days of the owner's silence a case is open again and the bot speaks."""
    now, freed = house.clock(), 0
    for case in store.cases.owned():
        if silent_since(case, now, is_working_day) is None:
            continue
        open_again(house, store, case, Event.OWNER_SILENT, now)
        freed += 1
    return freed


def ask_about_offers(house: House, store: Store) -> int:
    """Asks the contacts of offers, once a quarter, whether their entry is right."""
    return ask_contacts(house, store, is_working_day)


def let_go(house: House, store: Store) -> int:
    """Applies the retention rules."""
    return sum(store.retention.apply(house.clock()).values())


def finish_erasures(house: House, store: Store) -> int:
    """Finishes what a crash or a restored backup left over."""
    return store.accounts.finish_erasures(house.clock())


JOBS = (
    Job(name="remind", every=timedelta(seconds=30), work=remind, at_once=AT_ONCE),
    Job(name="end contacts", every=timedelta(minutes=5), work=end_contacts),
    Job(name="finish erasures", every=timedelta(hours=1), work=finish_erasures),
    Job(name="free silent cases", every=timedelta(hours=1), work=free_silent_cases),
    Job(name="ask about offers", every=timedelta(hours=1), work=ask_about_offers),
    Job(name="let go what is due", every=timedelta(hours=1), work=let_go),
)


def run_job(house: House, job: Job) -> None:
    """Does the job for every town; a failure is logged, the other towns go on, the next round tries again."""
    for town in house.towns:
        try:
            done = _done(house, job, town)
        except Exception as error:  # noqa: BLE001 - its text may hold content: only the kind goes to the log
            log.error("job failed", job=job.name, town=town, error=type(error).__name__)
        else:
            if done or job.every >= WORTH_A_LINE:
                log.info("job done", job=job.name, town=town, count=done)


def _done(house: House, job: Job, town: str) -> int:
    done = last = house.writer.run(town, lambda store: job.work(house, store))
    while last == job.at_once:
        last = house.writer.run(town, lambda store: job.work(house, store))
        done += last
    return done


def start_clock(house: House) -> Callable[[], None]:
    """Runs every job once now and then regularly; the result stops the clock."""
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = BackgroundScheduler(timezone="UTC", job_defaults=defaults)
    for job in JOBS:
        run_job(house, job)
        scheduler.add_job(
            run_job, "interval", args=(house, job), seconds=job.every.total_seconds(), id=job.name
        )
    scheduler.start()
    return lambda: scheduler.shutdown(wait=False)
