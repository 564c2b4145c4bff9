"""Shifts, who takes them on, appointments, and reminders given."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _shifts()
    _assignments()
    _appointments()
    _reminders()


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime()),
    )
    op.create_index("ix_shifts_starts", "shifts", ["town", "starts_at"])


def _assignments() -> None:
    op.create_table(
        "assignments",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("shift", sa.String(32), primary_key=True),
        sa.Column("member", sa.String(32), primary_key=True),
        sa.Column("at", UtcDateTime(), nullable=False),
    )


def _appointments() -> None:
    op.create_table(
        "appointments",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("case", sa.String(32), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("remind", sa.Boolean(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime()),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_appointments_account", "appointments", ["town", "account"])
    op.create_index("ix_appointments_case", "appointments", ["town", "case", "starts_at"])
    op.create_index("ix_appointments_starts", "appointments", ["town", "starts_at"])


def _reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("what", sa.String(64), primary_key=True),
        sa.Column("about", sa.String(32), primary_key=True),
        sa.Column("whom", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(32)),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_reminders_account", "reminders", ["town", "account"])
    op.create_index("ix_reminders_at", "reminders", ["town", "at"])
