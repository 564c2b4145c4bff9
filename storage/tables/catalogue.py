"""The catalogue with its past: every state an offer ever had, who changed it and why; shared entries once."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table

from storage.tables.columns import Code, UtcDateTime, metadata

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
