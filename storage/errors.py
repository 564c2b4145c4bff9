"""What can go wrong with what is stored, told to whoever has to act; never content, addresses or keys."""


class StorageError(Exception):
    """The storage cannot do what was asked; the message says what to do about it."""


class NotSaved(StorageError):
    """Nothing of this job was kept: it may be tried again as it is."""


class WriterStopped(NotSaved):
    """The writer has been closed and takes no further jobs."""


class WrongKey(StorageError):
    """The data were written under another town key, or a sealed value was tampered with."""


class NewerSchema(StorageError):
    """The database was written by a newer version of the program."""


class Damaged(StorageError):
    """A database file cannot be read as such."""


class TooManyTries(StorageError):
    """More resume codes were tried from one place than an hour allows."""


class LockLost(StorageError):
    """Another process may serve the same data by now; this one has stopped itself."""
