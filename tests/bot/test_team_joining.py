"""How someone comes into the team by its bot: looking spends nothing, a tap does, and the chat is theirs."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.house import House
from bot.team_entry import SignedIn, TeamEntry
from bot.team_joining import INSIDE, MOVED, SPENT
from bot.team_notes import Note
from casework.team import Role
from storage.member_addresses import MemberAddress
from storage.outbox import LEASED_FOR, Outgoing
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.people import joined, stored
from tests.bot.team_chat import TeamChat
from tests.doors import TOWN, Clock
from tests.team.stage import open_to_the_team

ELSEWHERE = "niederau"
PASSWORD = "vier-worte-aus-dem-buch"


@pytest.fixture
def team(house: House) -> House:
    return open_to_the_team(house)


@pytest.fixture
def anna(team: House) -> TeamChat:
    return TeamChat(team)


def invited(house: House, role: Role = Role.VOLUNTEER, town: str = TOWN, renews: str | None = None) -> str:
    return asyncio.run(TeamEntry(house).invited(town, role, renews=renews))


def reached(house: House, chat: str = "6001") -> MemberAddress | None:
    return stored(house, lambda store: store.member_addresses.at("team_telegram", chat))


def name_of(house: House, chat: str = "6001") -> str:
    way = reached(house, chat)
    return way.member.name if way is not None else ""


def sent(house: House, clock: Clock) -> Iterator[tuple[str, str]]:
    """Everything in the outbox in turn: chat and text."""
    later = clock.now + LEASED_FOR
    while rows := stored(house, lambda store: store.outbox.lease(later)):
        for row in rows:
            yield row.address, Note.unpacked(row.body).text
            stored(house, partial(_mark, row=row))


def _mark(store: Store, row: Outgoing) -> None:
    store.outbox.mark_sent(row, NOW)


def test_looking_spends_nothing_and_the_tap_spends_it(team: House, anna: TeamChat) -> None:
    token = invited(team)
    for _ in range(3):
        assert anna.opens(token).rows[0][0].label == "Ich mache mit"
    assert reached(team) is None
    assert anna.joins(token).text.startswith("Willkommen, Anna.")
    assert name_of(team) == "Anna"
    assert TeamChat(team, chat="6002", name="Bea").joins(token).text == SPENT
    assert reached(team, "6002") is None


@pytest.mark.parametrize(("hours", "good"), [(71, True), (72, False)])
def test_a_link_is_good_for_72_hours(
    team: House, anna: TeamChat, clock: Clock, hours: int, good: bool
) -> None:
    """For looking and for the tap."""
    token = invited(team)
    clock.now += timedelta(hours=hours)
    assert (anna.opens(token).text != SPENT) is good
    assert (anna.joins(token).text != SPENT) is good
    assert (reached(team) is not None) is good


def test_a_link_of_another_town_is_none(team: House, anna: TeamChat) -> None:
    """Each bot belongs to one town; the invitation is not spent by trying it at the wrong one."""
    both = replace(team, towns={**team.towns, ELSEWHERE: team.towns[TOWN]})
    token = invited(both, town=ELSEWHERE)
    for note in (anna.opens(token), anna.joins(token), anna.says(f"/start {token}")):
        assert note.text == SPENT
    assert reached(team) is None
    assert TeamChat(both, town=ELSEWHERE).joins(token).text != SPENT


@pytest.mark.parametrize("token", ["erlenfels.", "x" * 500, "' OR 1=1", "ÄÖÜ", "\u202e"])
def test_what_is_no_link_of_ours_opens_nothing(team: House, anna: TeamChat, token: str) -> None:
    assert anna.says(f"/start {token}").text == SPENT
    assert anna.taps(f"join:{token}").text == SPENT
    assert reached(team) is None


@pytest.mark.parametrize("role", [Role.GUIDE, Role.DEPUTY, Role.LEAD])
def test_who_works_at_the_desk_gets_a_link_for_a_password(team: House, anna: TeamChat, role: Role) -> None:
    """It works once, for the same person, and the chat stays theirs."""
    link = anna.joins(invited(team, role)).link
    entry, token = TeamEntry(team), link.removeprefix("/desk/einladung/")
    assert asyncio.run(entry.enter(token, "", PASSWORD)) is not None
    session = asyncio.run(entry.sign_in(TOWN, "Anna", PASSWORD)) or ""
    member = asyncio.run(entry.member(session))
    assert member is not None
    assert member.role is role
    assert asyncio.run(entry.enter(token, "", PASSWORD)) is None
    assert name_of(team) == "Anna"


def test_a_volunteer_needs_no_password(team: House, anna: TeamChat) -> None:
    assert anna.joins(invited(team)).link == ""


def test_where_the_desk_cannot_be_reached_no_link_is_promised(team: House, anna: TeamChat) -> None:
    anna.house = replace(team, public_url="")
    note = anna.joins(invited(team, Role.GUIDE))
    assert (note.link, "Passwort" in note.text) == ("", False)


def test_two_of_one_name_are_told_apart(team: House, anna: TeamChat) -> None:
    anna.joins(invited(team))
    TeamChat(team, chat="6002").joins(invited(team))
    assert [name_of(team, chat) for chat in ("6001", "6002")] == ["Anna", "Anna 2"]


@pytest.mark.parametrize(
    ("called", "name"),
    [
        pytest.param("  Anna\n Maria  ", "Anna Maria", id="spaces and lines"),
        pytest.param("\u202eannA", "annA", id="no letters from right to left that are none"),
        pytest.param("x" * 300, "x" * 60, id="endless"),
        pytest.param("", "Mitglied", id="nothing"),
    ],
)
def test_a_name_from_a_messenger_is_made_fit_to_be_shown(team: House, called: str, name: str) -> None:
    TeamChat(team, name=called).joins(invited(team))
    assert name_of(team) == name


def test_who_tries_the_link_they_are_to_give_away_stays_who_they_are(team: House, anna: TeamChat) -> None:
    """And the link is still good for whom it is meant."""
    anna.joins(invited(team, Role.GUIDE))
    token = invited(team)
    for note in (anna.opens(token), anna.joins(token)):
        assert (
            note.text == "Dieser Chat gehört schon zu Anna. Geben Sie den Link der Person, die Sie einladen."
        )
    assert TeamChat(team, chat="6002", name="Vera").joins(token).text.startswith("Willkommen, Vera.")


def test_a_second_tap_leaves_the_welcome_as_it_is(team: House, anna: TeamChat) -> None:
    """The link for the password stands there."""
    token = invited(team, Role.GUIDE)
    assert anna.joins(token).replaces == "7"
    assert anna.joins(token) == Note(text=INSIDE)


def test_a_known_member_connects_a_chat_and_stays_signed_in(
    team: House, anna: TeamChat, clock: Clock
) -> None:
    """Name and role stay; the chat that led to them before hears of it."""
    known = joined(team, Role.GUIDE, "Gül Aydın").signed_in
    anna.joins(invited(team, Role.GUIDE, renews=known.id))
    assert name_of(team) == "Gül Aydın"
    other = TeamChat(team, chat="6002", name="Jemand")
    token = invited(team, Role.GUIDE, renews=known.id)
    assert other.opens(token).text.startswith("Diesen Chat mit dem Zugang von Gül Aydın verbinden")
    assert other.joins(token).text.startswith("Willkommen, Gül Aydın.")
    assert (name_of(team), name_of(team, "6002")) == ("", "Gül Aydın")
    assert ("6001", MOVED) in list(sent(team, clock))


def test_joining_ends_nobodys_session(team: House, anna: TeamChat) -> None:
    """Whoever connects a chat sits at the desk."""
    entry = TeamEntry(team, demo=True)
    session = asyncio.run(entry.enter(invited(team, Role.GUIDE), "Gül", None)) or ""
    member = asyncio.run(entry.member(session))
    assert isinstance(member, SignedIn)
    anna.joins(invited(team, Role.GUIDE, renews=member.id))
    assert asyncio.run(entry.member(session)) == member


def test_who_connected_which_access_is_noted(team: House, anna: TeamChat, clock: Clock) -> None:
    """A chat is a way to cases: a later look into the notes shows since when."""
    anna.joins(invited(team))
    way = reached(team)
    assert way is not None
    noted = stored(team, lambda store: store.audit.of_member(way.member.id, clock.now))
    assert [line.what for line in noted] == ["reach.telegram"]


def test_a_link_for_someone_whose_access_ended_meanwhile_is_spent(team: House, anna: TeamChat) -> None:
    known = joined(team, Role.GUIDE, "Gül Aydın").signed_in
    token = invited(team, Role.GUIDE, renews=known.id)
    stored(team, lambda store: store.team.revoke(known.id, team.clock()))
    assert anna.opens(token).text == anna.joins(token).text == SPENT
    assert reached(team) is None
