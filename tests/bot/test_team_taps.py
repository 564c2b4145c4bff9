"""Where a guide's words go after a tap, and what is said of those that went nowhere; nothing is guessed."""

import asyncio

import pytest

from bot.doors import TEAM_TELEGRAM
from bot.house import House
from bot.team_desk import TeamDesk
from bot.team_entry import SignedIn
from bot.team_notes import Note
from casework.team import Role
from tests.bot.people import Newcomer, stored
from tests.bot.team_chat import TeamChat
from tests.doors import TOWN
from tests.team.stage import connected, open_to_the_team

LEFT_BEHIND = "Was Sie vorher geschrieben haben, ist noch nicht verschickt"
SEVERAL = "Sie haben jetzt mehrere Fälle"


@pytest.fixture
def team(house: House) -> House:
    return open_to_the_team(house, content=True)


@pytest.fixture
def member(team: House) -> SignedIn:
    id_ = connected(team, "Anna", Role.GUIDE, 6001)
    return SignedIn(id=id_, role=Role.GUIDE, name="Anna", active=True, town=TOWN)


@pytest.fixture
def anna(team: House, member: SignedIn) -> TeamChat:
    return TeamChat(team)


def waiting(house: House) -> str:
    """The id of one more case that waits."""
    newcomer = Newcomer(house)
    newcomer.consents()
    newcomer.asks_for_a_person()
    return stored(house, lambda store: store.cases.queue())[-1].id


def letters(house: House, case: str) -> list[str]:
    return [letter.text for letter in stored(house, lambda store: store.letters.of_case(case))]


def test_a_case_chosen_before_and_closed_since_is_not_chosen(
    team: House, member: SignedIn, anna: TeamChat
) -> None:
    """It was closed at the desk, which knows nothing of the chat: the next only case is meant."""
    first = waiting(team)
    anna.taps(f"take:{first}")
    assert asyncio.run(TeamDesk(team).close(member, first, "answered")).ok
    second = waiting(team)
    assert "geht an Fall 2" in anna.taps(f"take:{second}").text
    assert anna.says("Guten Tag").text == "Geschrieben an Fall 2."
    assert letters(team, second) == ["Guten Tag"]


def test_with_a_second_case_none_is_chosen_any_more(team: House, anna: TeamChat) -> None:
    """Or a letter for the new one would go to the wrong person."""
    first = waiting(team)
    anna.taps(f"take:{first}")
    second = waiting(team)
    assert SEVERAL in anna.taps(f"take:{second}").text
    assert anna.says("Guten Tag").text == "An welchen Fall soll das gehen?"


def test_a_second_case_taken_at_the_desk_counts_as_well(
    team: House, member: SignedIn, anna: TeamChat
) -> None:
    """The desk knows nothing of the chat, but the words would still go to the wrong person."""
    anna.taps(f"take:{waiting(team)}")
    assert asyncio.run(TeamDesk(team).take(member, waiting(team))).ok
    assert anna.says("Guten Tag").text == "An welchen Fall soll das gehen?"


def test_news_of_another_case_leaves_none_chosen(team: House, member: SignedIn, anna: TeamChat) -> None:
    """What is typed next most likely answers what was read last."""
    nour = Newcomer(team)
    nour.asks_for_a_person()
    (first,) = (case.id for case in stored(team, lambda store: store.cases.queue()))
    anna.taps(f"take:{first}")
    second = waiting(team)
    anna.taps(f"take:{second}")
    anna.taps(f"write:{second}")
    assert anna.says("Guten Tag").text == "Geschrieben an Fall 2."
    nour.says("Are you there?")
    assert anna.says("Ja, ich lese mit.").text == "An welchen Fall soll das gehen?"


def test_an_emergency_of_whom_nobody_here_can_tell_the_owner_rings_at_the_others(
    team: House, member: SignedIn, anna: TeamChat
) -> None:
    """Or it would wait for days until the silence of the owner is noticed."""
    nour = Newcomer(team)
    nour.asks_for_a_person()
    (case,) = (each.id for each in stored(team, lambda store: store.cases.queue()))
    anna.taps(f"take:{case}")
    connected(team, "Bea", Role.DEPUTY, 6002)
    stored(team, lambda store: store.member_addresses.drop(member.id, TEAM_TELEGRAM))
    nour.says("My husband beats me")
    rows = stored(team, lambda store: store.outbox.lease(team.clock()))
    told = [Note.unpacked(row.body).text for row in rows if row.address == "6002"]
    assert len(told) == 1
    assert "Bitte sofort ansehen" in told[0]
    assert "Zuständig ist" in told[0]


def test_words_sent_another_way_are_not_told_as_left_behind(
    team: House, member: SignedIn, anna: TeamChat
) -> None:
    """Whoever is told to write them again would send them twice."""
    first, second = waiting(team), waiting(team)
    for case in (first, second):
        assert asyncio.run(TeamDesk(team).take(member, case)).ok
    assert anna.says("Guten Tag").text == "An welchen Fall soll das gehen?"
    stored(team, lambda store: store.member_addresses.write_to(TEAM_TELEGRAM, "6001", first))
    assert anna.says("Guten Tag").text == "Geschrieben an Fall 1."
    assert LEFT_BEHIND not in anna.taps(f"write:{second}").text


def test_one_of_two_cases_is_never_chosen_by_taking_it(team: House, member: SignedIn, anna: TeamChat) -> None:
    assert asyncio.run(TeamDesk(team).take(member, waiting(team))).ok
    assert "Was Sie hier schreiben" not in anna.taps(f"take:{waiting(team)}").text
    assert anna.says("Guten Tag").text == "An welchen Fall soll das gehen?"


def test_of_two_questions_the_one_that_was_left_is_told(
    team: House, member: SignedIn, anna: TeamChat
) -> None:
    """Whoever taps "Schreiben" may think that the words above go along. Told once."""
    first, second = waiting(team), waiting(team)
    for case in (first, second):
        assert asyncio.run(TeamDesk(team).take(member, case)).ok
    for reference in ("11", "12"):
        anna.says("Guten Tag", reference=reference)
    assert anna.taps(f"to:{first}", quoted="Guten Tag", answers="11").text == "Geschrieben an Fall 1."
    assert LEFT_BEHIND in anna.taps(f"write:{second}").text
    assert LEFT_BEHIND not in anna.taps(f"write:{second}").text
    assert (letters(team, first), letters(team, second)) == (["Guten Tag"], [])


def test_letters_that_one_message_does_not_hold_come_with_the_next_tap(team: House, anna: TeamChat) -> None:
    """Only what was shown is gone from the next."""
    newcomer = Newcomer(team)
    newcomer.consents()
    newcomer.asks_for_a_person()
    for number in range(3):
        newcomer.says(f"{number}{'x' * 1500}")
    (case,) = stored(team, lambda store: store.cases.queue())
    first = anna.taps(f"take:{case.id}")
    assert "Und 1 mehr." in first.text
    stored(team, lambda store: store.letters.mark_each_read(first.shows, team.clock()))
    told = anna.taps(f"write:{case.id}").text
    assert [f"„{number}xx" in told for number in range(3)] == [False, False, True]
