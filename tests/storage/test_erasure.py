from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from casework.tallies import cells_for_gap
from storage import Database, Store, Writer
from storage.erasure import PERSONAL
from storage.tables import metadata, vault
from tests.storage.builders import KEYS, NOW, OTHER_TOWN, PHONE, TOWN, TYPED, given_someone, make_conversation
from tests.storage.conftest import Run


def rows_naming(database: Database, account: str) -> dict[str, int]:
    """How many rows of each table hold the account's id in any column."""
    found: dict[str, int] = {}
    with database.begin() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(select(table)).all()
            found[table.name] = sum(account in (str(value) for value in row) for row in rows)
    return {table: count for table, count in found.items() if count}


def files_with(folder: Path, traces: dict[str, bytes]) -> set[str]:
    return {
        name
        for path in folder.rglob("*")
        if path.is_file()
        for name, trace in traces.items()
        if trace in path.read_bytes()
    }


def test_the_builder_puts_someone_into_every_personal_table(run: Run, database: Database) -> None:
    account = run(given_someone)
    assert set(rows_naming(database, account.id)) == {table.name for table in PERSONAL} | {"accounts"}


def test_nothing_names_an_erased_account(run: Run, database: Database) -> None:
    account = run(given_someone)
    other = run(lambda store: given_someone(store, "another session"))
    stranger = run(given_someone, town=OTHER_TOWN)
    assert run(lambda store: store.accounts.erase(account.id, NOW))
    assert rows_naming(database, account.id) == {}
    assert (
        len(rows_naming(database, other.id)) == len(rows_naming(database, stranger.id)) == len(PERSONAL) + 1
    )
    assert run(lambda store: store.accounts.find("webchat", "token-of-a-session")) is None
    assert not run(lambda store: store.accounts.erase(account.id, NOW))


def test_erasing_someone_changes_no_figure(run: Run) -> None:
    def figures(store: Store) -> object:
        return store.tallies.rows("gaps"), store.protocols.all()

    account = run(given_someone)
    run(lambda store: store.tallies.correct(account.id, "gap", cells_for_gap(NOW, "housing.search")))
    before = run(figures)
    run(lambda store: store.accounts.erase(account.id, NOW))
    assert run(figures) == before


def test_after_an_erasure_no_byte_of_the_person_is_in_any_file(tmp_path: Path) -> None:
    database = Database.open(None, tmp_path)
    writer = Writer(database, KEYS)
    others = [
        writer.run(TOWN, lambda store, n=number: given_someone(store, f"other {n}"))  # type: ignore[misc]
        for number in range(30)
    ]
    account = writer.run(TOWN, given_someone)
    for turn in range(200):
        conversation = make_conversation(known={"note": (TYPED * (turn % 17),)})
        writer.run(TOWN, lambda store, kept=conversation: store.conversations.save(account.id, kept, NOW))  # type: ignore[misc]
    with database.begin() as connection:
        wrapped = connection.execute(
            select(vault.accounts.c.key).where(vault.accounts.c.id == account.id)
        ).scalar_one()
    hidden = {
        "text": TYPED.encode(),
        "phone number": PHONE.encode(),
        "session": b"token-of-a-session",
        "account as bytes": bytes.fromhex(account.id),
    }
    seen = {
        "account": account.id.encode(),
        "key": wrapped,
        "lookup": KEYS.lookup("address", TOWN, "webchat", "token-of-a-session"),
    }
    assert files_with(tmp_path, hidden | seen) == set(seen)
    writer.run(TOWN, lambda store: store.accounts.erase(account.id, NOW))
    assert files_with(tmp_path, hidden | seen) == set()
    for other in others[::2]:
        writer.run(TOWN, lambda store, gone=other.id: store.accounts.erase(gone, NOW))  # type: ignore[misc]
    gone, still = (
        files_with(tmp_path, {one.id: one.id.encode() for one in some})
        for some in (others[::2], others[1::2])
    )
    assert (gone, len(still)) == (set(), 15)
    writer.close()
    database.close()


def test_what_comes_back_from_a_backup_is_erased_again(run: Run, database: Database) -> None:
    account = run(given_someone)
    with database.begin() as connection:
        rows = {
            table: [dict(row._mapping) for row in connection.execute(select(table))]
            for table in (*PERSONAL, vault.accounts)
        }
    run(lambda store: store.accounts.erase(account.id, NOW))
    assert run(lambda store: store.accounts.finish_erasures(NOW)) == 0
    with database.begin() as connection:
        for table, values in rows.items():
            connection.execute(insert(table), values)
    assert run(lambda store: store.accounts.finish_erasures(NOW), town=OTHER_TOWN) == 0
    assert run(lambda store: store.accounts.finish_erasures(NOW)) == 1
    assert rows_naming(database, account.id) == {}


def test_rows_without_an_account_are_left_over_and_go(run: Run, database: Database) -> None:
    account, other = run(given_someone), run(lambda store: given_someone(store, "another session"))
    with database.begin() as connection:
        connection.execute(text("DELETE FROM vault.accounts WHERE id = :id"), {"id": account.id})
    both_addresses = 1
    assert run(lambda store: store.accounts.finish_erasures(NOW)) == len(PERSONAL) + both_addresses
    assert rows_naming(database, account.id) == {}
    assert len(rows_naming(database, other.id)) == len(PERSONAL) + 1


@pytest.mark.parametrize("table", PERSONAL, ids=lambda table: table.name)
def test_what_is_personal_shows_codes_ids_times_and_nothing_typed(table: object) -> None:
    """A column that could hold what people say must be called `sealed`, and then it is bytes."""
    assert hasattr(table, "c")
    shown = """
        about account at attempts author cancelled_at case changed_at channel created_at due_at edits id
        issued_at kind label lane last_at leased_until lookup made_at mark number opened_at owner
        parts_sent picked_up_at remind role saved_at sent_ref sequence settled_at source starts_at state
        status subject town unfinished unreachable_at version what whom
    """
    assert {column.name for column in table.c} <= {*shown.split(), "sealed"}
