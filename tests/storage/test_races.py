"""Two guides reach for the same case: exactly one gets it, in one process and in two."""

import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from casework.cases import Event, TransitionError, move
from storage import Database, Store, Writer
from tests.storage.builders import KEYS, NOW, TOWN
from tests.storage.conftest import Run

ROOT = Path(__file__).parents[2]
TAKE_ALL = Path(__file__).parent / "take_all.py"
CASES = 40


def many_opened(store: Store) -> list[str]:
    account = store.accounts.create("webchat", "one", NOW)
    return [
        store.cases.open(account.id, language="ar", needs=("a.b",), urgency=None, reason="asked", now=NOW).id
        for _ in range(CASES)
    ]


def take(writer: Writer, case_id: str, member: str) -> bool:
    def taken(store: Store) -> None:
        case = store.cases.get(case_id)
        assert case is not None
        store.cases.save(move(case, Event.TAKEN, NOW, owner=member))

    try:
        writer.run(TOWN, taken)
    except TransitionError:
        return False
    return True


def owners(run: Run) -> dict[str, str | None]:
    return {case.id: case.owner for case in run(lambda store: store.cases.owned())}


def test_of_two_guides_in_one_process_exactly_one_gets_each_case(writer: Writer, run: Run) -> None:
    cases = run(many_opened)
    won: dict[str, list[str]] = {"ada": [], "bea": []}
    together = threading.Barrier(2)

    def race(member: str) -> None:
        for case_id in cases:
            together.wait(30)
            if take(writer, case_id, member):
                won[member].append(case_id)

    racers = [threading.Thread(target=race, args=(member,)) for member in won]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join(60)
    assert sorted(won["ada"] + won["bea"]) == sorted(cases)
    assert owners(run) == {case_id: member for member, ids in won.items() for case_id in ids}


@pytest.mark.parametrize("stale", [False, True], ids=["read and saved at once", "read long before"])
def test_of_two_guides_in_two_processes_exactly_one_gets_each_case(
    database: Database, place: str, stale: bool
) -> None:
    writer = Writer(database, KEYS)
    cases = writer.run(TOWN, many_opened)
    command = [sys.executable, str(TAKE_ALL), place, "stale" if stale else "fresh"]
    racers = [
        subprocess.Popen(
            [*command, member], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for member in ("ada", "bea")
    ]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    won = [racer.communicate(timeout=120)[0].split() for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0]
    assert Counter(won[0] + won[1]) == Counter(cases)
    owned = writer.run(TOWN, lambda store: {case.id: case.owner for case in store.cases.owned()})
    assert owned == dict.fromkeys(won[0], "ada") | dict.fromkeys(won[1], "bea")
    writer.close()
