"""Which messages were seen: an update that comes twice is handled once."""

from datetime import datetime

from sqlalchemy import delete, select

from storage.tables.record import updates
from storage.transaction import Repository


class Updates(Repository):
    __slots__ = ()

    def first_time(self, door: str, id: str, now: datetime) -> bool:  # noqa: A002 - it is the message's id
        """True once per door and id; the answer to every repetition is False."""
        return self._in.put_once(updates, "door", "id", door=door, id=id, at=now)

    def seen(self, door: str, id: str) -> bool:  # noqa: A002 - it is the message's id
        """Whether it was; asking notes nothing."""
        return (
            self._in.one(select(updates.c.id).where(self._in.of_town(updates, door=door, id=id))) is not None
        )

    def forget(self, door: str, beginning: str) -> int:
        """What was seen there under an id that begins like this is as if it never was; how much it was."""
        theirs = self._in.of_town(updates, door=door) & updates.c.id.startswith(beginning, autoescape=True)
        return self._in.changed(delete(updates).where(theirs))
