"""The only package that speaks SQL: one town's transaction in, frozen dataclasses out."""

from storage.database import Database
from storage.errors import NotSaved, StorageError, TooManyTries, WriterStopped
from storage.keys import Keys
from storage.store import Store
from storage.writer import Writer

__all__ = [
    "Database",
    "Keys",
    "NotSaved",
    "StorageError",
    "Store",
    "TooManyTries",
    "Writer",
    "WriterStopped",
]
