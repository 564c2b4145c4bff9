"""What a guide sees at a glance: what must stand out, what was closed lately, and the group of the paper."""

import asyncio
from datetime import timedelta

import pytest

from bot.case_views import Board, CaseView
from bot.house import House
from tests.bot.people import Newcomer, Worker
from tests.doors import Clock


@pytest.fixture
def case(guide: Worker, newcomer: Newcomer) -> str:
    """An open case of someone who looks for a flat."""
    newcomer.consents()
    newcomer.asks_for_a_person()
    return guide.only_case()


def board(worker: Worker) -> Board:
    return asyncio.run(worker.desk.queue(worker.signed_in))


def close(worker: Worker, case: str) -> None:
    assert asyncio.run(worker.desk.close(worker.signed_in, case, "answered")).ok


def seen(worker: Worker, case: str) -> CaseView:
    view = asyncio.run(worker.desk.view(worker.signed_in, case))
    assert view is not None
    return view


def test_words_of_violence_put_a_waiting_case_first_with_a_tag(
    guide: Worker, newcomer: Newcomer, case: str
) -> None:
    hurried = Newcomer(guide.house)
    hurried.names_a_need()
    hurried.taps("urgency:today")
    hurried.asks_for_a_person()
    assert [line.number for line in board(guide).open] == [2, 1]
    asyncio.run(guide.desk.not_now(guide.signed_in, case))
    newcomer.says("My husband hits me")
    first, second = board(guide).open
    assert (first.number, first.alarm, first.urgency) == (1, "Notfall: Ich werde bedroht", "sofort")
    assert (second.number, second.alarm, second.urgency) == (2, "", "heute")
    assert "Wohnung suchen" in first.needs


def test_an_emergency_or_a_need_to_be_watched_shows_on_a_case_in_hand(
    guide: Worker, newcomer: Newcomer, case: str
) -> None:
    guide.takes()
    newcomer.says("Thank you, see you on Monday")
    assert board(guide).mine[0].alarm == ""
    newcomer.says("I am so sad that I cannot sleep")
    (line,) = board(guide).mine
    assert (line.alarm, line.urgency) == ("Sorgen, Trauma, Schlaf", "sofort")
    assert line.advice == "Bitte gleich ansehen."
    newcomer.says("/emergency")
    assert board(guide).mine[0].alarm == "Notfall"
    assert board(guide).mine[0].advice.endswith("Bei akuter Gefahr rufen Sie selbst 112 an.")
    assert line.unread == 2


def test_nobody_is_told_to_do_anything_in_a_closed_case(guide: Worker, newcomer: Newcomer, case: str) -> None:
    newcomer.says("My husband hits me")
    guide.takes()
    close(guide, case)
    assert seen(guide, case).line.advice == ""


def test_an_emergency_after_the_close_raises_no_closed_case(
    guide: Worker, newcomer: Newcomer, case: str
) -> None:
    guide.takes()
    close(guide, case)
    newcomer.says("My husband hits me")
    assert seen(guide, case).line.alarm == ""


def test_closed_cases_are_found_again_for_a_fortnight_in_a_list_and_later_by_number(
    guide: Worker, case: str, clock: Clock
) -> None:
    guide.takes()
    assert board(guide).closed == ()
    close(guide, case)
    (line,) = board(guide).closed
    assert (line.number, line.outcome, line.closed_at) == (1, "Frage beantwortet", clock.now)
    assert (line.needs, line.alarm, line.reason) == ((), "", "")
    whole = seen(guide, case).line
    assert (whole.status, whole.outcome, whole.needs) == ("done", "Frage beantwortet", ("Wohnung suchen",))
    clock.now += timedelta(days=14, seconds=1)
    assert board(guide).closed == ()
    assert asyncio.run(guide.desk.numbered(guide.signed_in, 1)) == case
    assert asyncio.run(guide.desk.numbered(guide.signed_in, 2)) is None


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        ("settlement", "Gruppe 2 (selbst angegeben)"),
        ("german_or_eu", "keiner Gruppe (selbst angegeben)"),
        ("unknown", "unklar, bitte Papier ansehen"),
    ],
)
def test_the_guide_sees_the_group_that_the_paper_led_to(
    house: House, guide: Worker, newcomer: Newcomer, paper: str, told: str
) -> None:
    newcomer.consents()
    newcomer.finishes(paper)
    newcomer.asks_for_a_person()
    answers = dict(seen(guide, guide.only_case()).answers)
    assert told in answers.values()
    assert "angegeben" not in answers.values()
    assert not any(told in button.label for button in newcomer.buttons)
