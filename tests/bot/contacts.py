"""A town that asks the contacts of its offers, as tests play it: one entry of its own that is due."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.doors import MAIL, OFFER_MAIL
from bot.house import House
from bot.jobs import ask_about_offers
from bot.offer_letters import OfferLetter
from bot.offer_questions import OfferQuestions, token_of
from catalog.offer import Offer
from storage.catalogue import Change
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.people import stored
from tests.doors import TOWN

SITE = "https://wege.example.org"
GARDEN, QUARTER = "interkultureller-garten", "2026-Q4"
OLD = NOW.date() - timedelta(days=100)
CHANGE = Change(by="test", why="test", at=NOW)
WORDS = "Jetzt donnerstags, 15 bis 17 Uhr."


def asking(house: House, *, switched_on: bool = True, mails: bool = True, site: str = SITE) -> House:
    """The house as it asks: the switch, the server and the address of the pages are all needed."""
    town = house.towns[TOWN]
    municipality = replace(town.municipality, quarterly_question=switched_on)
    return replace(
        house,
        towns={TOWN: replace(town, municipality=municipality)},
        channels=frozenset({(TOWN, MAIL)}) if mails else frozenset(),
        public_url=site,
    )


def asks_about_the_garden(house: House) -> House:
    """Only the garden has to be asked about."""
    stored(house, lambda store: only(store, garden(store)))
    return asking(house)


def garden(store: Store, **changed: object) -> Offer:
    found = next(offer for offer in store.catalogue.offers() if offer.id == GARDEN)
    return replace(found, assured_date=OLD, **changed)  # type: ignore[arg-type]


def only(store: Store, *offers: Offer) -> None:
    """The town's own entries are these, and what others share was checked today."""
    store.catalogue.share(())
    store.catalogue.put_offers(offers, CHANGE, complete=True)


def ask(house: House) -> int:
    return stored(house, lambda store: ask_about_offers(house, store))


def posted(house: House) -> list[tuple[str, OfferLetter]]:
    """Address and letter of what waits in the outbox for contacts."""
    rows = stored(house, lambda store: store.outbox.lease(house.clock(), 99, [OFFER_MAIL]))
    return [(row.address, OfferLetter.unpacked(row.body)) for row in rows]


def answer(house: House, result: str, words: str = "", token: str | None = None) -> tuple[bool, str]:
    good = token_of(house, TOWN, GARDEN, QUARTER)
    done = asyncio.run(OfferQuestions(house).answer(good if token is None else token, result, words))
    return done.ok, done.sentence


def looks(house: House, token: str | None = None) -> object:
    good = token_of(house, TOWN, GARDEN, QUARTER)
    return asyncio.run(OfferQuestions(house).asked(good if token is None else token))
