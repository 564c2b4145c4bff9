"""Drafts are there for guides alone: nobody is shown one, and their words mean nothing yet."""

import datetime as dt
from dataclasses import replace

from catalog.index import Index
from catalog.matching import Facts, best_offers
from catalog.offer import Status
from catalog.understanding import understand
from tests.catalog.town import NOW, offer, speech

NEW = replace(
    offer("fahrradwerkstatt"), id="neu", name={"de": "Quasselstrippe"}, assured_date=dt.date(2026, 11, 1)
)
DRAFT = replace(NEW, status=Status.DRAFT)


def test_the_words_of_a_draft_lead_nowhere() -> None:
    """Whatever a file from elsewhere brings must not change what people are understood to say."""
    shown, draft = (Index.build(speech(), [one]) for one in (NEW, DRAFT))
    assert understand(shown, "Quasselstrippe", "de").needs[0].code in NEW.needs
    assert [found.offer for found in shown.search.find("Quasselstrippe", "de")] == [NEW.id]
    assert draft.search.find("Quasselstrippe", "de") == ()


def test_a_draft_is_not_offered() -> None:
    need = NEW.needs[0]
    assert best_offers([NEW], need, Facts(), "de", NOW)
    assert not best_offers([DRAFT], need, Facts(), "de", NOW)
