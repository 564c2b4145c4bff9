"""What others must still hear; the content is sealed and goes when it is delivered."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from storage.tables.columns import Code, Id, UtcDateTime, metadata

outbox = Table(
    "outbox",
    metadata,
    # the order of sending; a number is not given twice, or a newer row could stand before an older
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("town", Code, nullable=False),
    Column(
        "account", Id
    ),  # whom it is about and under whose key it is sealed; none: a farewell, under the town's
    Column("lane", LargeBinary, nullable=False),  # keyed hash of channel and address: one at a time, in order
    Column("channel", Code, nullable=False),
    Column("kind", Code, nullable=False),
    Column("state", Code, nullable=False),
    Column("sealed", LargeBinary),
    Column("edits", BigInteger().with_variant(Integer, "sqlite")),
    Column("sent_ref", String(128)),
    Column("made_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("leased_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("settled_at", UtcDateTime),
    Index("ix_outbox_lane", "town", "lane", "state", "id"),
    Index("ix_outbox_due", "state", "due_at"),
    Index("ix_outbox_account", "town", "account"),
    sqlite_autoincrement=True,
)
