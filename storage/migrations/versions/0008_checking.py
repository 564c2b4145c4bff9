"""Checks of offers, questions to their contacts, and what became of gaps."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _offer_checks()
    _offer_questions()
    _gap_steps()


def _offer_checks() -> None:
    op.create_table(
        "offer_checks",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("offer", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("member", sa.String(32)),
        sa.Column("result", sa.String(64), nullable=False),
        sa.Column("visit", sa.Boolean(), nullable=False),
        sa.Column("found", sa.String(500), nullable=False),
    )
    op.create_index("ix_offer_checks_offer", "offer_checks", ["town", "offer", "at"])
    op.create_index("ix_offer_checks_latest", "offer_checks", ["town", "latest"])


def _offer_questions() -> None:
    op.create_table(
        "offer_questions",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("offer", sa.String(64), primary_key=True),
        sa.Column("quarter", sa.String(64), primary_key=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime()),
        sa.Column("result", sa.String(64)),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("settled_at", UtcDateTime()),
    )
    op.create_index("ix_offer_questions_asked", "offer_questions", ["town", "asked_at"])


def _gap_steps() -> None:
    op.create_table(
        "gap_steps",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("need", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
    )
    op.create_index("ix_gap_steps_need", "gap_steps", ["town", "need"])
