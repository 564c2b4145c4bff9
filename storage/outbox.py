"""The outbox: what must still be sent, in order for each address; sending itself is done elsewhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from storage.keys import Seal
from storage.sealed import Sealed
from storage.tables.outbox import outbox
from storage.transaction import Repository

SEND, EDIT = "send", "edit"

LEASED_FOR = timedelta(seconds=60)

_WAITING, _SENT, _FAILED = "waiting", "sent", "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What is sealed: whom to reach and what to say, the body as the sender understands it."""

    address: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A leased row. `edits` is the reference under which the message to be changed was sent, if it was."""

    id: int
    channel: str
    address: str
    kind: str
    body: str
    attempts: int
    edits: str | None = None


_PARCEL = Sealed(Parcel, "outbox.parcel")


class Outbox(Repository):
    __slots__ = ()

    def add(
        self,
        account_id: str,
        channel: str,
        address: str,
        body: str,
        now: datetime,
        *,
        due: datetime | None = None,
        edits: int | None = None,
    ) -> int:
        """A row about this account, sealed under its key: it goes with the account. Returns the row's id."""
        values = {"account": account_id, "kind": SEND if edits is None else EDIT, "edits": edits}
        return self._add(
            self._in.seal_of(account_id), channel, Parcel(address=address, body=body), now, due, values
        )

    def add_farewell(self, channel: str, address: str, body: str, now: datetime) -> int:
        """The last word to someone being erased: sealed under the town's key, given up after 24 hours."""
        values = {"account": None, "kind": SEND, "edits": None}
        return self._add(
            self._in.keys.sealing, channel, Parcel(address=address, body=body), now, None, values
        )

    def lease(self, now: datetime, limit: int = 30) -> tuple[Outgoing, ...]:
        """What may be sent now, oldest first, reserved for a minute: each address's oldest row only."""
        head = (
            select(outbox.c.id)
            .where(self._in.of_town(outbox, state=_WAITING), _is_due(now), ~_older_waiting())
            .order_by(outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        ids = list(self._in.execute(head).scalars())
        self._in.execute(update(outbox).where(outbox.c.id.in_(ids)).values(leased_until=now + LEASED_FOR))
        rows = self._in.execute(select(outbox).where(outbox.c.id.in_(ids)).order_by(outbox.c.id)).all()
        return tuple(self._outgoing(row) for row in rows)

    def mark_sent(self, row_id: int, now: datetime, sent_ref: str | None = None) -> None:
        """Delivered: the content is wiped, the reference kept for later edits."""
        self._settle(row_id, state=_SENT, sealed=None, sent_ref=sent_ref, settled_at=now)

    def mark_failed(self, row_id: int, now: datetime, *, retry_at: datetime | None) -> None:
        """Not delivered: again at `retry_at`; never if that is None, then the address's next row may go."""
        if retry_at is None:
            self._settle(row_id, state=_FAILED, settled_at=now, attempts=outbox.c.attempts + 1)
        else:
            self._settle(row_id, due_at=retry_at, attempts=outbox.c.attempts + 1)

    def waiting_since(self, before: datetime) -> int:
        """How many unsent rows were due before then."""
        late = select(outbox.c.id).where(self._in.of_town(outbox, state=_WAITING), outbox.c.due_at < before)
        return len(self._in.execute(late).all())

    def failed_for(self, account_id: str) -> int:
        """How many messages could not be delivered to the account's addresses."""
        failed = select(outbox.c.id).where(self._in.of_town(outbox, account=account_id, state=_FAILED))
        return len(self._in.execute(failed).all())

    def _add(
        self,
        seal: Seal,
        channel: str,
        parcel: Parcel,
        now: datetime,
        due: datetime | None,
        values: dict[str, Any],
    ) -> int:
        lane = self._in.keys.lookup("address", self._in.town, channel, parcel.address)
        fixed = {"town": self._in.town, "lane": lane, "channel": channel, "state": _WAITING, "attempts": 0}
        times = {"made_at": now, "due_at": due or now}
        new = insert(outbox).values(**fixed, **times, **values).returning(outbox.c.id)
        row_id = int(self._in.execute(new).scalar_one())
        sealed = _PARCEL.close(seal, str(row_id), parcel)
        self._in.execute(update(outbox).where(outbox.c.id == row_id).values(sealed=sealed))
        return row_id

    def _outgoing(self, row: Row[Any]) -> Outgoing:
        seal = self._in.seal_of(row.account) if row.account else self._in.keys.sealing
        parcel = _PARCEL.open(seal, str(row.id), row.sealed)
        return Outgoing(
            id=row.id,
            channel=row.channel,
            address=parcel.address,
            kind=row.kind,
            body=parcel.body,
            attempts=row.attempts,
            edits=self._sent_ref(row.edits),
        )

    def _sent_ref(self, row_id: int | None) -> str | None:
        row = row_id and self._in.one(select(outbox.c.sent_ref).where(self._in.of_town(outbox, id=row_id)))
        return str(row.sent_ref) if row and row.sent_ref else None

    def _settle(self, row_id: int, **values: Any) -> None:
        waiting = self._in.of_town(outbox, id=row_id, state=_WAITING)
        self._in.execute(update(outbox).where(waiting).values(leased_until=None, **values))
        # a farewell is about nobody any more: settled in any way, even its lane is too much to keep
        farewell = outbox.c.account.is_(None) & outbox.c.settled_at.is_not(None)
        self._in.execute(delete(outbox).where(self._in.of_town(outbox, id=row_id), farewell))


def _is_due(now: datetime) -> ColumnElement[bool]:
    free = outbox.c.leased_until.is_(None) | (outbox.c.leased_until <= now)
    return free & (outbox.c.due_at <= now)


def _older_waiting() -> ColumnElement[bool]:
    older = outbox.alias("older")
    same_lane = (older.c.town == outbox.c.town) & (older.c.lane == outbox.c.lane)
    return select(older.c.id).where(same_lane, older.c.state == _WAITING, older.c.id < outbox.c.id).exists()
