"""Brings a database to the newest schema, whole or not at all; the steps are in migrations/versions."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.tables import VAULT

_STEPS = Path(__file__).parent / "migrations"
_TAKEN = "alembic_version"
_ONE_AT_A_TIME = 5_204_116  # any number, as long as every process takes the same


def migrate(connection: Connection) -> None:
    """Take the missing steps in the connection's transaction: a kill in between leaves the old schema.

    Raises:
        NewerSchema: the database has steps this program does not know.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {VAULT}"))
    present = _present(connection)
    if present == {newest()}:
        return
    from storage.steps import take  # noqa: PLC0415 - alembic takes 12 MB, and nearly no start has a step to take

    take(connection, _STEPS, present)


def newest() -> str:
    """The number of the last step: its file's name begins with it."""
    return max(path.name.partition("_")[0] for path in (_STEPS / "versions").glob("[0-9]*_*.py"))


def _present(connection: Connection) -> frozenset[str]:
    if not inspect(connection).has_table(_TAKEN):
        return frozenset()
    return frozenset(connection.execute(text(f"SELECT version_num FROM {_TAKEN}")).scalars())  # noqa: S608 - our own name
