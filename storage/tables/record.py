"""What the reports read: codes and counts, no person, no case; it stays as it is when someone is erased."""

from sqlalchemy import JSON, Column, Index, Integer, LargeBinary, String, Table

from storage.tables.columns import Code, Id, UtcDateTime, metadata

protocols = Table(
    "protocols",
    metadata,
    Column("town", Code, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("month", String(7), nullable=False),
    Column("fields", JSON, nullable=False),
    Index("ix_protocols_month", "town", "month"),
    sqlite_with_rowid=False,  # kept in the order of random ids: the order of writing leads back to cases
)

tallies = Table(
    "tallies",
    metadata,
    Column("town", Code, primary_key=True),
    Column("name", Code, primary_key=True),
    Column("month", String(7), primary_key=True),
    Column(
        "keys", String(400), primary_key=True
    ),  # JSON array, so that no code can forge a border between two
    Column("n", Integer, nullable=False),
)

numbers = Table(
    "numbers",
    metadata,
    Column("town", Code, primary_key=True),
    Column("name", Code, primary_key=True),
    Column("last", Integer, nullable=False),  # never goes back, so that no number is given twice
)

updates = Table(
    "updates",
    metadata,
    Column("town", Code, primary_key=True),
    Column("door", Code, primary_key=True),
    Column("id", String(128), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_updates_at", "at"),
)

tally_marks = Table(
    "tally_marks",
    metadata,
    Column("town", Code, primary_key=True),
    Column("account", Id, primary_key=True),
    Column("what", Code, primary_key=True),
    Column(
        "sealed", LargeBinary, nullable=False
    ),  # the cells it counted up, so that a correction can move them
)
