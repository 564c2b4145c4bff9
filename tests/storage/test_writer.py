import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from sqlalchemy import event, insert, text

from casework.team import Role
from storage import Database, NotSaved, StorageError, Store, Writer, WriterStopped
from storage.tables.team import members
from tests.storage.builders import KEYS, NOW, TOWN, TYPED, given_someone
from tests.storage.conftest import Run


class Fault(Exception):
    pass


def create(address: str) -> Callable[[Store], str]:
    return lambda store: store.accounts.create("webchat", address, NOW).id


def erased(account: str) -> Callable[[Store], bool]:
    return lambda store: store.accounts.erase(account, NOW)


def create_and_fail(store: Store) -> str:
    store.accounts.create("webchat", "failed", NOW)
    raise Fault


def known(run: Run, *addresses: str) -> list[bool]:
    return run(lambda store: [store.accounts.find("webchat", address) is not None for address in addresses])


class Held:
    """A writer busy until told otherwise: what is submitted meanwhile shares the next commit."""

    def __init__(self, writer: Writer) -> None:
        self._free, busy = threading.Event(), threading.Event()

        def hold(_store: Store) -> None:
            busy.set()
            assert self._free.wait(30)

        writer.submit(TOWN, hold)
        assert busy.wait(30)

    def release(self) -> None:
        self._free.set()


def test_jobs_are_done_in_the_order_they_were_given(writer: Writer) -> None:
    done: list[int] = []

    def note(number: int) -> Callable[[Store], None]:
        return lambda _store: done.append(number)

    for future in [writer.submit(TOWN, note(number)) for number in range(300)]:
        future.result()
    assert done == list(range(300))


def test_a_raising_job_leaves_nothing_and_disturbs_no_other(writer: Writer, run: Run) -> None:
    held = Held(writer)
    first, failing, last = (
        writer.submit(TOWN, job) for job in (create("one"), create_and_fail, create("two"))
    )
    held.release()
    assert first.result() != last.result()
    with pytest.raises(Fault):
        failing.result()
    assert known(run, "one", "failed", "two") == [True, False, True]


def test_a_job_that_breaks_a_rule_of_the_database_disturbs_no_other(writer: Writer, run: Run) -> None:
    def twice(store: Store) -> None:
        store.team.invite(Role.GUIDE, "token", NOW)
        store.team.invite(Role.GUIDE, "token", NOW)

    held = Held(writer)
    first, failing, last = (writer.submit(TOWN, job) for job in (create("one"), twice, create("two")))
    held.release()
    assert first.result() != last.result()
    with pytest.raises(StorageError, match="refused") as told:
        failing.result()
    assert not isinstance(told.value, NotSaved)  # tried again it would fail again, for ever
    assert known(run, "one", "two") == [True, True]


def test_what_a_driver_did_not_like_is_not_quoted(writer: Writer) -> None:
    """Errors end up in logs with all that caused them."""

    def twice(store: Store) -> None:
        for number in range(2):
            values = {"id": str(number), "role": "guide", "name": "Ada Canary", "sign_in": "ada canary"}
            kept = {"town": TOWN, "active": True, "joined_at": NOW}
            store._in.execute(insert(members).values(**values, **kept))

    with pytest.raises(StorageError) as told:
        writer.run(TOWN, twice)
    printed = "".join(traceback.format_exception(told.value))
    assert "INSERT INTO members" in printed
    assert "canary" not in printed.lower().replace(__name__, "")


def test_what_waits_shares_a_commit(writer: Writer, database: Database) -> None:
    held = Held(writer)
    commits: list[int] = []
    event.listen(database._engine, "commit", lambda _connection: commits.append(1))
    futures = [writer.submit(TOWN, create(str(number))) for number in range(200)]
    held.release()
    for future in futures:
        future.result()
    assert len(commits) in (2, 3)  # the held job's own, then 128 and 72


def test_a_result_is_there_only_after_the_commit(writer: Writer, database: Database) -> None:
    def present(account: str) -> bool:
        with database.begin() as connection:
            found = text("SELECT count(*) FROM vault.accounts WHERE id = :id")
            return bool(connection.execute(found, {"id": account}).scalar_one())

    assert all(present(writer.run(TOWN, create(str(number)))) for number in range(20))


