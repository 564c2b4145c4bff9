"""Opens the database at a folder or URL and kills its own process at the n-th statement; run by a test."""

import os
import signal
import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import Engine, event

from storage import Database

place, last = sys.argv[1], int(sys.argv[2])
statements = count()


@event.listens_for(Engine, "before_cursor_execute")
def _die(*_told: object) -> None:
    if next(statements) == last:
        os.kill(os.getpid(), signal.SIGKILL)


Database.open(place if "://" in place else None, Path(place)).close()
