"""Checking entries in the team's bot: a tap is about one entry of the own town, whatever it carries."""

from dataclasses import replace

import pytest

from bot.check_steps import GONE
from bot.house import House
from bot.team_checks import KEY_LENGTH, SHOWN
from casework.team import Role
from catalog.freshness import Check
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.people import stored
from tests.bot.team_chat import TeamChat
from tests.doors import TOWN
from tests.storage.builders import CHANGE
from tests.team.stage import connected, open_to_the_team

ELSEWHERE = "niederau"


@pytest.fixture
def team(house: House) -> House:
    here = open_to_the_team(house)
    town = here.towns[TOWN]
    there = replace(town, municipality=replace(town.municipality, id=ELSEWHERE))
    return replace(here, towns={**here.towns, ELSEWHERE: there})


@pytest.fixture
def anna(team: House) -> TeamChat:
    connected(team, "Anna", Role.GUIDE, 6001)
    return TeamChat(team)


def newest(house: House) -> dict[str, Check]:
    return dict(stored(house, lambda store: store.checks.newest()))


def first_tap(anna: TeamChat, code: str = "right") -> str:
    row = anna.says("/check").rows[0]
    return next(tap.sends for tap in row if tap.sends.endswith(code))


def test_every_button_fits_however_long_an_id_is(team: House, anna: TeamChat) -> None:
    """Telegram carries 64 bytes, and an id may have 63."""

    def lengthen(store: Store) -> None:
        offers = [offer for offer in store.catalogue.offers() if offer.id == "interkultureller-garten"]
        store.catalogue.put_offers((replace(offers[0], id="a" * 63),), CHANGE)

    stored(team, lengthen)
    note = anna.says("/check")
    assert len(note.rows) == SHOWN
    assert all(len(tap.sends.encode()) <= 64 for row in note.rows for tap in row)


def test_a_tap_that_comes_twice_is_one_check(team: House, anna: TeamChat) -> None:
    tap = first_tap(anna)
    anna.taps(tap)
    anna.taps(tap)
    (offer,) = newest(team)
    assert len(stored(team, lambda store: store.checks.of_offer(offer))) == 1


@pytest.mark.parametrize(
    "data",
    [
        "check",
        "check:",
        "check::",
        "check::right",
        f"check:{'0' * KEY_LENGTH}:right",
        "check:x:right",
        "check:💥:x",
    ],
    ids=str,
)
def test_a_tap_that_names_no_entry_changes_nothing(team: House, anna: TeamChat, data: str) -> None:
    assert anna.taps(data).text == GONE
    assert newest(team) == {}


@pytest.mark.parametrize("code", ["", "burnt", "right2", "RIGHT"])
def test_a_tap_with_no_result_changes_nothing(team: House, anna: TeamChat, code: str) -> None:
    tap = first_tap(anna).removesuffix("right")
    assert anna.taps(f"{tap}{code}").text
    assert newest(team) == {}


def test_a_tap_reaches_no_entry_of_another_town(team: House, anna: TeamChat) -> None:
    """A colleague there shows the same number and has none of the entries."""
    tap = first_tap(anna)
    team.writer.run(ELSEWHERE, lambda store: store.team.invite(Role.GUIDE, "t", NOW))
    member = team.writer.run(ELSEWHERE, lambda store: store.team.redeem("t", "Bea", None, NOW))
    assert member is not None
    team.writer.run(
        ELSEWHERE, lambda store: store.member_addresses.put(member.id, "team_telegram", "6002", NOW)
    )
    bea = TeamChat(team, chat="6002", town=ELSEWHERE)
    assert bea.taps(tap).text == GONE
    assert bea.says("/check").rows == ()
    assert newest(team) == {}
