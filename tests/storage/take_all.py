"""Tries to take every case of the queue for one member and prints those it got; a test runs it twice."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from casework.cases import Case, Event, TransitionError, move
from storage import Database, Store, Writer
from tests.storage.builders import KEYS, NOW, TOWN

place, how, member = sys.argv[1:]
database = Database.open(place if "://" in place else None, Path(place))
writer = Writer(database, KEYS)
seen = writer.run(TOWN, lambda store: store.cases.queue())


def take(store: Store, before: Case) -> str:
    case = before if how == "stale" else store.cases.get(before.id)
    assert case is not None
    after = move(case, Event.TAKEN, NOW, owner=member)
    store.cases.save(after, before=before if how == "stale" else None)
    return after.id


print("ready", flush=True)  # noqa: T201
sys.stdin.readline()
for before in seen:
    try:
        print(writer.run(TOWN, lambda store, case=before: take(store, case)))  # type: ignore[misc]  # noqa: T201
    except TransitionError:
        continue
writer.close()
database.close()
