"""How an account ends: every row that names it, then its key; figures are not touched, they never knew it."""

from datetime import datetime

from sqlalchemy import Table, delete, select, update

from storage.tables import metadata
from storage.tables.casework import cases
from storage.tables.team import audit
from storage.tables.vault import accounts, erasures
from storage.transaction import Transaction

# Whatever names an account goes with it: a new table needs no line here, only the column.
PERSONAL: tuple[Table, ...] = tuple(table for table in metadata.sorted_tables if "account" in table.c)


def erase(within: Transaction, account_id: str, now: datetime) -> bool:
    known = within.one(select(accounts.c.id).where(within.of_town(accounts, id=account_id))) is not None
    _unname_in_audit(within, account_id)
    for table in PERSONAL:
        within.execute(delete(table).where(within.of_town(table, account=account_id)))
    within.execute(delete(accounts).where(within.of_town(accounts, id=account_id)))
    within.forget(account_id)
    if known:
        within.put(erasures, "erased", erased=_erased(within, account_id), at=now)
    return known


def _unname_in_audit(within: Transaction, account_id: str) -> None:
    """That someone read and when stays; which case it was goes with the case."""
    theirs = select(cases.c.id).where(within.of_town(cases, account=account_id))
    within.execute(update(audit).where(within.of_town(audit), audit.c.case.in_(theirs)).values(case=None))


def finish_erasures(within: Transaction, now: datetime) -> int:
    done = {row.erased for row in within.execute(select(erasures.c.erased).where(within.of_town(erasures)))}
    ids = (
        within.execute(select(accounts.c.id).where(within.of_town(accounts))).scalars().all() if done else ()
    )
    again = [account_id for account_id in ids if _erased(within, account_id) in done]
    for account_id in again:
        erase(within, account_id, now)
    return len(again) + sum(_drop_orphans(within, table) for table in PERSONAL)


def _drop_orphans(within: Transaction, table: Table) -> int:
    living = select(accounts.c.id).where(within.of_town(accounts))
    orphaned = table.c.account.is_not(None) & table.c.account.not_in(living)
    return within.changed(delete(table).where(within.of_town(table), orphaned))


def _erased(within: Transaction, account_id: str) -> bytes:
    return within.keys.lookup("erased", within.town, account_id)
