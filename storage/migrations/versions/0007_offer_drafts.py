"""Changes of offers that wait for a guide's yes; the entry itself stays as it is until then."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "offer_drafts",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(32), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("why", sa.String(400), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
    )
