"""Pseudonymous and personal: a row with `account` goes with that account; `sealed` opens under its key."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table

from storage.tables.columns import Code, Id, UtcDateTime, metadata

conversations = Table(
    "conversations",
    metadata,
    Column("town", Code, primary_key=True),
    Column("account", Id, primary_key=True),
    Column("unfinished", Boolean, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)

persons = Table(
    "persons",
    metadata,
    Column("town", Code, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("account", Id, nullable=False),
    Column("role", Code, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_persons_account", "town", "account", "role", unique=True),
)

cases = Table(
    "cases",
    metadata,
    Column("town", Code, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("account", Id, nullable=False),
    Column("status", Code, nullable=False),
    Column("owner", Id),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_cases_number", "town", "number", unique=True),
    Index("ix_cases_account", "town", "account"),
    Index("ix_cases_status", "town", "status", "opened_at"),
)

letters = Table(
    "letters",
    metadata,
    Column("town", Code, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("case", Id, nullable=False),
    Column("account", Id, nullable=False),
    Column("author", Code, nullable=False),
    Column("source", Code),  # id of the message it came with: the same message is one letter
    Column("sequence", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("picked_up_at", UtcDateTime),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_letters_case", "town", "case", "sequence", unique=True),
    Index("ix_letters_account", "town", "account"),
    Index("ix_letters_waiting", "town", "author", "picked_up_at", "at"),
)

contacts = Table(
    "contacts",
    metadata,
    Column("town", Code, primary_key=True),
    Column("account", Id, primary_key=True),
    Column("last_at", UtcDateTime, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_contacts_last", "town", "last_at"),
)

ledger = Table(
    "ledger",
    metadata,
    Column("town", Code, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("account", Id, nullable=False),
    Column("mark", LargeBinary, nullable=False),  # keyed hash of person, need, offer, step: counted once
    Column("at", UtcDateTime, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_ledger_mark", "town", "mark", unique=True),
    Index("ix_ledger_account", "town", "account"),
)

consents = Table(
    "consents",
    metadata,
    Column("town", Code, primary_key=True),
    Column("account", Id, primary_key=True),
    Column("mark", LargeBinary, primary_key=True),  # keyed hash of purpose, version and time: recorded once
    Column("sealed", LargeBinary, nullable=False),
)
