"""What is personal: conversations, cases, letters, contacts, the ledger."""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _conversations()
    _persons()
    _cases()
    _letters()
    _contacts()
    _ledger()
    _consents()


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(32), primary_key=True),
        sa.Column("unfinished", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
    )


def _persons() -> None:
    op.create_table(
        "persons",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_persons_account", "persons", ["town", "account", "role"], unique=True)


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("status", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(32)),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_cases_account", "cases", ["town", "account"])
    op.create_index("ix_cases_number", "cases", ["town", "number"], unique=True)
    op.create_index("ix_cases_status", "cases", ["town", "status", "opened_at"])


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("case", sa.String(32), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("source", sa.String(64)),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("picked_up_at", UtcDateTime()),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_letters_account", "letters", ["town", "account"])
    op.create_index("ix_letters_case", "letters", ["town", "case", "sequence"], unique=True)
    op.create_index("ix_letters_waiting", "letters", ["town", "author", "picked_up_at", "at"])


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(32), primary_key=True),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_contacts_last", "contacts", ["town", "last_at"])


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_ledger_account", "ledger", ["town", "account"])
    op.create_index("ix_ledger_mark", "ledger", ["town", "mark"], unique=True)


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("town", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(32), primary_key=True),
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
