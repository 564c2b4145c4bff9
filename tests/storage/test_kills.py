"""What holds when the process is killed: after the last statement, before and while committing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, text

from storage import Database
from storage.tables import metadata, record, vault
from tests.storage.conftest import Run

ROOT = Path(__file__).parents[2]
WRITE_UNTIL_KILLED = Path(__file__).parent / "write_until_killed.py"


def started(place: str, *how: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, WRITE_UNTIL_KILLED, place, *how], cwd=ROOT, text=True, stdout=subprocess.PIPE
    )


def test_a_kill_between_the_last_savepoint_and_the_commit_leaves_nothing(
    database: Database, run: Run, place: str
) -> None:
    process = started(place, "die-before-commit")
    told, _ = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert told == ""
    with database.begin() as connection:
        counts = {
            table.name: len(connection.execute(select(table)).all())
            for table in metadata.sorted_tables
            if table.name != "key_check"
        }
    assert {name: count for name, count in counts.items() if count} == {}
    assert run(lambda store: store.accounts.find("webchat", "0")) is None


@pytest.mark.parametrize(
    "acknowledged", [1, 40, 160, *(pytest.param(7 * n, marks=pytest.mark.long) for n in range(1, 60))]
)
def test_what_was_acknowledged_is_there_after_a_kill_and_nothing_is_half_there(
    database: Database, run: Run, place: str, acknowledged: int
) -> None:
    process = started(place, "write")
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(acknowledged)]
    os.kill(process.pid, signal.SIGKILL)
    rest, _ = process.communicate(timeout=60)
    told += [line for line in rest.split("\n")[:-1] if line]
    assert run(lambda store: [store.accounts.find("webchat", number) is None for number in told]) == [
        False
    ] * len(told)
    with database.begin() as connection:
        accounts = len(connection.execute(select(vault.accounts)).all())
        letters = connection.execute(text("SELECT count(*) FROM letters")).scalar_one()
        counted = connection.execute(select(record.tallies.c.n)).scalar_one()
    assert accounts == letters == counted >= len(told)
    assert database.check() == ()
