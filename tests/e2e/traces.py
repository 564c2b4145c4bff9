"""What someone leaves in the data folder while they are there, and a search for it byte by byte."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from bot.doors import WEB
from storage import Database, Store
from storage.erasure import PERSONAL
from storage.tables.vault import accounts
from tests.e2e.product import Product

PIECE = 24
"""Bytes of a sealed value that are searched for: enough to be no accident, too few to run over a page."""


@dataclass(slots=True, kw_only=True)
class Traces:
    """`plain` may never be in a file at all; `rows` are there as long as the person is."""

    account: str
    plain: list[bytes] = field(default_factory=list)
    rows: list[bytes] = field(default_factory=list)

    @property
    def all(self) -> list[bytes]:
        return [*self.plain, *self.rows, self.account.encode(), bytes.fromhex(self.account)]


def traces_of(product: Product, token: str, said: Iterable[str]) -> Traces:
    """All that is the person's: words, cookies and codes in `said`, rows of every table that names them."""

    def account_of(store: Store) -> str:
        account = store.accounts.find(WEB, token)
        assert account is not None
        return account.id

    account = product.inside(account_of)
    with product.opened() as database:
        rows = list(_sealed_values(database, account))
    return Traces(account=account, plain=[text.encode() for text in said], rows=rows)


def found_in(folder: Path, needles: Sequence[bytes]) -> set[bytes]:
    """Those of the needles that are in any file of the folder."""
    content = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    assert content
    return {needle for needle in needles if any(needle in each for each in content)}


def _sealed_values(database: Database, account: str) -> Iterable[bytes]:
    with database.begin() as connection:
        found = [connection.execute(select(accounts.c.key).where(accounts.c.id == account)).all()]
        found += [
            connection.execute(select(table).where(table.c.account == account)).all() for table in PERSONAL
        ]
    for rows in found:
        for row in rows:
            yield from (value[:PIECE] for value in row if isinstance(value, bytes) and len(value) >= PIECE)
