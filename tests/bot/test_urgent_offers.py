"""When a waiting case becomes urgent it rings, once; the older offers do not offer it any more."""

from dataclasses import replace

import pytest

from bot.doors import MAIL, TEAM_TELEGRAM
from bot.house import House
from bot.team_notes import Note
from casework.team import Role
from storage.store import Store
from tests.bot.people import Newcomer, stored
from tests.doors import TOWN
from tests.team.stage import connected, open_to_the_team


@pytest.fixture
def team(house: House) -> House:
    """Anna has a chat, Bea a mailbox."""
    team = replace(open_to_the_team(house), channels=frozenset({(TOWN, TEAM_TELEGRAM), (TOWN, MAIL)}))
    connected(team, "Anna", Role.GUIDE, 6001)

    def join(store: Store) -> None:
        store.team.invite(Role.DEPUTY, "token", team.clock())
        member = store.team.redeem("token", "Bea", None, team.clock())
        assert member is not None
        store.member_addresses.put(member.id, MAIL, "bea@example.org", team.clock())

    stored(team, join)
    return team


@pytest.fixture
def nour(team: House) -> Newcomer:
    """Somebody whose case waits."""
    nour = Newcomer(team)
    nour.consents()
    nour.asks_for_a_person()
    return nour


def sent(house: House) -> dict[str, list[tuple[str, str | None]]]:
    """What goes out now, by channel: the first line, and which message it changes."""
    told: dict[str, list[tuple[str, str | None]]] = {TEAM_TELEGRAM: [], MAIL: []}

    def take(store: Store) -> bool:
        rows = store.outbox.lease(house.clock())
        for row in rows:
            note = Note.unpacked(row.body)
            text = note.mail if row.channel == MAIL else note.text.splitlines()[0]
            told[row.channel].append((text, row.edits))
            store.outbox.mark_sent(row, house.clock(), None if row.channel == MAIL else str(row.id))
        return bool(rows)

    while stored(house, take):
        pass
    return told


def test_it_rings_and_what_was_offered_before_points_to_it(team: House, nour: Newcomer) -> None:
    """A mailbox hears that it is urgent, and no more."""
    assert len(sent(team)[TEAM_TELEGRAM]) == 1
    nour.says("My husband hits me")
    told = sent(team)
    (new, changes), (old, changed) = told[TEAM_TELEGRAM]
    assert (new, changes) == ("Fall 1 ist jetzt dringend.", None)
    assert old == "Fall 1: siehe die neuere Nachricht."
    assert changed is not None
    assert told[MAIL] == [("Ein Fall, der wartet, ist dringend.", None)]


def test_an_offer_that_has_not_gone_out_goes_once_and_as_urgent(team: House, nour: Newcomer) -> None:
    nour.says("My husband hits me")
    assert sent(team) == {
        TEAM_TELEGRAM: [("Fall 1 ist jetzt dringend.", None)],
        MAIL: [("Ein Fall, der wartet, ist dringend.", None)],
    }
