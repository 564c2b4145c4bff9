"""All tables, one file per group; a table's shape is here, what is done with it is in the repositories."""

from storage.tables import casework, catalogue, checking, outbox, planning, record, team, vault
from storage.tables.columns import VAULT, metadata

__all__ = [
    "VAULT",
    "casework",
    "catalogue",
    "checking",
    "metadata",
    "outbox",
    "planning",
    "record",
    "team",
    "vault",
]
