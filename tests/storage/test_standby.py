"""One process holds the serving lock of an installation; it is free again however that process ended."""

import secrets
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from storage import Database, ServingLock, StorageError
from storage.standby import LOCK_FILE, SESSION
from tests.storage.sessions import end_sessions

ROOT = Path(__file__).parents[2]
HOLD_UNTIL_KILLED = Path(__file__).parent / "hold_until_killed.py"

Locks = Callable[[], ServingLock]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A folder that is not there yet, or the URL of a database."""
    if request.param == "sqlite":
        return str(tmp_path / "data")
    url: str = request.getfixturevalue("postgres_url")
    return url


@contextmanager
def locks_at(where: str) -> Iterator[Locks]:
    """Makes locks on one installation, each as another process would have it."""
    made: list[ServingLock] = []

    def make() -> ServingLock:
        made.append(ServingLock.of(where if "://" in where else None, Path(where)))
        return made[-1]

    yield make
    for each in made:
        each.release()


@pytest.fixture
def locks(where: str) -> Iterator[Locks]:
    with locks_at(where) as make:
        yield make


@contextmanager
def elsewhere(where: str) -> Iterator[str]:
    """Another installation beside this one: another folder, or another database of the same server."""
    if "://" not in where:
        yield f"{where}-of-another-town"
        return
    server = create_engine(where, isolation_level="AUTOCOMMIT")
    name = f"kurze_wege_{secrets.token_hex(6)}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(where).set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def started(where: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, HOLD_UNTIL_KILLED, where],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def told(process: "subprocess.Popen[str]") -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def ended(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate(timeout=60)


def acquired_soon(lock: ServingLock) -> float:
    """Seconds until it could be had."""
    began = time.monotonic()
    while not lock.acquire():
        assert time.monotonic() - began < 10
        time.sleep(0.01)
    return time.monotonic() - began


def test_only_one_holds_it_until_it_lets_go(locks: Locks) -> None:
    """Trying again takes nothing away from who has it, and gives no one a second hold."""
    first, second = locks(), locks()
    assert [first.acquire(), second.acquire(), first.acquire(), second.acquire()] == [
        True,
        False,
        True,
        False,
    ]
    assert [first.held(), second.held()] == [True, False]
    first.release()
    assert [first.held(), second.acquire(), first.acquire()] == [False, True, False]


def test_letting_go_of_what_is_not_held_changes_nothing(locks: Locks) -> None:
    """Neither one's own hold that never was, nor the other's."""
    first, second = locks(), locks()
    second.release()
    assert first.acquire()
    assert not second.acquire()
    second.release()
    assert first.held()
    assert not second.acquire()


def test_another_installation_has_a_lock_of_its_own(locks: Locks, where: str) -> None:
    """Also in another database of the same server."""
    assert locks().acquire()
    with elsewhere(where) as other, locks_at(other) as others:
        assert others().acquire()
        assert not others().acquire()


@pytest.mark.parametrize("kills", [3, pytest.param(100, marks=pytest.mark.long)])
def test_a_kill_sets_it_free_at_once(where: str, locks: Locks, kills: int) -> None:
    """Nothing is left behind that somebody would have to clear away."""
    lock, slowest = locks(), 0.0
    for _ in range(kills):
        process = started(where)
        try:
            assert told(process) == "held"
            assert not lock.acquire()
        finally:
            ended(process)
        slowest = max(slowest, acquired_soon(lock))
        lock.release()
    print(f"free {slowest * 1000:.0f} ms after a kill at the latest, of {kills}")  # noqa: T201
    assert slowest < 2


def test_of_many_processes_at_once_exactly_one_gets_it(where: str) -> None:
    """On a folder that is not there yet, too."""
    processes = [started(where) for _ in range(5)]
    try:
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        answers = [process.stdout.readline().strip() for process in processes if process.stdout is not None]
    finally:
        for process in processes:
            ended(process)
    assert sorted(answers) == ["held", *["refused"] * 4]


def test_the_lock_alone_makes_no_database(tmp_path: Path) -> None:
    """Whoever waits touches no data; the folder and the file are for their user alone."""
    folder = tmp_path / "data"
    with locks_at(str(folder)) as make:
        assert make().acquire()
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}
    assert modes == {"data": 0o700, LOCK_FILE: 0o600}


def test_nothing_stands_in_the_database_for_it(postgres_url: str) -> None:
    """No table is needed, so it can be asked for before anything is migrated."""
    with elsewhere(postgres_url) as url, locks_at(url) as make:
        assert make().acquire()
        engine = create_engine(url)
        with engine.connect() as connection:
            tables = text("SELECT count(*) FROM pg_tables WHERE schemaname NOT LIKE ALL (:own)")
            own = {"own": ["pg_%", "information_schema"]}
            assert connection.execute(tables, own).scalar_one() == 0
        engine.dispose()


def test_the_database_can_be_used_by_others_meanwhile(locks: Locks, where: str) -> None:
    """Short commands go on beside the process that serves."""
    assert locks().acquire()
    Database.open(where if "://" in where else None, Path(where)).close()


@pytest.mark.parametrize("how", ["removed", "replaced", "the whole folder moved away"])
def test_a_lock_file_that_is_another_one_now_is_no_longer_held(tmp_path: Path, how: str) -> None:
    """Somebody else can lock the new file: whoever had the old one must notice."""
    folder = tmp_path / "data"
    with locks_at(str(folder)) as make:
        first, second = make(), make()
        assert first.acquire()
        if how == "the whole folder moved away":
            folder.rename(tmp_path / "old")
        else:
            (folder / LOCK_FILE).unlink()
        if how == "replaced":
            (folder / LOCK_FILE).touch()
        assert not first.held()
        assert second.acquire()
        assert not first.acquire()


def test_a_session_that_the_server_ended_holds_nothing_and_can_be_had_again(postgres_url: str) -> None:
    """As after a restart of the server: found out by asking, not by an exception."""
    with locks_at(postgres_url) as make:
        first, second = make(), make()
        assert first.acquire()
        assert not second.acquire()
        assert end_sessions(postgres_url, SESSION) == 2
        assert not first.held()
        assert second.acquire()
        assert not first.acquire()


def test_a_dead_session_can_be_let_go_of(postgres_url: str) -> None:
    """Stopping after a loss raises nothing."""
    with locks_at(postgres_url) as make:
        lock = make()
        assert lock.acquire()
        assert end_sessions(postgres_url, SESSION) == 1
        lock.release()
        assert lock.acquire()


def test_a_server_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    """In the words that opening the database would use."""
    pytest.importorskip("psycopg")
    with pytest.raises(StorageError, match="could not be reached") as said:
        ServingLock.of("postgresql://someone:secret@127.0.0.1:1/nowhere", tmp_path).acquire()
    assert "secret" not in str(said.value)


def test_an_address_that_is_no_postgresql_is_refused(tmp_path: Path) -> None:
    """Before anything is tried."""
    with pytest.raises(StorageError, match="postgresql://"):
        ServingLock.of("mysql://nobody@nowhere/x", tmp_path)


def test_a_folder_that_cannot_be_is_named_with_what_to_do(tmp_path: Path) -> None:
    """As when the database is opened there."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"file/data.*KURZE_WEGE_DATA_DIR"):
        ServingLock.of(None, tmp_path / "file" / "data").acquire()
