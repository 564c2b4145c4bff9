"""The only package that speaks SQL: one town's transaction in, frozen dataclasses out."""

from storage.database import Database
from storage.errors import LockLost, NotSaved, StorageError, TooManyTries, WriterStopped
from storage.keys import Keys
from storage.standby import ServingLock
from storage.store import Store
from storage.writer import Writer

__all__ = [
    "Database",
    "Keys",
    "LockLost",
    "NotSaved",
    "ServingLock",
    "StorageError",
    "Store",
    "TooManyTries",
    "Writer",
    "WriterStopped",
]
