"""Reminding newcomers of appointments: where they read it, in which language, and when there is nobody."""

import asyncio
from datetime import timedelta

import pytest

from bot.house import House
from bot.reminding import remind
from casework.cases import Case
from tests.bot.conftest import NOW
from tests.bot.people import Newcomer, Worker, rows, stored
from tests.bot.plans import delivered, given_appointment, given_telegram, reachable
from tests.doors import Clock

DAY = timedelta(hours=24)
START = NOW + timedelta(days=2)


@pytest.fixture
def house(house: House) -> House:
    return reachable(house)


@pytest.fixture
def case(house: House, newcomer: Newcomer, guide: Worker) -> Case:
    """A case in the guide's hands."""
    newcomer.consents()
    newcomer.asks_for_a_person()
    taken = guide.takes()
    found = stored(house, lambda store: store.cases.get(taken))
    assert found is not None
    return found


def run(house: House) -> int:
    """One run of reminding."""
    return stored(house, lambda store: remind(house, store))


def test_a_newcomer_reads_the_reminder_in_the_chat_in_their_language(
    house: House, clock: Clock, case: Case, newcomer: Newcomer
) -> None:
    """As a letter of the bot, in the language of that moment, and through their messenger."""
    given_telegram(house, case.account)
    stored(house, lambda s: given_appointment(s, case, START, bring="Pass"))
    newcomer.says("/language uk")
    clock.now = START - DAY
    assert run(house) == 1
    (letter,) = newcomer.looks().letters
    assert letter.author == "bot"
    assert letter.text.splitlines() == [
        "Нагадування для Вас.",
        "Ваша зустріч: ср, 25 лист., 10:00",
        "• Місце: Rathaus, Zimmer 12",
        "• Будь ласка, візьміть із собою: Pass",
        "Якщо Ви не зможете прийти, будь ласка, повідомте про це заздалегідь.",
    ]
    assert delivered(house)[-1:] == [("4711", "appointment.reminder.day")]


def test_after_the_case_is_closed_and_the_bot_speaks_the_reminder_is_on_the_screen(
    house: House, clock: Clock, case: Case, newcomer: Newcomer, guide: Worker
) -> None:
    """Letters of a closed case are not shown any more once the person has gone on."""
    stored(house, lambda s: given_appointment(s, case, START))
    close(guide, case)
    newcomer.says("/need")
    before = [reply.key for reply in newcomer.looks().rendered]
    clock.now = START - DAY
    run(house)
    assert newcomer.looks().letters == ()
    assert [reply.key for reply in newcomer.looks().rendered] == ["appointment.reminder.day", *before]
    newcomer.taps("need:housing")  # what was asked can still be answered
    assert "appointment.reminder.day" not in newcomer.keys


def test_right_after_the_closing_the_reminder_stands_among_the_letters_alone(
    house: House, clock: Clock, case: Case, newcomer: Newcomer, guide: Worker
) -> None:
    stored(house, lambda s: given_appointment(s, case, START))
    close(guide, case)
    clock.now = START - DAY
    run(house)
    assert len(newcomer.looks().letters) == 1
    assert [reply.key for reply in newcomer.looks().rendered] == ["handover.closed"]


def close(guide: Worker, case: Case) -> None:
    assert asyncio.run(guide.desk.close(guide.signed_in, case.id, "appointment")).ok


def test_an_erased_person_is_reminded_of_nothing(
    house: House, clock: Clock, case: Case, newcomer: Newcomer
) -> None:
    stored(house, lambda s: given_appointment(s, case, START))
    newcomer.says("/delete")
    newcomer.taps("ask:yes")
    clock.now = START - DAY
    assert run(house) == 0
    assert {"appointments", "reminders"}.isdisjoint(rows(house))
