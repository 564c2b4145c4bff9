"""Spreadsheets that were looked at and wait for a yes, for a quarter of an hour; it reads none of them.

They lie in memory alone. In the database or on a disk a file would outlive its purpose, and be in backups;
in the page it would travel three times over a phone's line and stay in the browser. A restart costs one more
upload, which the page asks for.
"""

import asyncio
import datetime as dt
from dataclasses import dataclass

from bot.catalogue_sheet_views import Upload

MINUTES = 15
MOST_BYTES = 24_000_000
"""Of all files together: beyond it the oldest goes."""

Stamp = tuple[tuple[str, int, str, bool], ...]
"""The state of a catalogue: id, version, whose and whether withdrawn, of each entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A file with the catalogue's state for which it was looked at; for one member alone."""

    town: str
    member: str
    upload: Upload
    stamp: Stamp
    until: dt.datetime
    loses: bool = False
    """Whether entries lose what stands in columns that the file does not have."""


class Shelf:
    """At most one file of each member."""

    def __init__(self) -> None:
        self._waiting: dict[str, Waiting] = {}

    def put(self, key: str, waiting: Waiting) -> None:
        """A former file of the same member goes. It must be called while an event loop runs."""
        for other, its in list(self._waiting.items()):
            if (its.town, its.member) == (waiting.town, waiting.member):
                self.drop(other)
        self._waiting[key] = waiting
        while len(self._waiting) > 1 and self._bytes() > MOST_BYTES:
            self.drop(next(iter(self._waiting)))
        # nobody may ever ask for it again
        asyncio.get_running_loop().call_later(MINUTES * 60, self.drop, key)

    def get(self, key: str, town: str, member: str, now: dt.datetime) -> Waiting | None:
        """None if it is gone, or somebody else's."""
        found = self._waiting.get(key)
        if found is None or (found.town, found.member) != (town, member) or now >= found.until:
            return None
        return found

    def drop(self, key: str) -> None:
        """Nothing if it is gone already."""
        self._waiting.pop(key, None)

    def _bytes(self) -> int:
        return sum(len(each.upload.raw) for each in self._waiting.values())
