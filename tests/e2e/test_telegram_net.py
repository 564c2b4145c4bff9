"""Telegram is away, comes late, refuses the token, gives messages to somebody else, or forgets them."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from casework.team import Role
from storage import Store
from tests.e2e.bots import NEWCOMERS, TEAM, Bots, tap
from tests.e2e.net import Net
from tests.e2e.people import Guide
from tests.telegram.bot_api import BotApi
from tests.telegram.phones import Person
from tests.telegram.plain_bot import PlainBot

A_DAY = 86_400
LETTERS = 5
MENU = "I am a program of the town"
"""What /help says."""


@pytest.fixture
def net(bot_api: BotApi, bots: Bots) -> Iterator[Net]:
    """The only way from the process to Telegram."""
    made = Net(int(bot_api.address.rpartition(":")[2]))
    bots.telegram = made.address
    yield made
    bots.away()
    made.down()


def events(bots: Bots) -> list[dict[str, Any]]:
    return [json.loads(line) for line in bots.logs.splitlines() if line.startswith("{")]


def told(bots: Bots, part: str, channel: str = "") -> list[dict[str, Any]]:
    """What the log says with this in it, of all bots or of one."""
    return [each for each in events(bots) if part in each["event"] and channel in str(each.get("bot"))]


def helps(person: Person) -> None:
    """Somebody writes and is answered."""
    before = len(person.reads())
    person.say("/help")
    until(lambda: len(person.reads()) > before)


def until(true: Callable[[], object]) -> None:
    """Longer than the longest pause between two tries."""
    end = time.monotonic() + 90
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_server_that_comes_late_and_a_token_that_is_refused_hold_up_nothing_else(
    bots: Bots, bot_api: BotApi, net: Net
) -> None:
    """The pages are there at once, each bot as soon as it can, and the log says who has to act."""
    net.down()
    bot_api.faults.refuse(TEAM, 401, "Unauthorized", times=0)
    nour, anna = bot_api.person(NEWCOMERS, language="en"), bot_api.person(TEAM, language="de")
    bots.launch()
    bots.wait_until(lambda: bool(told(bots, "no connection", " telegram")))
    desk = Guide(bots.address)
    assert desk.client.get("/").status_code == 200
    desk.away()
    nour.say("/start")
    net.up()
    until(nour.reads)
    bots.wait_until(lambda: bool(told(bots, "does not take this bot's token", "team_telegram")))
    assert "@BotFather" in told(bots, "does not take this bot's token")[0]["remedy"]
    helps(nour)
    bot_api.faults.lift(TEAM)
    anna.say("/start")
    until(anna.reads)
    assert bots.stop() == 0
    assert len(told(bots, "no connection", " telegram")) == 1, "it is said once, not with every try"


def test_without_a_net_nothing_is_lost_and_afterwards_all_comes_in_order(
    bots: Bots, bot_api: BotApi, net: Net
) -> None:
    """What people write waits at Telegram, what they are to hear waits in the outbox."""
    desk, nour = Guide(bots.address), bot_api.person(NEWCOMERS, language="en")
    invitation = bots.invite(Role.GUIDE, "sternmiere9038")
    bots.start()
    desk.enter(invitation, "Anna Guide")
    nour.say("/start")
    tap(nour, "/language en")
    nour.say("/human")
    tap(nour, ".ask:yes")
    nour.waits_for("I have passed it on")
    (case,) = desk.cases().values()
    desk.post(case, f"{case}/uebernehmen")
    nour.waits_for("Now a person is writing")
    net.down()
    for number in range(LETTERS):
        nour.say(f"letter {number}")
        assert desk.write(case, f"answer {number}").status_code == 303
    bots.wait_until(lambda: bool(told(bots, "no connection", " telegram")))
    bots.wait_until(lambda: bool(told(bots, "not sent")))
    net.up()
    until(lambda: len([text for text in nour.reads() if "answer" in text]) == LETTERS)
    until(lambda: letters_at(desk, case) == LETTERS)
    desk.away()
    bots.wait_until(lambda: not bots.waiting_in_outbox())
    assert bots.stop() == 0
    answers = [text.rpartition(": ")[2].strip("\u2068\u2069") for text in nour.reads() if "answer" in text]
    assert answers == [f"answer {number}" for number in range(LETTERS)]
    assert bots.inside(letters_of_the_case) == [f"letter {number}" for number in range(LETTERS)]


def letters_at(desk: Guide, case: str) -> int:
    page = desk.client.get(case).text
    return sum(f"letter {number}" in page for number in range(LETTERS))


def letters_of_the_case(store: Store) -> list[str]:
    (case,) = store.cases.owned()
    return [letter.text for letter in store.letters.of_case(case.id) if letter.author == "newcomer"]


def test_a_second_reader_is_told_of_and_what_it_read_is_still_answered_once(
    bots: Bots, bot_api: BotApi
) -> None:
    """409: each of the two ends the other's fetching. The program goes on, and recovers by itself."""
    bots.start()
    nour = bot_api.person(NEWCOMERS, language="en")
    nour.say("/start")
    until(nour.reads)
    over = threading.Event()
    reading = threading.Thread(target=read_along, args=(bot_api, over))
    reading.start()
    bots.wait_until(lambda: bool(told(bots, "another program", " telegram")))
    assert "end the other program" in told(bots, "another program")[0]["remedy"]
    before = len(nour.reads())
    nour.say("/help")
    time.sleep(1)
    over.set()
    reading.join()
    until(lambda: [text for text in nour.reads()[before:] if MENU in text])
    helps(nour)
    assert len([text for text in nour.reads()[before:] if MENU in text]) == 2
    assert bots.stop() == 0
    assert told(bots, "another program", "team_telegram") == []


def read_along(bot_api: BotApi, over: threading.Event) -> None:
    """Another program with the newcomers' token, which confirms nothing."""
    other = PlainBot(bot_api, NEWCOMERS)
    while not over.is_set():
        other.call("getUpdates", timeout=1)
    other.away()


def test_numbers_that_begin_again_lower_are_new_messages(bots: Bots, bot_api: BotApi) -> None:
    """After a quiet week Telegram counts from anywhere; once more in the same life."""
    bots.start()
    people = [bot_api.person(token, language="en") for token in (NEWCOMERS, TEAM)]
    for person in people:
        person.say("/start")
        until(person.reads)
    for at in (41, 7):
        for person in people:
            until(lambda person=person: not bot_api.unconfirmed(person.token))  # type: ignore[misc]
            bot_api.restart_update_ids(person.token, at)
            for _ in range(3):
                helps(person)
    assert bots.stop() == 0


def test_what_nobody_fetched_for_a_day_is_gone_and_the_rest_is_answered(bots: Bots, bot_api: BotApi) -> None:
    """Telegram keeps messages for 24 hours. Whoever wrote before that can simply write again."""
    nour, omar = (bot_api.person(NEWCOMERS, language="en") for _ in range(2))
    bots.start()
    for person in (nour, omar):
        person.say("/start")
        until(person.reads)
    assert bots.stop() == 0
    nour.say("/help")
    bot_api.forward(A_DAY + 60)
    omar.say("/help")
    before = len(nour.reads())
    bots.start()
    until(lambda: MENU in omar.reads()[-1])
    assert len(nour.reads()) == before
    helps(nour)
    assert bots.stop() == 0
