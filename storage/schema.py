"""Brings a database to the newest schema, whole or not at all; the steps are in migrations/versions."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.errors import NewerSchema
from storage.tables import VAULT

_STEPS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 5_204_116  # any number, as long as every process takes the same


def migrate(connection: Connection) -> None:
    """Take the missing steps in the connection's transaction: a kill in between leaves the old schema.

    Raises:
        NewerSchema: the database has steps this program does not know.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {VAULT}"))
    config = Config()
    config.set_main_option("script_location", str(_STEPS))
    steps = ScriptDirectory.from_config(config)
    present = MigrationContext.configure(connection).get_current_heads()
    if present == tuple(steps.get_heads()):
        return
    known = {step.revision for step in steps.walk_revisions()}
    if not known.issuperset(present):
        raise NewerSchema(
            "The data were written by a newer version of Kurze Wege. Install that version or a later one."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
