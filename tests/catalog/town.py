"""The demo's town, its catalogue and what people say, read once for all tests of the catalogue."""

import datetime as dt
from functools import lru_cache

from catalog.index import Index, Speech
from catalog.lessons import languages, learned
from catalog.matching import Facts, Match, best_offers
from catalog.municipality import MUNICIPALITIES, Municipality, load_municipality
from catalog.needs import packaged_taxonomy
from catalog.offer import Offer
from catalog.understanding import Understood, understand

NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)  # a Monday, 11:00 in Berlin


@lru_cache(maxsize=1)
def erlenfels() -> Municipality:
    return load_municipality(MUNICIPALITIES / "erlenfels")


@lru_cache(maxsize=1)
def speech() -> Speech:
    return Speech.build(learned(language, packaged_taxonomy()) for language in languages())


@lru_cache(maxsize=1)
def index() -> Index:
    return Index.build(speech(), erlenfels().offers)


def read(text: str, language: str = "de") -> Understood:
    return understand(index(), text, language)


def offer(id: str) -> Offer:  # noqa: A002 - the field's own name
    return next(one for one in erlenfels().offers if one.id == id)


def hits(need: str, facts: Facts | None = None, language: str = "de", now: dt.datetime = NOW) -> list[Match]:
    return best_offers(erlenfels().offers, need, facts or Facts(), language, now)


def ids(need: str, facts: Facts | None = None, language: str = "de", now: dt.datetime = NOW) -> list[str]:
    return [match.offer.id for match in hits(need, facts, language, now)]


def reasons(need: str, id: str, facts: Facts | None = None) -> tuple[str, ...]:  # noqa: A002
    return next(match.reasons for match in hits(need, facts) if match.offer.id == id)
