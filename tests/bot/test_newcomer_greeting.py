"""What a messenger's bot says before its answer: sorry, what was missed, and what Telegram is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.doors import TELEGRAM
from bot.house import House
from bot.settling import unreachable_there
from tests.bot.people import joined, stored
from tests.doors import TOWN, Clock
from tests.telegram_door import ME, TelegramDoor, written

SORRY = "I could not be reached for some time"
AGREES = "Yes, I am 16 or older"


@pytest.fixture
def house(house: House) -> House:
    return replace(house, channels=frozenset({(TOWN, TELEGRAM)}))


@pytest.fixture
def door(house: House) -> Iterator[TelegramDoor]:
    with TelegramDoor(house, "en") as door:
        yield door


def sorries(door: TelegramDoor) -> int:
    return sum(SORRY in text for text in door.texts)


def test_of_messages_that_waited_the_first_is_answered_with_an_apology(
    door: TelegramDoor, clock: Clock
) -> None:
    """We were away for hours; each person hears it once, before everything else."""
    sent = clock.now
    clock.now += timedelta(hours=5)
    for text in ("/start", "/help", "/mydata"):
        door.happens(written(text, sent))
    assert SORRY in door.texts[0]
    assert sorries(door) == 1
    clock.now += timedelta(hours=1)
    door.happens(written("/help", clock.now - timedelta(minutes=59)))
    assert sorries(door) == 1


def test_after_the_next_outage_it_is_said_again(door: TelegramDoor, clock: Clock) -> None:
    for _ in range(2):
        sent = clock.now
        clock.now += timedelta(hours=5)
        door.happens(written("/help", sent))
    assert sorries(door) == 2


def test_a_tap_after_an_outage_is_no_old_message(door: TelegramDoor, clock: Clock) -> None:
    """Telegram does not say when somebody tapped, only how old the message beneath is."""
    door.says("/start", "English")
    clock.now += timedelta(hours=5)
    door.say("Housing")
    assert sorries(door) == 0


def test_numbers_come_before_the_apology_too(door: TelegramDoor, clock: Clock) -> None:
    """Five hours too late or not, whom to call comes first."""
    sent = clock.now
    clock.now += timedelta(hours=5)
    door.happens(written("/emergency", sent))
    assert "112" in door.texts[0]
    assert SORRY in door.texts[1]


def out_of_reach(house: House, clock: Clock) -> None:
    stored(house, lambda store: unreachable_there(house, TELEGRAM, str(ME), clock.now, store))


def test_whoever_was_out_of_reach_reads_first_what_they_missed(
    house: House, door: TelegramDoor, clock: Clock
) -> None:
    """In order, and once; what they have seen before does not come again."""
    guide = joined(house)
    door.says("/start", "English", "/human", AGREES)
    case = guide.takes()
    guide.writes(case, "Seen.", "w1")
    door.write("/help")
    out_of_reach(house, clock)
    guide.writes(case, "Missed one.", "w2")
    guide.writes(case, "Missed two.", "w3")
    shown = len(door.texts)
    door.write("/help")
    door.write("/help")
    letters = [text for text in door.texts[shown:] if "town hall" in text]
    assert [text.rpartition(": ")[2] for text in letters] == ["Missed one.", "Missed two."]
    assert "Missed one." in door.texts[shown]


def test_the_notice_comes_again_with_another_language_while_nothing_is_agreed(door: TelegramDoor) -> None:
    """And no more once something is: then it was read and agreed to."""
    door.says("/start", "/language de")
    door.say("/language de")
    assert sum("Telegram gehört" in text for text in door.texts) == 1
    door.says("/language en", "/human", AGREES)
    shown = len(door.texts)
    door.say("/language uk")
    assert not any("Telegram" in text for text in door.texts[shown:])


def test_after_an_erasure_it_is_said_who_can_delete_the_chat(door: TelegramDoor) -> None:
    """We cannot: what stands on the phone is theirs."""
    door.says("/start", "English", "/human", AGREES, "/delete", "Yes, delete everything")
    assert "chat" in door.texts[-1]
    assert door.chat.messages[door.chat.changed[-1]].keys == ()
