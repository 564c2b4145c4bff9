"""The outbox: what must still be sent, in order for each address; sending itself is done elsewhere."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, case, delete, func, insert, null, select, true, update

from storage.errors import WrongKey
from storage.keys import Seal
from storage.sealed import Sealed
from storage.tables.outbox import outbox
from storage.transaction import Repository, new_id

LEASED_FOR = timedelta(seconds=60)

WAITING, SENT, FAILED = "waiting", "sent", "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What is sealed: whom to reach and what to say, the body as the sender understands it."""

    address: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One row. `parts_sent` of its messages have gone; `edits` is the reference of the message to be changed,
    if that was sent; `leased`: whoever holds this may send it now."""

    id: int
    channel: str
    address: str
    body: str
    attempts: int = 0
    parts_sent: int = 0
    edits: str | None = None
    account: str | None = None
    told: bool = False
    """Its reference is kept for later edits and answers, because it has a subject and is about someone."""
    made_at: datetime
    leased: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SentNote:
    """A message about a subject, as later edits find it; `reference` is empty while it is being sent."""

    id: int
    lane: bytes
    subject: str
    reference: str


_PARCEL = Sealed(Parcel, "outbox.parcel")


def _held_up() -> ColumnElement[bool]:
    """Something older for the same address is in nobody's hands."""
    older = outbox.alias("older")
    idle = older.c.leased_until.is_(None) | (older.c.leased_until <= bindparam("at"))
    same_lane = (older.c.town == bindparam("in_town")) & (older.c.lane == bindparam("in_lane"))
    return select(older.c.id).where(same_lane, older.c.state == WAITING, idle).exists()


_GIVEN = ("account", "lane", "channel", "subject", "label", "sealed", "edits")
_ADD = insert(outbox).values(
    {
        **{name: bindparam(f"{name}_") for name in _GIVEN},
        "town": bindparam("in_town"),
        "state": WAITING,
        "parts_sent": 0,
        "attempts": 0,
        **{name: bindparam("now_", type_=outbox.c.made_at.type) for name in ("made_at", "due_at")},
    }
)
_ADD_LEASED = _ADD.values(
    leased_until=case((_held_up(), null()), else_=bindparam("until", type_=outbox.c.leased_until.type))
)
_RETURNED = (outbox.c.id, outbox.c.leased_until)
_STATEMENTS = {False: _ADD.returning(*_RETURNED), True: _ADD_LEASED.returning(*_RETURNED)}
_GONE = delete(outbox).where(outbox.c.town == bindparam("in_town"), outbox.c.id == bindparam("row"))


