"""Brings together what the reports of one town are made of: codes, counts, visits; no person is in it."""

from casework.evidence import Record
from casework.evidence.record import Visit
from casework.tallies import TABLES
from catalog.needs import packaged_taxonomy
from dialogs.wording import SOURCE
from storage.store import Store


def record_of(store: Store, first: str = "0000-01", last: str = "9999-12") -> Record:
    """The town's record of the months from `first` to `last`, such as "2026-11"."""
    taxonomy = packaged_taxonomy()
    labels = {code: need.labels[SOURCE] for code, need in taxonomy.needs.items()}
    labels |= {code: domain.labels[SOURCE] for code, domain in taxonomy.domains.items()}
    visits = [visit for visit in store.checks.visits() if first <= f"{visit.on:%Y-%m}" <= last]
    offers = {offer.id: offer.name[SOURCE] for offer in store.catalogue.offers()} if visits else {}
    return Record(
        protocols=store.protocols.all(first, last),
        tallies=tuple(row for table in TABLES for row in store.tallies.rows(table, first, last)),
        gap_steps=tuple(step for step in store.gap_steps.all() if first <= f"{step.on:%Y-%m}" <= last),
        visits=tuple(
            Visit(offer=visit.offer, on=visit.on, by=visit.by, result=str(visit.result), found=visit.found)
            for visit in visits
        ),
        labels=offers | labels,
    )
