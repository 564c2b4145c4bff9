"""The team, its audit, and the outbox."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _members()
    _invitations()
    _sessions()
    _audit()
    _outbox()


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("sign_in", sa.String(120), nullable=False),
        sa.Column("password", sa.String(200)),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime()),
    )
    op.create_index("ix_members_sign_in", "members", ["town", "sign_in"], unique=True)


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("token", sa.LargeBinary(), primary_key=True),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("member", sa.String(32)),
        sa.Column("invited_by", sa.String(32)),
        sa.Column("made_at", UtcDateTime(), nullable=False),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("token", sa.LargeBinary(), primary_key=True),
        sa.Column("member", sa.String(32), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_sessions_member", "sessions", ["town", "member"])
    op.create_index("ix_sessions_seen", "sessions", ["seen_at"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("town", sa.String(64), nullable=False),
        sa.Column("member", sa.String(32), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("case", sa.String(32)),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_case", "audit", ["town", "case"])
    op.create_index("ix_audit_member", "audit", ["town", "member", "at"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True
        ),
        sa.Column("town", sa.String(64), nullable=False),
        sa.Column("account", sa.String(32)),
        sa.Column("lane", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("edits", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
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
