"""Who looked at which entry and what they found, whose contact was asked, and what became of gaps."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, String, Table

from storage.tables.columns import Code, Id, UtcDateTime, metadata

offer_checks = Table(
    "offer_checks",
    metadata,
    Column("town", Code, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("offer", Code, nullable=False),
    Column("version", Integer, nullable=False),  # of the entry, as it was looked at
    Column("latest", Boolean, nullable=False),  # found of this offer; else only `found` goes
    Column("on", Date, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Code, nullable=False),  # a role, or the offer's contact
    Column("member", Id),
    Column("result", Code, nullable=False),
    Column("visit", Boolean, nullable=False),
    Column("found", String(500), nullable=False),
    Index("ix_offer_checks_offer", "town", "offer", "at"),
    Index("ix_offer_checks_latest", "town", "latest"),
)

offer_questions = Table(
    "offer_questions",
    metadata,
    # the whole key: each offer's contact is asked once a quarter
    Column("town", Code, primary_key=True),
    Column("offer", Code, primary_key=True),
    Column("quarter", Code, primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("result", Code),
    Column("sealed", LargeBinary),  # what the contact wrote, until a guide has dealt with it
    Column("settled_at", UtcDateTime),
    Index("ix_offer_questions_asked", "town", "asked_at"),
)

gap_steps = Table(
    "gap_steps",
    metadata,
    Column("town", Code, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("need", Code, nullable=False),
    Column("decision", Code, nullable=False),
    Column("on", Date, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("by", Code, nullable=False),
    Column("note", String(400), nullable=False),
    Index("ix_gap_steps_need", "town", "need"),
)
