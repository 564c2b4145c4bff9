"""Reminds a house's volunteers and kills itself in the middle of a run; a test looks at what is left."""

import itertools
import os
import signal
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.house import House
from bot.jobs import JOBS, run_job
from bot.reminding import remind
from bot.team_notes import Note
from bot.telling import tell_member
from storage.store import Store
from tests.bot.plans import reachable
from tests.doors import make_house

folder, now, fatal = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])
count = itertools.count(1)


def mortal(house: House, store: Store, member: str, note: Note, now: datetime) -> bool:
    """Does not survive telling one of them."""
    told = tell_member(house, store, member, note, now)
    if next(count) == fatal:
        os.kill(os.getpid(), signal.SIGKILL)
    return told


house = reachable(make_house(folder, lambda: now))
(job,) = (job for job in JOBS if job.work is remind)
run_job(house, replace(job, work=lambda house, store: remind(house, store, mortal)))
