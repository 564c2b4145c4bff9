"""Takes the steps that a database lacks, with alembic; imported only when there is one, for it is heavy."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.errors import NewerSchema


def take(connection: Connection, folder: Path, present: frozenset[str]) -> None:
    """From the steps `present` to the newest. Raises NewerSchema if one of `present` is not in `folder`."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if not known.issuperset(present):
        raise NewerSchema(
            "The data were written by a newer version of Kurze Wege. Install that version or a later one."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
