"""Every tap, command and text to the team's bot, times every role, another town's case, and revoked."""

from dataclasses import replace

import pytest
from sqlalchemy import Table, select

from bot.house import House
from bot.team_answers import COMMANDS
from bot.team_help import NO_CASES
from bot.team_talk import STRANGER
from bot.team_taps import FORBIDDEN, TAPS
from casework.cases import Case, Event, move
from casework.team import PERMISSIONS, Role, may
from storage.store import Store
from storage.tables import casework, team, vault
from tests.bot.conftest import NOW
from tests.bot.people import stored
from tests.bot.team_chat import TeamChat
from tests.doors import TOWN
from tests.team.stage import connected, open_to_the_team

ELSEWHERE = "niederau"
SECRETS = ("Wohnung suchen", "Arabisch", "Fall 1")
CHANGED_BY_STEPS: tuple[Table, ...] = (casework.cases, casework.letters, team.audit, team.members)
ACTIONS = {
    **{f"tap {name}": (action, f"{name}:") for name, (action, _) in TAPS.items()},
    **{name: (action, name) for name, (action, _) in COMMANDS.items()},
    "a text": ("case.write", "Guten Tag"),
}
"""What can be sent to the bot, the right that it needs, and how it is sent; taps end with the case."""
WITH_A_CASE = [name for name in ACTIONS if name.startswith("tap ") and name not in ("tap stop", "tap check")]
READ_ONLY = "Hier können Sie nur lesen, nicht schreiben."

NOT_ALLOWED = [
    (role, name) for name, (action, _) in ACTIONS.items() for role in Role if not may(role, action)
]


@pytest.fixture
def house(house: House) -> House:
    """Two towns whose bots show content, so that nothing is refused for that reason."""
    here = open_to_the_team(house, content=True)
    there = replace(here.towns[TOWN], municipality=replace(here.towns[TOWN].municipality, id=ELSEWHERE))
    return replace(here, towns={**here.towns, ELSEWHERE: there})


def opened(store: Store, owner: str | None = None) -> Case:
    account = store.accounts.create("webchat", f"session of {owner}", NOW)
    case = store.cases.open(
        account.id, language="ar", needs=("housing.search",), urgency=None, reason="asked", now=NOW
    )
    if owner is not None:
        case = move(case, Event.TAKEN, NOW, owner=owner)
        store.cases.save(case)
    return case


def sent(chat: TeamChat, name: str, case: str) -> str:
    """What is read after it."""
    how = ACTIONS[name][1]
    note = chat.taps(f"{how}{case}:answered", quoted="Guten Tag") if how.endswith(":") else chat.says(how)
    return "\n".join((note.text, note.link, *(tap.label for row in note.rows for tap in row)))


def kept(house: House, town: str = TOWN) -> list[object]:
    """Everything that a step may change, and where everybody is reached."""

    def read(store: Store) -> list[object]:
        tables = (*CHANGED_BY_STEPS, vault.member_addresses)
        return [tuple(row) for table in tables for row in store._in.execute(select(table))]

    return house.writer.run(town, read)


def test_some_are_refused_something() -> None:
    """Volunteers and leads have no cases."""
    assert {role for role, _ in NOT_ALLOWED} == {Role.LEAD, Role.VOLUNTEER}


def test_every_tap_and_command_declares_a_right_that_there_is() -> None:
    """What declares none would be for no one, and a misspelt one too."""
    assert {action for action, _ in ACTIONS.values()} <= set(PERMISSIONS)


@pytest.mark.parametrize(("role", "name"), NOT_ALLOWED)
def test_whose_role_does_not_allow_it_is_refused(house: House, role: Role, name: str) -> None:
    connected(house, "Vera", role, 6001)
    case = stored(house, opened)
    before = kept(house)
    read = sent(TeamChat(house), name, case.id)
    told = READ_ONLY if name == "a text" else NO_CASES if name in COMMANDS else FORBIDDEN
    assert read.startswith(told)
    assert kept(house) == before


@pytest.mark.parametrize("name", WITH_A_CASE)
@pytest.mark.parametrize("role", Role, ids=str)
def test_a_case_of_another_town_is_not_there(house: House, role: Role, name: str) -> None:
    """Not even for a guide who has the same name and chat there."""
    connected(house, "Anna", role, 6001)
    foreign = house.writer.run(ELSEWHERE, opened)
    before = kept(house)
    read = sent(TeamChat(house), name, foreign.id)
    assert not any(secret in read for secret in SECRETS), read
    assert "gibt es nicht mehr" in read or read.strip() == FORBIDDEN
    assert (kept(house), house.writer.run(ELSEWHERE, lambda s: s.cases.get(foreign.id))) == (before, foreign)


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("role", Role, ids=str)
def test_whose_access_has_ended_is_a_stranger(house: House, role: Role, name: str) -> None:
    """Also to the case that was theirs a moment ago."""
    member = connected(house, "Anna", role, 6001)
    case = stored(house, lambda store: opened(store, owner=member))
    stored(house, lambda store: store.team.revoke(member, NOW))
    before = kept(house)
    assert sent(TeamChat(house), name, case.id).strip() == STRANGER
    assert kept(house) == before


@pytest.mark.parametrize("name", ACTIONS)
def test_a_stranger_is_told_whom_the_bot_is_for(house: House, name: str) -> None:
    case = stored(house, opened)
    before = kept(house)
    assert sent(TeamChat(house, chat="6666"), name, case.id).strip() == STRANGER
    assert kept(house) == before


@pytest.mark.parametrize("name", WITH_A_CASE)
def test_somebody_elses_case_is_not_touched(house: House, name: str) -> None:
    connected(house, "Anna", Role.GUIDE, 6001)
    bea = connected(house, "Bea", Role.GUIDE, 6002)
    case = stored(house, lambda store: opened(store, owner=bea))
    before = kept(house)
    sent(TeamChat(house), name, case.id)
    assert kept(house) == before


@pytest.mark.parametrize("data", ["", ":", "take", "take:", "take::", "no:1", "to:x:y:z", "😀", "x" * 64])
def test_a_tap_that_nobody_could_have_made_does_nothing(house: House, data: str) -> None:
    """A changed client sends what it likes."""
    connected(house, "Anna", Role.GUIDE, 6001)
    stored(house, opened)
    before = kept(house)
    assert TeamChat(house).taps(data).text
    assert kept(house) == before
