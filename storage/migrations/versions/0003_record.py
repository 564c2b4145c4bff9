"""What reports read, the numbers given, the catalogue with its past."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _protocols()
    _tallies()
    _numbers()
    _updates()
    _tally_marks()
    _offer_versions()
    _catalogue_state()


def _protocols() -> None:
    op.create_table(
        "protocols",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_protocols_month", "protocols", ["town", "month"])


def _tallies() -> None:
    op.create_table(
        "tallies",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("keys", sa.String(400), primary_key=True),
        sa.Column("n", sa.Integer(), nullable=False),
    )


def _numbers() -> None:
    op.create_table(
        "numbers",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("last", sa.Integer(), nullable=False),
    )


def _updates() -> None:
    op.create_table(
        "updates",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("door", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_updates_at", "updates", ["at"])


def _tally_marks() -> None:
    op.create_table(
        "tally_marks",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(32), primary_key=True),
        sa.Column("what", sa.String(64), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )


def _offer_versions() -> None:
    op.create_table(
        "offer_versions",
        sa.Column("scope", sa.String(80), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("why", sa.String(400), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
    )
    op.create_index("ix_offer_versions_latest", "offer_versions", ["scope", "latest"])


def _catalogue_state() -> None:
    op.create_table(
        "catalogue_state",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("scope", sa.String(80), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
    )
