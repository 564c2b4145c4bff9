"""The catalogue with its past: every state an offer ever had, who changed it and why; shared entries once."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table

from storage.tables.columns import Code, Id, UtcDateTime, metadata

Scope = String(80)  # "town:<id>" or "shared:<name>"

offer_versions = Table(
    "offer_versions",
    metadata,
    Column("scope", Scope, primary_key=True),
    Column("id", Code, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("latest", Boolean, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("by", Code, nullable=False),
    Column("why", String(400), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("fields", JSON, nullable=False),
    Index("ix_offer_versions_latest", "scope", "latest"),
)

catalogue_state = Table(
    "catalogue_state",
    metadata,
    Column("town", Code, primary_key=True),
    Column("scope", Scope, primary_key=True),  # its own, and those it shares
    Column(
        "version", Integer, nullable=False
    ),  # from one count over all scopes: a town's newest is its catalogue's
)

offer_drafts = Table(
    "offer_drafts",
    metadata,
    Column("town", Code, primary_key=True),
    Column("id", Code, primary_key=True),  # of the entry that it will change, or of one to come
    Column("based_on", Integer, nullable=False),  # the entry's version when it was begun; 0: there was none
    Column("stamp", Id, nullable=False),  # another one with every save: two people may write at once
    Column("by", Code, nullable=False),
    Column("why", String(400), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("fields", JSON, nullable=False),
)