class Outbox(Repository):
    __slots__ = ()

    def add(
        self,
        account_id: str | None,
        channel: str,
        address: str,
        body: str,
        now: datetime,
        *,
        subject: str | None = None,
        edits: int | None = None,
        lease: bool = False,
    ) -> Outgoing:
        """A row about this account, sealed under its key: it goes with the account.

        Without an account (a farewell, a volunteer's reminder) it is sealed under the town's key, goes when
        it is settled, and is given up after 24 hours. With `lease` the row is in the caller's hands, unless
        something older for this address is in nobody's.
        """
        lane, label = self.lane(channel, address), new_id()
        parcel = Parcel(address=address, body=body)
        bound: dict[str, Any] = {
            "account_": account_id,
            "lane_": lane,
            "channel_": channel,
            "subject_": subject,
        }
        bound |= {"label_": label, "edits_": edits, "now_": now}
        bound |= {"sealed_": _PARCEL.close(self._seal(account_id), label, parcel)}
        until = {"in_lane": lane, "at": now, "until": now + LEASED_FOR} if lease else {}
        row = self._in.execute(_STATEMENTS[lease], **bound, **until).one()
        leased = row.leased_until is not None
        self._in.has_post |= not leased
        sent = self._sent_ref(edits) if edits else None
        new = Outgoing(id=row.id, channel=channel, address=address, body=body, made_at=now)
        told = subject is not None and account_id is not None
        return replace(new, account=account_id, leased=leased, edits=sent, told=told)

    def lane(self, channel: str, address: str) -> bytes:
        """The keyed hash by which an address's rows are put in order."""
        return self._in.keys.lookup("address", self._in.town, channel, address)

    def lease(
        self, now: datetime, limit: int = 30, channels: Collection[str] | None = None
    ) -> tuple[Outgoing, ...]:
        """What may be sent now, oldest first, reserved for a minute: each address's oldest row only.

        With `channels` only what goes by one of these.
        """
        open_ways = true() if channels is None else outbox.c.channel.in_(list(channels))
        head = (
            select(outbox.c.id)
            .where(self._in.of_town(outbox, state=WAITING), _is_due(now), open_ways, ~_older_waiting())
            .order_by(outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        ids = list(self._in.execute(head).scalars())
        if not ids:
            return ()
        self._in.execute(update(outbox).where(outbox.c.id.in_(ids)).values(leased_until=now + LEASED_FOR))
        rows = self._in.execute(select(outbox).where(outbox.c.id.in_(ids)).order_by(outbox.c.id)).all()
        return tuple(self.readable(rows, now))

    def readable(self, rows: Iterable[Row[Any]], now: datetime) -> Iterator[Outgoing]:
        """A row that does not open any more has failed: it must not hold up all others."""
        for row in rows:
            try:
                yield self._outgoing(row)
            except WrongKey:
                self.mark_failed(row.id, now, retry_at=None)

    def release_all(self) -> None:
        """Nobody holds anything: for a start, when whoever held it has ended."""
        held = self._in.of_town(outbox, state=WAITING) & outbox.c.leased_until.is_not(None)
        self._in.execute(update(outbox).where(held).values(leased_until=None))

    def release(self, row_ids: Iterable[int]) -> None:
        """Put rows back that are not sent after all, to come again in their order."""
        held = self._in.of_town(outbox, state=WAITING) & outbox.c.id.in_(list(row_ids))
        self._in.execute(update(outbox).where(held).values(leased_until=None))

    def mark_part(self, row_id: int, parts_sent: int, until: datetime) -> None:
        """So many of the row's messages have gone; it stays reserved until then."""
        waiting = self._in.of_town(outbox, id=row_id, state=WAITING)
        self._in.execute(update(outbox).where(waiting).values(parts_sent=parts_sent, leased_until=until))

    def mark_sent(self, row: Outgoing, now: datetime, sent_ref: str | None = None) -> None:
        """Delivered: the row goes; of one that is told of only its content goes, and the reference stays."""
        if not row.told:
            self._in.execute(_GONE, row=row.id)
            return
        waiting = self._in.of_town(outbox, id=row.id, state=WAITING)
        kept = {"state": SENT, "sealed": None, "sent_ref": sent_ref, "settled_at": now, "leased_until": None}
        self._in.execute(update(outbox).where(waiting).values(**kept))

    def mark_failed(self, row_id: int, now: datetime, *, retry_at: datetime | None) -> None:
        """Not delivered: again at `retry_at`; never if that is None, then the address's next row may go."""
        waiting = self._in.of_town(outbox, id=row_id, state=WAITING)
        values: dict[str, Any] = {"leased_until": None, "attempts": outbox.c.attempts + 1}
        if retry_at is None:
            values |= {"state": FAILED, "settled_at": now}
        else:
            values |= {"due_at": retry_at}
        self._in.execute(update(outbox).where(waiting).values(**values))
        if retry_at is None:  # what is about nobody leaves nothing behind, not even its lane
            nobody = self._in.of_town(outbox, id=row_id) & outbox.c.account.is_(None)
            self._in.execute(delete(outbox).where(nobody))

    def give_up(self, channel: str, address: str, now: datetime) -> int:
        """Nothing can be sent there: all that waits for the address has failed; how much that was."""
        theirs = self._in.of_town(outbox, state=WAITING, lane=self.lane(channel, address))
        nobody = delete(outbox).where(theirs, outbox.c.account.is_(None))
        failed = update(outbox).where(theirs).values(state=FAILED, settled_at=now, leased_until=None)
        return self._in.changed(nobody) + self._in.changed(failed)

    def readdress(self, channel: str, old: str, new: str) -> None:
        """What waits for `old` waits for `new`: a chat has got another id."""
        theirs = self._in.of_town(outbox, state=WAITING, lane=self.lane(channel, old))
        for row in self._in.execute(select(outbox).where(theirs)).all():
            seal = self._seal(row.account)
            parcel = _PARCEL.open(seal, row.label, row.sealed)
            sealed = _PARCEL.close(seal, row.label, Parcel(address=new, body=parcel.body))
            values = {"lane": self.lane(channel, new), "sealed": sealed, "leased_until": None}
            self._in.execute(update(outbox).where(self._in.of_town(outbox, id=row.id)).values(**values))

    def sent_about(self, subject: str) -> tuple[SentNote, ...]:
        """What has been sent about it or is being sent, oldest first; what still waits is withdrawn.

        An edit of what is being sent comes after it.
        """
        about = self._in.of_town(outbox, subject=subject) & outbox.c.edits.is_(None)
        idle = (outbox.c.state == WAITING) & outbox.c.leased_until.is_(None)
        self._in.execute(delete(outbox).where(about, idle))
        return self._notes(about & (outbox.c.state != FAILED))

    def sent_for(self, account_id: str) -> tuple[SentNote, ...]:
        """What has been sent about any subject of the account and can be changed, oldest first."""
        theirs = self._in.of_town(outbox, account=account_id, state=SENT)
        return self._notes(theirs & outbox.c.sent_ref.is_not(None))

    def _notes(self, condition: ColumnElement[bool]) -> tuple[SentNote, ...]:
        columns = (outbox.c.id, outbox.c.lane, outbox.c.subject, outbox.c.sent_ref)
        rows = self._in.execute(select(*columns).where(condition).order_by(outbox.c.id))
        return tuple(
            SentNote(id=row.id, lane=row.lane, subject=row.subject, reference=row.sent_ref or "")
            for row in rows
        )

    def subject_of(self, channel: str, address: str, sent_ref: str) -> str | None:
        """What the message with this reference at this address was about; None if that is not known."""
        theirs = self._in.of_town(outbox, lane=self.lane(channel, address), sent_ref=sent_ref)
        row = self._in.execute(select(outbox.c.subject).where(theirs).order_by(outbox.c.id.desc())).first()
        return row and row.subject

    def waiting_since(self, before: datetime) -> int:
        """How many unsent rows were due before then."""
        late = self._in.of_town(outbox, state=WAITING) & (outbox.c.due_at < before)
        return int(self._in.execute(select(func.count()).select_from(outbox).where(late)).scalar_one())

    def failed_for(self, account_id: str) -> int:
        """How many messages could not be delivered to the account's addresses."""
        failed = self._in.of_town(outbox, account=account_id, state=FAILED)
        return int(self._in.execute(select(func.count()).select_from(outbox).where(failed)).scalar_one())

    def _seal(self, account_id: str | None) -> Seal:
        return self._in.seal_of(account_id) if account_id else self._in.keys.sealing

    def _outgoing(self, row: Row[Any]) -> Outgoing:
        parcel = _PARCEL.open(self._seal(row.account), row.label, row.sealed)
        return Outgoing(
            id=row.id,
            channel=row.channel,
            address=parcel.address,
            body=parcel.body,
            attempts=row.attempts,
            parts_sent=row.parts_sent,
            edits=self._sent_ref(row.edits),
            account=row.account,
            told=row.subject is not None and row.account is not None,
            made_at=row.made_at,
        )

    def _sent_ref(self, row_id: int | None) -> str | None:
        row = row_id and self._in.one(select(outbox.c.sent_ref).where(self._in.of_town(outbox, id=row_id)))
        return str(row.sent_ref) if row and row.sent_ref else None


def _is_due(now: datetime) -> ColumnElement[bool]:
    free = outbox.c.leased_until.is_(None) | (outbox.c.leased_until <= now)
    return free & (outbox.c.due_at <= now)


def _older_waiting() -> ColumnElement[bool]:
    older = outbox.alias("older")
    same_lane = (older.c.town == outbox.c.town) & (older.c.lane == outbox.c.lane)
    return select(older.c.id).where(same_lane, older.c.state == WAITING, older.c.id < outbox.c.id).exists()
