"""Which messages were seen: an update that comes twice is handled once."""

from datetime import datetime

from storage.tables.record import updates
from storage.transaction import Repository


class Updates(Repository):
    __slots__ = ()

    def first_time(self, door: str, id: str, now: datetime) -> bool:  # noqa: A002 - it is the message's id
        """True once per door and id; the answer to every repetition is False."""
        values = {"door": door, "id": id, "at": now}
        key = ["town", "door", "id"]
        return (
            self._in.changed(self._in.insert(updates, values).on_conflict_do_nothing(index_elements=key)) > 0
        )
