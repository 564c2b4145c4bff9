"""Writes people and names each that was acknowledged; a test kills it, or it kills itself."""

import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import Engine, event

from casework.tallies import cells_for_gap
from storage import Database, Store, Writer
from tests.storage.builders import KEYS, NOW, TOWN


def someone(number: int) -> Callable[[Store], None]:
    def written(store: Store) -> None:
        account = store.accounts.create("webchat", str(number), NOW)
        store.letters.add("c" * 32, account.id, author="guide", text="text", language="de", at=NOW)
        store.tallies.add(cells_for_gap(NOW, "housing.search"))

    return written


place, how = sys.argv[1:]
database = Database.open(place if "://" in place else None, Path(place))
writer = Writer(database, KEYS)

if how == "die-before-commit":

    @event.listens_for(Engine, "commit")
    def _die(_connection: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def acknowledge(number: int) -> Callable[["Future[None]"], None]:
    return lambda future: print(number, flush=True) if future.exception() is None else None  # noqa: T201


for first in count(0, 8):
    futures = [writer.submit(TOWN, someone(first + offset)) for offset in range(8)]
    for offset, future in enumerate(futures):
        future.add_done_callback(acknowledge(first + offset))
    for future in futures:
        future.result()
