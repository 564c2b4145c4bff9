"""Delivery: rows of the outbox in parts and by subject, ways to the team, who cannot be reached."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _outbox()
    _member_addresses()
    op.add_column("addresses", sa.Column("unreachable_at", UtcDateTime()), schema="vault")


def _outbox() -> None:
    # nothing was ever sent through the former form, and what is in it could not be opened under the new one
    op.drop_table("outbox")
    op.create_table(
        "outbox",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True
        ),
        sa.Column("town", sa.String(64), nullable=False),
        sa.Column("account", sa.String(32)),
        sa.Column("lane", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(64)),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("label", sa.String(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("edits", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("parts_sent", sa.Integer(), nullable=False),
        sa.Column("sent_ref", sa.String(128)),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("leased_until", UtcDateTime()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("settled_at", UtcDateTime()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_account", "outbox", ["town", "account"])
    op.create_index("ix_outbox_due", "outbox", ["state", "due_at"])
    op.create_index("ix_outbox_lane", "outbox", ["town", "lane", "state", "id"])
    op.create_index("ix_outbox_subject", "outbox", ["town", "subject"])


def _member_addresses() -> None:
    op.create_table(
        "member_addresses",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("lookup", sa.LargeBinary(), primary_key=True),
        sa.Column("member", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("writing_to", sa.String(32)),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("unreachable_at", UtcDateTime()),
        schema="vault",
    )
    op.create_index(
        "ix_member_addresses_member",
        "member_addresses",
        ["town", "member", "channel"],
        unique=True,
        schema="vault",
    )
