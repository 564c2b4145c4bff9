"""Retention: deletes what casework's rules say is due; it sets no period of its own."""

from storage.transaction import Repository


class Retention(Repository):
    __slots__ = ()
