"""Whether a database was written under this town key: told at start, not at the first person who writes."""

from sqlalchemy import insert, select

from storage.database import Database
from storage.errors import WrongKey
from storage.keys import Keys
from storage.tables.vault import key_check

_PURPOSE, _ROW, _CONTENT = "key_check.sealed", "1", b"kurze-wege"


def check_key(database: Database, keys: Keys) -> None:
    """Raises WrongKey if the data were written under another key; a new database is bound to this one."""
    with database.begin() as connection:
        sealed = connection.execute(select(key_check.c.sealed)).scalar_one_or_none()
        if sealed is None:
            content = keys.sealing.close(_PURPOSE, _ROW, _CONTENT)
            connection.execute(insert(key_check).values(id=1, sealed=content))
            return
    try:
        keys.sealing.open(_PURPOSE, _ROW, sealed)
    except WrongKey:
        raise WrongKey(
            f"The data in {database.place} were written under another town key."
            " Set the key they were made with; without it they cannot be read."
        ) from None
