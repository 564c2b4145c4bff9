import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage import Database
from storage.schema import newest
from storage.tables import VAULT, metadata

OPEN_AND_DIE = Path(__file__).parent / "open_and_die.py"
STATEMENTS = 80  # more than there are; the run that needs no kill ends the test


def test_the_steps_lead_to_the_tables_of_the_code(database: Database) -> None:
    with database.begin() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _parents: kind != "schema" or name in (None, VAULT),
                "compare_type": True,
            },
        )
        assert compare_metadata(context, metadata) == []


def test_the_newest_step_is_the_one_with_the_highest_number() -> None:
    """An opened database is held against file names, so that alembic need not be loaded for it."""
    steps = Config()
    steps.set_main_option("script_location", str(ROOT / "storage" / "migrations"))
    assert ScriptDirectory.from_config(steps).get_heads() == [newest()]


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    Database.open(None, tmp_path).close()
    before = [(tmp_path / name).read_bytes() for name in ("data.db", "vault.db")]
    Database.open(None, tmp_path).close()
    assert [(tmp_path / name).read_bytes() for name in ("data.db", "vault.db")] == before


def tables_of(database: Database) -> set[str]:
    with database.begin() as connection:
        inspector = inspect(connection)
        schemas = [VAULT] if VAULT in inspector.get_schema_names() else []
        return {name for schema in (None, *schemas) for name in inspector.get_table_names(schema)}


def die_at(statement: int, place: str) -> bool:
    """Whether the process was killed at that statement, rather than done before."""
    done = subprocess.run([sys.executable, OPEN_AND_DIE, place, str(statement)], check=False, cwd=ROOT)
    assert done.returncode in (0, -9)
    return done.returncode == -9


ROOT = Path(__file__).parents[2]
EVERY = {table.name for table in metadata.sorted_tables} | {"alembic_version"}


@pytest.mark.long
def test_a_migration_killed_at_any_statement_leaves_the_old_schema_or_the_new(tmp_path: Path) -> None:
    for statement in itertools.count():
        folder = tmp_path / str(statement)
        killed = die_at(statement, str(folder))
        check_and_mend_folder(folder)
        if not killed:
            break
    assert statement > len(EVERY)


@pytest.mark.parametrize("statement", [3, 17, 41, 60])
def test_a_migration_killed_in_between_leaves_the_old_schema(tmp_path: Path, statement: int) -> None:
    assert die_at(statement, str(tmp_path / "data"))
    check_and_mend_folder(tmp_path / "data")


def check_and_mend_folder(folder: Path) -> None:
    database = Database.in_folder(folder)
    assert tables_of(database) in (set(), EVERY)
    assert database.check() == ()
    database.close()
    mended = Database.open(None, folder)
    assert tables_of(mended) == EVERY
    mended.close()


@pytest.mark.postgres
@pytest.mark.parametrize("statement", [3, 17, 41, 60])
def test_a_migration_killed_on_postgresql_leaves_the_old_schema(postgres_url: str, statement: int) -> None:
    database = Database.at_server(postgres_url)
    with database.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS vault CASCADE"))
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    assert die_at(statement, postgres_url)
    assert tables_of(database) == set()
    mended = Database.open(postgres_url, Path(os.devnull))
    assert tables_of(mended) == EVERY
    mended.close()
    database.close()
