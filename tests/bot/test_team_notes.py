"""What the team is told: as little as must be, in words that say what happened and what to do."""

from dataclasses import replace

import pytest

from bot.house import House, Town
from bot.team_notes import letter_came, media_came, unreachable, urgent, urgent_now
from casework.cases import ALARM, Case
from storage.letters import NEWCOMER, Letter
from tests.bot.conftest import NOW
from tests.doors import TOWN
from tests.team.stage import open_to_the_team

CASE = Case(
    id="c",
    number=1,
    account="a",
    language="ar",
    needs=(),
    urgency=None,
    reason="asked",
    opened_at=NOW,
    changed_at=NOW,
)
LETTER = Letter(id="l", case="c", author=NEWCOMER, text="Ich habe Angst", language="de", at=NOW)
NEWS = "In einem Ihrer Fälle gibt es Neues."


@pytest.mark.parametrize(
    ("media", "told"),
    [
        ("voice", "Fall 1 hat eine Sprachnachricht geschickt; sie kam nicht an."),
        ("file", "Fall 1 hat ein Foto oder eine Datei geschickt; sie kam nicht an."),
        ("too_long", "Fall 1 hat einen zu langen Text geschickt; er kam nicht an."),
        ("of a future version", "Fall 1 hat ein Foto oder eine Datei geschickt; sie kam nicht an."),
    ],
)
def test_what_did_not_pass_is_told_with_a_way_to_answer(media: str, told: str) -> None:
    """The person thinks that it was sent; a mailbox hears no more than of a letter."""
    note = media_came(CASE, media)
    assert (note.text, note.mail) == (told, NEWS)
    assert [tap.label for row in note.rows for tap in row] == ["Schreiben", "Abschließen"]


@pytest.mark.parametrize("content", [True, False], ids=["content", "no content"])
def test_words_stand_in_a_note_where_the_town_lets_them_and_only_then_count_as_shown(
    house: House, content: bool
) -> None:
    town: Town = open_to_the_team(house, content=content).towns[TOWN]
    for note in (letter_came(town, CASE, LETTER), urgent(town, CASE, LETTER)):
        assert (LETTER.text in note.text) is content
        assert note.shows == ((LETTER.id,) if content else ())
        assert LETTER.text not in note.mail


WATCHED = replace(CASE, needs=("health.doctor", "housing.search"), urgency=ALARM)
IN_DANGER = replace(CASE, needs=("emergency.suicide",), urgency=ALARM)
CALL_112 = "Der Bot hat die Notrufnummern gezeigt. Bei akuter Gefahr rufen Sie selbst 112 an."


def test_in_an_emergency_a_guide_reads_what_to_do_and_what_the_bot_has_done(house: House) -> None:
    town = open_to_the_team(house).towns[TOWN]
    for note in (urgent(town, IN_DANGER), urgent_now(town, IN_DANGER)):
        assert CALL_112 in note.text.splitlines()
        assert "112" not in note.mail


def test_of_other_alarms_nothing_is_said_that_is_not_true(house: House) -> None:
    """No card is shown for them: the guide is to look, and reads that once."""
    town = open_to_the_team(house).towns[TOWN]
    assert urgent(town, WATCHED).text.splitlines() == ["Fall 1: Bitte sofort ansehen.", "Arzt finden"]
    assert urgent_now(town, WATCHED).text.splitlines() == [
        "Fall 1 ist jetzt dringend.",
        "Bitte gleich ansehen.",
        "Thema: Arzt finden, Wohnung suchen",
        "Dringend: sofort",
    ]


def test_who_is_out_of_reach_is_told_with_what_it_means(house: House) -> None:
    told = unreachable(replace(CASE, number=7)).text
    assert told == (
        "Fall 7: Die Person ist auf Telegram nicht erreichbar, wahrscheinlich hat sie den Bot blockiert. Was "
        "Sie schreiben, bleibt für sie gespeichert. Wenn es eilt: Versuchen Sie es auf einem anderen Weg."
    )
