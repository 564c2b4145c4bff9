"""Drafts are there for guides alone: nobody is shown one, and their words mean nothing yet."""

import datetime as dt
from dataclasses import replace

from catalog.index import Index
from catalog.matching import Facts, best_offers
from catalog.needs import packaged_taxonomy
from catalog.offer import Status
from tests.catalog.town import NOW, offer

NEW = replace(
    offer("fahrradwerkstatt"), id="neu", name={"de": "Quasselstrippe"}, assured_date=dt.date(2026, 11, 1)
)
DRAFT = replace(NEW, status=Status.DRAFT)


def test_the_words_of_a_draft_lead_nowhere() -> None:
    """Whatever a file from elsewhere brings must not change what people are understood to say."""
    taxonomy = packaged_taxonomy()
    shown, draft = (Index.build(taxonomy, [one], {}) for one in (NEW, DRAFT))
    assert "quasselstrippe" in shown.terms
    assert "quasselstrippe" not in draft.terms


def test_a_draft_is_not_offered() -> None:
    need = NEW.needs[0]
    assert best_offers([NEW], need, Facts(), "de", NOW)
    assert not best_offers([DRAFT], need, Facts(), "de", NOW)
