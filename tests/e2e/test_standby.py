"""Of two processes on the same data one serves; the other does nothing until the first has ended."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from storage import Database
from storage.standby import LOCK_FILE, SESSION
from storage.tables import metadata
from tests.e2e.installation import Installation
from tests.e2e.product import COMMAND, PATIENCE
from tests.e2e.relay import WAITS, Relay
from tests.e2e.test_kills import check_everything_is_there_once, go_through
from tests.storage.sessions import end_sessions

URL = "KURZE_WEGE_DATABASE_URL"
NO_MAIL = "no mail server is set: who of the team has no Telegram hears nothing by mail"
SERVED = [NO_MAIL, "job done", "ready"]
SEVERAL_TRIES = 2.0

Make = Callable[[str], Installation]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest) -> dict[str, str]:
    """What says where the data are, and nothing is there yet."""
    if request.param == "sqlite":
        return {}
    url: str = request.getfixturevalue("postgres_url")
    database = Database.open(url, Path("unused"))
    with database.begin() as connection:
        connection.execute(text("; ".join(f"DELETE FROM {table}" for table in metadata.sorted_tables)))
    database.close()
    return {URL: url}


@pytest.fixture
def make(settings: dict[str, str], tmp_path: Path) -> Iterator[Make]:
    """Makes processes on the same data, each with a port of its own."""
    made: list[Installation] = []

    def one_more(name: str) -> Installation:
        made.append(Installation(name=name, folder=tmp_path / "town", extra=settings))
        return made[-1]

    yield one_more
    for each in made:
        each.away()


@pytest.fixture
def relay(settings: dict[str, str], tmp_path: Path) -> Iterator[Relay]:
    english = {"KURZE_WEGE_OFFER_UNREVIEWED": "en"}
    made = Relay(name="life 1", folder=tmp_path / "town", extra=settings | english)
    yield made
    made.away()


def waiting(installation: Installation) -> None:
    installation.launch()
    installation.read_until(WAITS)


def listens(installation: Installation) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", installation.port)) == 0


def took_over(installation: Installation, since: float) -> float:
    """Seconds until its first page."""
    installation.read_until("ready")
    answer = httpx.get(installation.address, timeout=PATIENCE, trust_env=False, follow_redirects=True)
    assert answer.status_code == 200
    return time.monotonic() - since


def lost(installation: Installation) -> float:
    """Seconds until a process that lost the lock has ended; it says why."""
    began = time.monotonic()
    assert installation.ended() == 1
    took = time.monotonic() - began
    assert "the serving lock is lost; stopping" in installation.said_in_order
    assert "LockLost" in installation.logs
    assert "Traceback" not in installation.logs
    return took


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_who_waits_says_so_once_opens_no_port_does_no_job_and_ends_at_once(
    make: Make, asked: signal.Signals
) -> None:
    """And the one that serves goes on."""
    first, second = make("first"), make("second")
    first.start()
    waiting(second)
    time.sleep(SEVERAL_TRIES)
    assert [listens(first), listens(second)] == [True, False]
    began = time.monotonic()
    second._running.send_signal(asked)
    assert second.ended() == 0
    assert time.monotonic() - began < 5
    assert [event["event"] for event in second.events] == [f"another process serves this data; {WAITS}"]
    assert listens(first)
    assert first.stop() == 0


def test_who_waits_takes_over_when_the_first_has_stopped(make: Make) -> None:
    """Regular jobs are done by who serves, at the start of its own turn."""
    first, second = make("first"), make("second")
    first.start()
    waiting(second)
    asked = time.monotonic()
    assert first.stop() == 0
    print(f"first page {took_over(second, asked):.2f} s after SIGTERM")  # noqa: T201
    assert second.stop() == 0
    waited = [f"another process serves this data; {WAITS}", "taking over"]
    assert first.said_in_order == [*SERVED, "stopped"]
    assert second.said_in_order == [*waited, *SERVED, "stopped"]


def test_of_two_that_start_at_once_on_new_data_one_serves(make: Make) -> None:
    """The tables are made once, by the one that has the lock."""
    both = [make("first"), make("second")]
    for each in both:
        each.launch()
    for each in both:
        each.read_until("e")  # whatever it says first
    one, other = sorted(both, key=lambda each: WAITS in each.logs)
    one.read_until("ready")
    assert [listens(one), listens(other)] == [True, False]
    assert other.stop() == 0
    assert one.stop() == 0


@pytest.mark.parametrize(
    ("kills", "letters"), [(3, 6), pytest.param(20, 30, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_what_was_acknowledged_is_there_once_when_the_other_takes_over(
    relay: Relay, kills: int, letters: int
) -> None:
    """Killed again and again while people write, on the same address; who has ended waits anew."""
    check_everything_is_there_once(relay, go_through(relay, kills=kills, letters=letters, seed=20261124))
    told = ", ".join(f"{seconds:.2f}" for seconds in sorted(relay.takeovers))
    print(f"first page after a kill, seconds: {told}")  # noqa: T201
    assert relay.takeovers
    assert max(relay.takeovers) < 10
    assert [event for event in relay.every_event if event["level"] == "error"] == []


def test_who_lost_the_lock_file_ends_and_the_other_takes_over(tmp_path: Path) -> None:
    """Whoever removes it lets a second process in: the first must go."""
    first, second = (Installation(name=name, folder=tmp_path) for name in ("first", "second"))
    try:
        first.start()
        waiting(second)
        (tmp_path / "data" / LOCK_FILE).unlink()
        assert lost(first) < 10
        second.read_until("ready")
        assert second.stop() == 0
    finally:
        first.away()
        second.away()


@pytest.mark.parametrize("sessions", [SESSION, "%"], ids=["the lock's alone", "all"])
def test_who_lost_the_session_ends_and_the_other_takes_over(
    tmp_path: Path, postgres_url: str, sessions: str
) -> None:
    """As when the server is restarted; the other waits for the server as well."""
    first, second = (
        Installation(name=name, folder=tmp_path, extra={URL: postgres_url}) for name in ("first", "second")
    )
    try:
        first.start()
        waiting(second)
        assert end_sessions(postgres_url, sessions) >= 2
        took = lost(first)
        print(f"ended {took:.2f} s after the session")  # noqa: T201
        assert took < 10
        second.read_until("ready")
        assert second.stop() == 0
    finally:
        first.away()
        second.away()


def test_the_short_commands_go_on_beside_the_process_that_serves(make: Make) -> None:
    """Only serving needs the lock."""
    first = make("first")
    first.start()
    for command in ("invite", "check --data", "report contacts", "import --dry-run"):
        done = subprocess.run(
            [*COMMAND, *command.split()],
            env=first.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert (done.returncode, done.stderr.count("process")) == (0, 0), (command, done.stderr)
    assert listens(first)
    assert first.stop() == 0
    assert first.said_in_order == [*SERVED, "stopped"]
