"""An account is erased by its address alone, as the person's own wish in the chat would erase it."""

import asyncio

from bot.house import House
from bot.newcomer_desk import NewcomerDesk
from tests.bot.people import Newcomer, Worker, rows
from tests.doors import TOWN


def forget(house: House, address: str | None) -> None:
    asyncio.run(NewcomerDesk(house).forget(TOWN, "webchat", address or ""))


def test_what_stays_is_what_stays_after_an_erasure_in_the_chat(house: House, newcomer: Newcomer) -> None:
    """The contact written up and figures, and nothing of the person; once more changes nothing."""
    before = rows(house)
    newcomer.consents()
    newcomer.asks_for_a_person()
    newcomer.says("My letter")
    forget(house, newcomer.address)
    left = rows(house)
    assert left.keys() - before.keys() <= {"updates", "tallies", "protocols", "erasures"}
    assert left["protocols"] == 1
    assert [reply.key for reply in newcomer.looks().rendered] == ["welcome"]
    forget(house, newcomer.address)
    assert rows(house) == left


def test_a_contact_that_is_over_is_not_written_up_twice(
    house: House, newcomer: Newcomer, guide: Worker
) -> None:
    newcomer.asks_for_a_person()
    case = guide.takes()
    assert asyncio.run(guide.desk.close(guide.signed_in, case, "answered")).ok
    written = rows(house)["protocols"]
    forget(house, newcomer.address)
    assert rows(house)["protocols"] == written


def test_nobody_behind_an_address_is_fine(house: House, newcomer: Newcomer) -> None:
    newcomer.consents()
    before = rows(house)
    forget(house, "knobody-comes-by-this")
    assert rows(house) == before
