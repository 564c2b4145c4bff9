"""The product, but it dies the moment an erasure is committed: before anybody can be told that it was."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection

from bot.__main__ import main
from storage.accounts import Accounts
from storage.database import Database

begin, erase = Database.begin, Accounts.erase
erased: list[bool] = []


@contextmanager
def begin_and_die(database: Database) -> Iterator[Connection]:
    with begin(database) as connection:
        yield connection
    if any(erased):
        os.kill(os.getpid(), signal.SIGKILL)


def erase_and_note(accounts: Accounts, account_id: str, now: datetime) -> bool:
    erased.append(erase(accounts, account_id, now))
    return erased[-1]


Database.begin = begin_and_die  # type: ignore[method-assign,assignment]
Accounts.erase = erase_and_note  # type: ignore[method-assign,assignment]
main()
