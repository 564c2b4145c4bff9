"""What others must still hear; the content is sealed and goes when it is delivered."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from storage.tables.columns import Code, Id, UtcDateTime, metadata

outbox = Table(
    "outbox",
    metadata,
    # the order of sending; a number is not given twice, or a newer row could stand before an older
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("town", Code, nullable=False),
    # whom it is about, and under whose key; none: about nobody, under the town's key, gone when settled
    Column("account", Id),
    Column("lane", LargeBinary, nullable=False),  # keyed hash of channel and address: one at a time, in order
    Column("channel", Code, nullable=False),
    Column("subject", Code),  # what later edits and answers look for; rows without one go when they are sent
    Column("state", Code, nullable=False),
    Column("label", Id, nullable=False),  # random: what the sealed content is bound to
    Column("sealed", LargeBinary),
    Column("edits", BigInteger().with_variant(Integer, "sqlite")),
    Column(
        "parts_sent", Integer, nullable=False
    ),  # a row says what one turn says; so many messages have gone
    Column("sent_ref", String(128)),
    Column("made_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("leased_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("settled_at", UtcDateTime),
    Index("ix_outbox_lane", "town", "lane", "state", "id"),
    Index("ix_outbox_due", "state", "due_at"),
    Index("ix_outbox_account", "town", "account"),
    Index("ix_outbox_subject", "town", "subject"),
    sqlite_autoincrement=True,
)
