"""Updates wait for the bot until it confirms them, come to one fetcher only, and end after a day."""

import threading
import time
from collections.abc import Callable

import httpx
import pytest

from tests.telegram.bot_api import BotApi
from tests.telegram.phones import Person
from tests.telegram.plain_bot import TOKEN, PlainBot

A_DAY = 86_400
OTHER = "terminated by other getUpdates request; make sure that only one bot instance is running"


def test_asking_beyond_an_update_confirms_it(nour: Person, bot: PlainBot) -> None:
    """Without an offset the earliest unconfirmed come again and again."""
    nour.say("eins")
    nour.say("zwei")
    first, second, third = bot.ids()
    assert bot.ids() == [first, second, third]
    assert bot.ids(offset=second) == [second, third]
    assert bot.ids() == [second, third]
    assert bot.ids(offset=third + 1) == []
    assert bot.ids() == []


def test_a_negative_offset_counts_from_the_end(nour: Person, bot: PlainBot) -> None:
    """All before it are forgotten."""
    nour.say("eins")
    nour.say("zwei")
    last = bot.ids()[-1]
    assert bot.ids(offset=-1) == [last]
    assert bot.ids() == [last]


def test_no_more_come_than_were_asked_for(nour: Person, bot: PlainBot) -> None:
    """At most a hundred, whatever was asked for."""
    for number in range(120):
        nour.say(str(number))
    assert len(bot.ids(limit=2)) == 2
    assert len(bot.ids(limit=500)) == 100


def test_a_fetch_waits_until_something_comes(nour: Person, bot: PlainBot) -> None:
    """And not a moment longer."""
    offset = bot.ids()[-1] + 1
    threading.Timer(0.3, nour.say, ["endlich"]).start()
    started = time.monotonic()
    (update,) = bot.fetch(offset=offset, timeout=20)
    assert update["message"]["text"] == "endlich"
    assert 0.2 < time.monotonic() - started < 10


def test_a_fetch_ends_empty_when_nothing_comes(bot: PlainBot) -> None:
    """After the seconds it asked for."""
    started = time.monotonic()
    assert bot.fetch(timeout=1) == []
    assert time.monotonic() - started > 0.9


def test_the_later_of_two_fetches_ends_the_earlier(
    nour: Person, bot: PlainBot, bots: Callable[[str], PlainBot]
) -> None:
    """Two processes with one token are told of each other."""
    offset = bot.ids()[-1] + 1
    refused: list[str] = []
    earlier = threading.Thread(
        target=lambda: refused.append(bot.refusal("getUpdates", offset=offset, timeout=20))
    )
    earlier.start()
    time.sleep(0.3)
    threading.Timer(0.3, nour.say, ["Hallo"]).start()
    assert len(bots(TOKEN).fetch(offset=offset, timeout=20)) == 1
    earlier.join()
    assert refused == [f"409 Conflict: {OTHER}"]


def test_a_fetcher_that_died_loses_nothing(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """An update that was written to nobody is not confirmed."""
    offset = bot.ids()[-1] + 1
    bot_api.faults.cut(TOKEN, "after", method="getUpdates")
    nour.say("Hallo")
    with pytest.raises(httpx.TransportError):
        bot.fetch(offset=offset)
    assert bot.fetch(offset=offset)[0]["message"]["text"] == "Hallo"


def test_kinds_that_are_not_allowed_do_not_come_to_be(nour: Person, bot: PlainBot) -> None:
    """The choice holds until another is made, and does not reach back; an empty list is the usual choice."""
    nour.say("vorher")
    bot.fetch(allowed_updates=["callback_query"])
    nour.say("nicht erlaubt")
    bot.fetch()
    nour.say("noch immer nicht")
    bot.fetch(allowed_updates=[])
    nour.say("wieder")
    texts = [update["message"]["text"] for update in bot.fetch()]
    assert texts == ["/start", "vorher", "wieder"]


def test_unconfirmed_messages_end_after_a_day(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """Whoever is away for longer misses them."""
    bot_api.forward(A_DAY - 60)
    nour.say("spät")
    assert len(bot.ids()) == 2
    bot_api.forward(120)
    assert [update["message"]["text"] for update in bot.fetch()] == ["spät"]
    assert len(bot_api.unconfirmed(TOKEN)) == 1


def test_unconfirmed_taps_end_after_minutes(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """Telegram's published server keeps them for 150 seconds only."""
    bot.send(nour.id, "Wählen Sie", {"A": "x:a"})
    nour.tap("A")
    bot_api.forward(140)
    assert "callback_query" in bot.fetch()[-1]
    bot_api.forward(20)
    assert [list(update)[1] for update in bot.fetch()] == ["message"]


def test_ids_can_restart_anywhere_after_a_quiet_week(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """An offset of the old count is far in the future: it confirms nothing, what is there comes."""
    offset = bot.ids()[-1] + 1
    bot.ids(offset=offset)
    bot_api.restart_update_ids(TOKEN, 41)
    nour.say("Hallo")
    nour.say("Noch da?")
    assert bot.ids(offset=offset) == [41, 42]
    assert bot.ids(offset=43) == []


def test_a_bot_that_repeats_itself_is_slowed_down_on_request(
    nour: Person, bot_api: BotApi, bot: PlainBot
) -> None:
    """The same offset at once brings one update, and an empty answer takes three seconds."""
    nour.say("eins")
    bot_api.throttle(TOKEN)
    assert [len(bot.ids()), len(bot.ids())] == [2, 1]
    offset = bot.ids(offset=-1)[0] + 1
    assert bot.ids(offset=offset) == []
    started = time.monotonic()
    assert bot.ids(offset=offset) == []
    assert time.monotonic() - started > 2.5


def test_in_a_group_bots_hear_what_is_said_to_them(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """All of it only where they were given the right."""
    group = bot_api.group(hears_all=False)
    group.add(TOKEN, by=nour)
    there = nour.inside(group.id)
    there.say("unter uns")
    there.say("/queue")
    asked = bot.send(group.id, "Wer übernimmt?")
    there.say("ich", reply_to=asked)
    said = [update["message"] for update in bot.fetch() if "message" in update]
    assert [message["text"] for message in said] == ["/start", "/queue", "ich"]
    assert said[-1]["chat"] == {"id": group.id, "type": "group", "title": "Ehrenamt"}
    assert said[-1]["reply_to_message"]["text"] == "Wer übernimmt?"