def test_a_withdrawn_job_is_not_done(writer: Writer, run: Run) -> None:
    held = Held(writer)
    future = writer.submit(TOWN, create("withdrawn"))
    assert future.cancel()
    held.release()
    assert known(run, "withdrawn") == [False]


def test_closing_finishes_what_waits_and_then_refuses(writer: Writer, database: Database) -> None:
    held = Held(writer)
    futures = [writer.submit(TOWN, create(str(number))) for number in range(300)]
    held.release()
    writer.close()
    assert len({future.result(0) for future in futures}) == 300
    late = writer.submit(TOWN, create("late"))
    with pytest.raises(WriterStopped, match="nothing was saved"):
        late.result(0)
    writer.close()
    again = Writer(database, KEYS)
    assert again.run(TOWN, lambda store: store.accounts.find("webchat", "299")) is not None
    again.close()


def test_closing_does_not_wait_for_ever(writer: Writer) -> None:
    held = Held(writer)
    waiting = writer.submit(TOWN, create("one"))
    begun = time.monotonic()
    writer.close(seconds=0.2)
    assert time.monotonic() - begun < 2
    held.release()
    with pytest.raises(WriterStopped):
        waiting.result(5)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def sqlite(folder: Path) -> Iterator[Database]:
    database = Database.open(None, folder)
    yield database
    database.close()


def settled(futures: list[Future[str]]) -> list[str | None]:
    return [str(error) if (error := future.exception(30)) else None for future in futures]


def fill(store: Store) -> str:
    account = given_someone(store, "somebody")
    for _ in range(2000):
        store.letters.add("c" * 32, account.id, author="guide", text=TYPED * 10, language="de", at=NOW)
    return account.id


def test_a_full_disk_is_said_and_costs_nothing_that_was_confirmed(sqlite: Database) -> None:
    writer = Writer(sqlite, KEYS)
    writer.run(TOWN, create("before"))

    def small(store: Store) -> None:
        store._in.connection.exec_driver_sql("PRAGMA main.max_page_count = 120")

    writer.run(TOWN, small)
    held = Held(writer)
    futures = [writer.submit(TOWN, job) for job in (create("with it"), fill)]
    held.release()
    said = [sentence for sentence in settled(futures) if sentence]
    assert said
    assert all("full" in sentence and "Nothing was saved" in sentence for sentence in said)
    assert TYPED not in "".join(said)
    assert writer.run(TOWN, lambda store: store.accounts.find("webchat", "somebody")) is None
    assert writer.run(TOWN, lambda store: store.accounts.find("webchat", "before")) is not None
    with_it = writer.run(TOWN, lambda store: store.accounts.find("webchat", "with it"))
    assert (with_it is None) == (futures[0].exception() is not None)
    writer.close()


def test_a_database_held_by_another_program_is_said_and_works_again_afterwards(
    sqlite: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.LOCKED_FOR_SECONDS", 0.1)
    impatient = Database.in_folder(folder)
    writer = Writer(impatient, KEYS)
    with sqlite.begin():
        futures = [writer.submit(TOWN, create(str(number))) for number in range(3)]
        said = settled(futures)
    assert all(sentence and "another program" in sentence for sentence in said)
    assert writer.run(TOWN, create("after"))
    assert writer.run(TOWN, lambda store: store.accounts.find("webchat", "0")) is None
    writer.close()
    impatient.close()


def test_an_erasure_is_known_when_it_is_committed_and_not_before(writer: Writer, run: Run) -> None:
    """One that was rolled back is none, and another town's account is another."""
    gone, spared = run(create("gone")), run(create("spared"))

    def erase_and_fail(store: Store) -> None:
        store.accounts.erase(spared, NOW)
        raise Fault

    def erase(store: Store) -> bool:
        store.accounts.erase(gone, NOW)
        return writer.has_erased(TOWN, gone)

    with pytest.raises(Fault):
        run(erase_and_fail)
    assert run(erase) is False
    assert [writer.has_erased(TOWN, account) for account in (gone, spared)] == [True, False]
    assert not writer.has_erased("elsewhere", gone)


def test_only_the_last_erasures_are_remembered(
    writer: Writer, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the process runs."""
    monkeypatch.setattr("storage.writer.REMEMBERED", 2)
    accounts = [run(create(str(number))) for number in range(3)]
    for account in accounts:
        run(erased(account))
    assert [writer.has_erased(TOWN, account) for account in accounts] == [False, True, True]
