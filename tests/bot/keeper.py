"""A guide at the catalogue as tests play it: opens a form, changes some fields, sends it."""

import asyncio
from typing import Any

from bot.catalogue_desk import CatalogueDesk
from bot.catalogue_form import Typed
from bot.catalogue_views import EntryView, Form, HistoryView, Saved, Sent
from catalog.offer import Offer
from storage.catalogue import Change
from tests.bot.conftest import NOW
from tests.bot.people import Worker, stored

OFFICE, SHARED = "buergerbuero-erlenfels", "abh-hintertaunus"
PHONE = "+49 69 90009199"
GONE = "Diesen Eintrag gibt es in Ihrer Stadt nicht."


def desk(worker: Worker) -> CatalogueDesk:
    return CatalogueDesk(worker.house)


def opened(worker: Worker, entry: str = OFFICE) -> Form:
    form = asyncio.run(desk(worker).form(worker.signed_in, entry))
    assert isinstance(form, Form), form
    return form


def filled(form: Form, why: str = "Neue Nummer", **changed: Any) -> Sent:
    """The form with some fields changed; `__` stands for a dot."""
    named = {name.replace("__", "."): value for name, value in changed.items()}
    texts = {name: value for name, value in named.items() if isinstance(value, str)}
    ticks = {name: value for name, value in named.items() if isinstance(value, tuple)}
    typed = Typed(texts={**form.typed.texts, **texts}, ticks={**form.typed.ticks, **ticks})
    return Sent(typed=typed, version=form.version, stamp=form.stamp, number="f1", why=why)


def send(worker: Worker, sent: Sent, entry: str = OFFICE, *, as_draft: bool = False) -> Saved:
    return asyncio.run(desk(worker).save(worker.signed_in, entry, sent, as_draft=as_draft))


def saved(worker: Worker, entry: str = OFFICE, *, as_draft: bool = False, **changed: Any) -> None:
    done = send(worker, filled(opened(worker, entry), **changed), entry, as_draft=as_draft)
    assert done.entry == entry, done.form and done.form.problems


def seen(worker: Worker, entry: str = OFFICE, language: str = "de") -> EntryView:
    view = asyncio.run(desk(worker).entry(worker.signed_in, entry, language))
    assert view is not None
    return view


def history(worker: Worker, entry: str = OFFICE) -> HistoryView:
    view = asyncio.run(desk(worker).history(worker.signed_in, entry))
    assert view is not None
    return view


def live(worker: Worker, entry: str = OFFICE) -> Offer:
    """What newcomers are shown at this moment."""
    return worker.house.towns["erlenfels"].script.by_id[entry]


def mark(worker: Worker, entry: str = OFFICE, why: str = "") -> Sent:
    """What a button on the entry's page carries."""
    view = seen(worker, entry)
    return Sent(version=view.version, stamp=view.draft.stamp if view.draft else "", why=why)


def put(worker: Worker, *offers: Offer) -> None:
    change = Change(by="import", why="aus der Tabelle", at=NOW)
    stored(worker.house, lambda store: store.catalogue.put_offers(offers, change))
