"""Accounts: whoever holds the phone. Found by the keyed hash of an address; no name, no answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from storage.erasure import erase, finish_erasures
from storage.tables.vault import accounts, addresses
from storage.transaction import Repository, new_id, prepared

SEEN_TO_THE = timedelta(minutes=5)  # finer would cost every turn one more write

_ADDRESS = "addresses.address"

_GET = select(accounts).where(prepared(accounts, "id"))
_FIND = (
    select(accounts, addresses.c.unreachable_at)
    .join(addresses, (addresses.c.town == accounts.c.town) & (addresses.c.account == accounts.c.id))
    .where(prepared(addresses, "lookup"))
)
_TOUCH = (
    update(accounts)
    .where(accounts.c.town == bindparam("in_town"), accounts.c.id == bindparam("account_id"))
    .where(accounts.c.seen_at <= bindparam("stale"))
    .values(seen_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """`guest` until a conversation with a consent was saved; `unreachable`: found by an address to which
    nothing could be sent."""

    id: str
    created_at: datetime
    seen_at: datetime
    guest: bool
    unreachable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """`address` is None where only its keyed hash is kept."""

    channel: str
    address: str | None
    unreachable: bool = False


class Accounts(Repository):
    __slots__ = ()

    def find(self, channel: str, address: str) -> Account | None:
        row = self._in.one(_FIND, lookup=self._lookup(channel, address))
        return row and self._account(row, unreachable=row.unreachable_at is not None)

    def get(self, account_id: str) -> Account | None:
        row = self._in.one(_GET, id=account_id)
        return row and self._account(row)

    def create(self, channel: str, address: str, now: datetime, *, keep_address: bool = False) -> Account:
        """A new guest. The address itself is kept (sealed) only if someone must be written to first there."""
        account = Account(id=new_id(), created_at=now, seen_at=now, guest=True)
        key = self._in.keys.new_account_key(self._in.town, account.id)
        self._in.put(accounts, "id", id=account.id, key=key, consents=0, created_at=now, seen_at=now)
        self.add_address(account.id, channel, address, keep_address=keep_address)
        return account

    def add_address(self, account_id: str, channel: str, address: str, *, keep_address: bool = False) -> None:
        """One more way to the account; an address that led to another account now leads to this one."""
        seal, lookup = self._in.seal_of(account_id), self._lookup(channel, address)
        sealed = seal.close(_ADDRESS, lookup.hex(), address.encode()) if keep_address else None
        way = {"account": account_id, "channel": channel, "sealed": sealed, "unreachable_at": None}
        self._in.put(addresses, "lookup", lookup=lookup, **way)

    def drop_address(self, channel: str, address: str) -> bool:
        """False if there was no such address."""
        found = self._in.of_town(addresses, lookup=self._lookup(channel, address))
        return self._in.changed(delete(addresses).where(found)) > 0

    def drop_others(self, account_id: str, channel: str, address: str) -> int:
        """Of the account's ways in this channel only `address` stays; how many went."""
        others = self._in.of_town(addresses, account=account_id, channel=channel)
        kept = addresses.c.lookup != self._lookup(channel, address)
        return self._in.changed(delete(addresses).where(others, kept))

    def addresses(self, account_id: str) -> tuple[Address, ...]:
        """Every way to the account, by channel."""
        rows = self._in.execute(
            select(addresses)
            .where(self._in.of_town(addresses, account=account_id))
            .order_by(addresses.c.channel, addresses.c.lookup)
        )
        return tuple(
            Address(
                channel=row.channel, address=self._opened(row), unreachable=row.unreachable_at is not None
            )
            for row in rows
        )

    def mark_unreachable(self, channel: str, address: str, at: datetime | None) -> bool:
        """None: it can be reached again. False if there is no such address."""
        found = self._in.of_town(addresses, lookup=self._lookup(channel, address))
        return self._in.changed(update(addresses).where(found).values(unreachable_at=at)) > 0

    def move_address(self, channel: str, old: str, new: str) -> bool:
        """The chat has got another id. False if the former one led to nobody."""
        account = self.find(channel, old)
        if account is not None:
            self.drop_address(channel, old)
            self.add_address(account.id, channel, new, keep_address=True)
        return account is not None

    def touch(self, account: Account, now: datetime) -> None:
        """Note that the account was heard of, to the nearest five minutes; else the vault is not touched."""
        if account.seen_at <= now - SEEN_TO_THE:
            self._in.execute(_TOUCH, account_id=account.id, now=now, stale=now - SEEN_TO_THE)

    def erase(self, account_id: str, now: datetime) -> bool:
        """Everything of the account goes, and with its key every copy there may be. False if unknown."""
        return erase(self._in, account_id, now)

    def finish_erasures(self, now: datetime) -> int:
        """Erase what came back (a restored backup) or was left over; how much there was."""
        return finish_erasures(self._in, now)

    def _account(self, row: Row[Any], *, unreachable: bool = False) -> Account:
        self._in.remember(row.id, row.key)
        return Account(
            id=row.id,
            created_at=row.created_at,
            seen_at=row.seen_at,
            guest=row.consents == 0,
            unreachable=unreachable,
        )

    def _opened(self, row: Row[Any]) -> str | None:
        if row.sealed is None:
            return None
        return self._in.seal_of(row.account).open(_ADDRESS, row.lookup.hex(), row.sealed).decode()

    def _lookup(self, channel: str, address: str) -> bytes:
        return self._in.keys.lookup("address", self._in.town, channel, address)
