"""Guides and volunteers, how they get in, and what they have read."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table

from storage.tables.columns import Code, Id, UtcDateTime, metadata

members = Table(
    "members",
    metadata,
    Column("town", Code, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("role", Code, nullable=False),
    Column("name", String(120), nullable=False),
    Column("sign_in", String(120), nullable=False),  # the name as compared: folded, one per town
    Column("password", String(200)),
    Column("active", Boolean, nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Index("ix_members_sign_in", "town", "sign_in", unique=True),
)

invitations = Table(
    "invitations",
    metadata,
    Column("town", Code, primary_key=True),
    Column("token", LargeBinary, primary_key=True),  # a hash
    Column("role", Code, nullable=False),
    Column("member", Id),  # set: a new way in for someone who is already on the team
    Column("invited_by", Id),
    Column("made_at", UtcDateTime, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("town", Code, primary_key=True),
    Column("token", LargeBinary, primary_key=True),  # a hash
    Column("member", Id, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Index("ix_sessions_member", "town", "member"),
    Index("ix_sessions_seen", "seen_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("town", Code, nullable=False),
    Column("member", Id, nullable=False),
    Column("what", Code, nullable=False),
    Column("case", Id),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_audit_case", "town", "case"),
    Index("ix_audit_member", "town", "member", "at"),
    Index("ix_audit_at", "at"),
)
