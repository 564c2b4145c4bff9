"""Two guides tap at the same moment, many times: one owner each, and nobody is left with a wrong word."""

import random
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.house import House
from bot.limits import Rate
from bot.team_notes import quoted
from bot.telling import offer_to_guides
from casework.cases import Case
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.people import stored
from tests.doors import TOWN
from tests.team.conftest import Guides
from tests.team.running import Phones
from tests.telegram.phones import Person

CASES = 200
TAPS_AT_ONCE = 20
PATIENCE = 120.0
"""Seconds for all of it where the machine has other things to do; alone it takes ten."""

YOURS = "Fall {} gehört jetzt Ihnen. Der Bot schweigt, Sie schreiben."
TAKEN = ": übernommen von "


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people do not tap two hundred times in a few seconds, and Telegram would not let a bot answer."""
    monkeypatch.setattr("bot.team_door.PER_MEMBER", Rate(burst=1000, each_second=100))
    monkeypatch.setattr("bot.delivery.EACH_SECOND", 1000)


def offered(house: House) -> list[Case]:
    """Cases that wait, each told to both."""

    def open_all(store: Store) -> list[Case]:
        cases = []
        for number in range(CASES):
            account = store.accounts.create("webchat", f"session {number}", NOW)
            case = store.cases.open(
                account.id, language="ar", needs=("housing.search",), urgency=None, reason="asked", now=NOW
            )
            offer_to_guides(house, store, house.towns[TOWN], case, NOW)
            cases.append(case)
        return cases

    return stored(house, open_all)


def tap_all(guide: Person, cases: list[Case]) -> None:
    """Each offer in this order, several in one moment."""
    offers = {
        button.data: message.id
        for message in guide.sees()
        for row in message.buttons
        for button in row
        if button.data.startswith("take:")
    }
    acts = [
        {
            "act": "tap",
            "token": guide.token,
            "chat": guide.chat,
            "from": guide.known_as(),
            "message_id": offers[f"take:{case.id}"],
            "data": f"take:{case.id}",
            "unseen": True,
        }
        for case in cases
    ]
    for place in range(0, len(acts), TAPS_AT_ONCE):
        guide.control.play(acts[place : place + TAPS_AT_ONCE])


def test_two_guides_race_for_many_cases(team: House, guides: Guides, phones: Phones) -> None:
    """One owner each; the other is told, and reads "taken by" where the offer stood."""
    cases = offered(team)
    phones.settle(patience=PATIENCE)
    orders = [random.Random(seed).sample(cases, len(cases)) for seed in (1, 2)]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(tap_all, (guides.anna, guides.bea), orders))
    phones.settle(patience=PATIENCE)
    owners = {case.number: case.owner for case in stored(team, lambda store: store.cases.owned())}
    assert len(owners) == CASES
    assert set(owners.values()) == set(guides.ids), "both were first sometimes, or this was no race"
    for guide, other, own in ((guides.anna, "Bea", guides.ids[0]), (guides.bea, "Anna", guides.ids[1])):
        read = guide.reads()
        lost = sum(owner != own for owner in owners.values())
        assert sum(TAKEN in text for text in read) == 2 * lost, "where the offer stood, and as an answer"
        heads = (text.splitlines()[0] for text in read if text.startswith("Fall "))
        last_words = {re.split(" (?:Was Sie hier|Sie haben jetzt)", head)[0] for head in heads}
        assert last_words == {
            YOURS.format(number) if owner == own else f"Fall {number}: übernommen von {quoted(other)}."
            for number, owner in owners.items()
        }
