import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Database, Keys, StorageError, Writer
from storage.errors import Damaged, NewerSchema, WrongKey
from storage.schema import migrate
from tests.storage.builders import KEYS, TOWN, given_someone


def filled(folder: Path) -> None:
    database = Database.open(None, folder)
    writer = Writer(database, KEYS)
    for number in range(20):
        writer.run(TOWN, lambda store, address=str(number): given_someone(store, address))  # type: ignore[misc]
    writer.close()
    database.close()


def test_the_folder_and_its_files_are_for_their_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    Database.open(None, folder).close()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}
    assert modes == {"data": 0o700, "data.db": 0o600, "vault.db": 0o600}


def test_what_was_saved_is_there_after_opening_again(tmp_path: Path) -> None:
    filled(tmp_path)
    database = Database.open(None, tmp_path)
    writer = Writer(database, KEYS)
    assert writer.run(TOWN, lambda store: store.accounts.find("webchat", "7")) is not None
    assert database.check() == ()
    writer.close()
    database.close()


def test_another_town_key_is_refused_with_one_sentence(database: Database) -> None:
    Writer(database, KEYS).close()
    with pytest.raises(WrongKey, match="another town key"):
        Writer(database, Keys.from_town_key(bytes([7] * 32)))
    Writer(database, KEYS).close()


def test_a_folder_that_cannot_be_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"file/data.*KURZE_WEGE_DATA_DIR"):
        Database.open(None, tmp_path / "file" / "data")


@pytest.mark.parametrize("name", ["data.db", "vault.db"])
def test_a_file_that_is_no_database_is_said_and_left_as_it_is(tmp_path: Path, name: str) -> None:
    filled(tmp_path)
    wrong = b"not a database at all" * 1000
    (tmp_path / name).write_bytes(wrong)
    with pytest.raises(Damaged, match="backup"):
        Database.open(None, tmp_path)
    assert (tmp_path / name).read_bytes() == wrong


@pytest.mark.parametrize("name", ["data.db", "vault.db"])
def test_damage_inside_a_file_is_found(tmp_path: Path, name: str) -> None:
    filled(tmp_path)
    file = tmp_path / name
    content = bytearray(file.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    file.write_bytes(content)
    database = Database.in_folder(tmp_path)
    assert database.check() != ()
    database.close()


def test_a_database_of_a_newer_program_is_refused_and_left_as_it_is(database: Database) -> None:
    with database.begin() as connection:
        present = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with database.begin() as connection, pytest.raises(NewerSchema, match="newer version"):
            migrate(connection)
    finally:
        with database.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": present})


def test_an_address_that_is_no_postgresql_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="postgresql://"):
        Database.open("mysql://nobody@nowhere/x", tmp_path)


def test_a_server_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StorageError, match="could not be reached") as told:
        Database.open("postgresql://someone:secret@127.0.0.1:1/nowhere", tmp_path)
    assert "secret" not in str(told.value)


def test_sqlite_keeps_no_copy_of_what_was_deleted_and_waits_for_the_disk(
    tmp_path: Path,
) -> None:
    database = Database.open(None, tmp_path)
    with database.begin() as connection:
        settings = {
            (schema, name): connection.exec_driver_sql(f"PRAGMA {schema}.{name}").scalar_one()
            for schema in ("main", "vault")
            for name in ("journal_mode", "secure_delete", "synchronous")
        }
    database.close()
    for schema in ("main", "vault"):
        assert settings[schema, "journal_mode"] == "delete"
        assert settings[schema, "secure_delete"] == 1
        assert settings[schema, "synchronous"] == 3


def test_people_and_figures_lie_in_two_files(tmp_path: Path) -> None:
    Database.open(None, tmp_path).close()

    def tables(name: str) -> set[str]:
        connection = sqlite3.connect(tmp_path / name)
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        connection.close()
        return {row[0] for row in rows}

    assert {"accounts", "addresses", "erasures", "resume_codes"} <= tables("vault.db")
    assert {"cases", "tallies", "offer_versions"} <= tables("data.db")
    assert tables("vault.db") & tables("data.db") == set()


def test_a_transaction_locks_data_at_once_and_the_vault_when_it_is_written(tmp_path: Path) -> None:
    """A commit over both files takes longer, and most messages write in one."""
    database = Database.open(None, tmp_path)

    def is_free(name: str) -> bool:
        other = sqlite3.connect(tmp_path / name, timeout=0, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        finally:
            other.close()
        return True

    with database.begin() as connection:
        connection.execute(text("SELECT count(*) FROM vault.accounts"))
        assert (is_free("data.db"), is_free("vault.db")) == (False, True)
        connection.execute(text("UPDATE vault.accounts SET consents = consents"))
        assert (is_free("data.db"), is_free("vault.db")) == (False, False)
    assert (is_free("data.db"), is_free("vault.db")) == (True, True)
    database.close()


def test_many_writers_wait_for_each_other_and_none_fails(tmp_path: Path) -> None:
    """Also where one has read the vault before it writes there: that is what fails without a lock."""
    Database.open(None, tmp_path).close()

    def write(_: int) -> None:
        database = Database.in_folder(tmp_path)
        for _ in range(10):
            with database.begin() as connection:
                connection.execute(text("SELECT count(*) FROM vault.accounts"))
                connection.execute(text("UPDATE vault.key_check SET id = id"))
                connection.execute(text("UPDATE numbers SET last = last"))
        database.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(write, range(4))) == [None] * 4
