"""What will take place: shifts and who takes them on, appointments, and which reminders were given."""

from sqlalchemy import Boolean, Column, Index, LargeBinary, String, Table

from storage.tables.columns import Code, Id, UtcDateTime, metadata

shifts = Table(
    "shifts",
    metadata,
    Column("town", Code, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("title", String(120), nullable=False),
    Column("place", String(120), nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("cancelled_at", UtcDateTime),
    Index("ix_shifts_starts", "town", "starts_at"),
)

assignments = Table(
    "assignments",
    metadata,
    Column("town", Code, primary_key=True),
    Column("shift", Id, primary_key=True),
    Column("member", Id, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

appointments = Table(
    "appointments",
    metadata,
    Column("town", Code, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("case", Id, nullable=False),
    Column("account", Id, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("remind", Boolean, nullable=False),
    Column("cancelled_at", UtcDateTime),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_appointments_account", "town", "account"),
    Index("ix_appointments_case", "town", "case", "starts_at"),
    Index("ix_appointments_starts", "town", "starts_at"),
)

reminders = Table(
    "reminders",
    metadata,
    # the whole key: each reminder is given once
    Column("town", Code, primary_key=True),
    Column("what", Code, primary_key=True),  # shift or appointment
    Column("about", Id, primary_key=True),  # its id
    Column("whom", Id, primary_key=True),  # a member or an account
    Column("kind", Code, primary_key=True),
    Column("account", Id),  # set where it is one
    Column("at", UtcDateTime, nullable=False),
    Index("ix_reminders_account", "town", "account"),
    Index("ix_reminders_at", "town", "at"),
)
