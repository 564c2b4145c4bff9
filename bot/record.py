"""Brings together what reports are made of: protocols and tallies of one town; no person is in it."""

from casework.evidence import Record
from casework.tallies import TABLES
from catalog.needs import packaged_taxonomy
from dialogs.wording import SOURCE
from storage.store import Store


def record_of(store: Store, first: str = "0000-01", last: str = "9999-12") -> Record:
    """The town's record of the months from `first` to `last`, such as "2026-11"."""
    taxonomy = packaged_taxonomy()
    labels = {code: need.labels[SOURCE] for code, need in taxonomy.needs.items()}
    labels |= {code: domain.labels[SOURCE] for code, domain in taxonomy.domains.items()}
    return Record(
        protocols=store.protocols.all(first, last),
        tallies=tuple(row for table in TABLES for row in store.tallies.rows(table, first, last)),
        labels=labels,
    )
