"""Who someone is: keys, addresses, ways back, and the list of erasures."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    _accounts()
    _addresses()
    _resume_codes()
    _resume_tries()
    _erasures()
    _key_check()


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("consents", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        schema="vault",
    )
    op.create_index("ix_accounts_seen", "accounts", ["town", "seen_at"], schema="vault")


def _addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("lookup", sa.LargeBinary(), primary_key=True),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        schema="vault",
    )
    op.create_index("ix_addresses_account", "addresses", ["town", "account"], schema="vault")


def _resume_codes() -> None:
    op.create_table(
        "resume_codes",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(32), primary_key=True),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        schema="vault",
    )
    op.create_index("ix_resume_codes_lookup", "resume_codes", ["town", "lookup"], unique=True, schema="vault")


def _resume_tries() -> None:
    op.create_table(
        "resume_tries",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("town", sa.String(64), nullable=False),
        sa.Column("bucket", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        schema="vault",
    )
    op.create_index("ix_resume_tries_bucket", "resume_tries", ["town", "bucket", "at"], schema="vault")


def _erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("erased", sa.LargeBinary(), primary_key=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        schema="vault",
    )


def _key_check() -> None:
    op.create_table(
        "key_check",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        schema="vault",
    )
