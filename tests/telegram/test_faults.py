"""Faults come where and as often as they were ordered, and the effect is there or not as was said."""

import time
from collections.abc import Callable

import httpx
import pytest

from tests.telegram.bot_api import BotApi
from tests.telegram.phones import Person
from tests.telegram.plain_bot import TOKEN, PlainBot, keyboard


def test_too_many_requests_say_how_long_to_wait(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """In the answer and in its header; the call after it goes well."""
    bot_api.faults.too_many(TOKEN, retry_after=7, method="sendMessage")
    answer = bot.call("sendMessage", chat_id=nour.id, text="Hallo")
    assert answer.status_code == 429
    assert answer.json()["description"] == "Too Many Requests: retry after 7"
    assert answer.json()["parameters"] == {"retry_after": 7}
    assert answer.headers["retry-after"] == "7"
    assert nour.reads() == []
    bot.send(nour.id, "Hallo")


def test_a_fault_keeps_to_its_chat_method_and_number(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """Here the second and third message to one person fail."""
    omar = bot_api.person(TOKEN)
    omar.say("/start")
    bot_api.faults.blocked(TOKEN, method="sendMessage", chat=nour.id, times=2, after=1)
    tried = [bot.call("sendMessage", chat_id=nour.id, text=text).status_code for text in "abcd"]
    assert tried == [200, 403, 403, 200]
    bot.send(omar.id, "e")
    assert nour.reads() == ["a", "d"]


def test_a_fault_without_a_number_stays_until_it_is_lifted(
    bot_api: BotApi, bot: PlainBot, bots: Callable[[str], PlainBot]
) -> None:
    """And it leaves other bots alone."""
    bot_api.faults.refuse(TOKEN, 500, "Internal Server Error", times=0)
    assert [bot.refusal("getMe") for _ in range(3)] == ["500 Internal Server Error"] * 3
    assert bots("220:team").result("getMe")["id"] == 220
    bot_api.faults.lift(TOKEN)
    assert bot.result("getMe")["id"] == 110


def test_a_chosen_refusal_is_worded_as_wanted(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """Whatever Telegram may say can be said here."""
    bot_api.faults.refuse(TOKEN, 400, "Bad Request: message to edit not found", method="editMessageText")
    sent = bot.send(nour.id, "Hallo")
    refused = bot.refusal("editMessageText", chat_id=nour.id, message_id=sent, text="Hallo!")
    assert refused == "400 Bad Request: message to edit not found"


def test_a_bad_gateway_answers_with_a_page(bot_api: BotApi, bot: PlainBot) -> None:
    """No JSON is in it; a library that parses first fails."""
    bot_api.faults.broken(TOKEN, 502)
    answer = bot.call("getMe")
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html")


@pytest.mark.parametrize(("when", "there"), [("before", []), ("after", ["Hallo"])])
def test_a_cut_connection_tells_nothing(
    when: str, there: list[str], nour: Person, bot_api: BotApi, bot: PlainBot
) -> None:
    """The message is there or not, and the bot cannot know."""
    bot_api.faults.cut(TOKEN, "after" if when == "after" else "before", method="sendMessage")
    with pytest.raises(httpx.TransportError):
        bot.call("sendMessage", chat_id=nour.id, text="Hallo")
    assert nour.reads() == there
    assert bot_api.calls(TOKEN)[-1].cut == when


def test_a_late_answer_holds_nobody_else_up(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """It is done before or after the delay, as ordered."""
    bot_api.faults.delay(TOKEN, 5, "after", method="sendMessage")
    impatient = httpx.Client(base_url=f"{bot_api.address}/bot{TOKEN}", timeout=0.2, trust_env=False)
    started = time.monotonic()
    with pytest.raises(httpx.ReadTimeout):
        impatient.post("/sendMessage", data={"chat_id": str(nour.id), "text": "Hallo"})
    bot.result("getMe")
    assert time.monotonic() - started < 4
    assert nour.reads() == ["Hallo"]
    impatient.close()


def test_a_group_that_moved_names_its_new_number(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """The bot is told in both groups, and the old one takes nothing more."""
    group = bot_api.group(-77)
    group.add(TOKEN, by=nour)
    bot.send(-77, "Hallo")
    group.migrate(-100_77, by=nour)
    answer = bot.call("sendMessage", chat_id=-77, text="Noch da?").json()
    assert answer["error_code"] == 400
    assert answer["parameters"] == {"migrate_to_chat_id": -100_77}
    bot.send(-100_77, "Hier!")
    said = [update["message"] for update in bot.fetch() if "message" in update]
    assert said[-2]["migrate_to_chat_id"] == -100_77
    assert said[-1]["migrate_from_chat_id"] == -77


def test_a_move_can_be_a_single_fault_too(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """For a test that has no group."""
    bot_api.faults.moved(TOKEN, to=-100_88)
    answer = bot.call("sendMessage", chat_id=nour.id, text="Hallo").json()
    assert answer["parameters"] == {"migrate_to_chat_id": -100_88}


def test_who_is_gone_or_never_came_cannot_be_written_to(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """Each has a sentence of its own."""
    nour.deactivate()
    group = bot_api.group()
    group.add(TOKEN, by=nour)
    group.kick(TOKEN, by=nour)
    refusals = [
        bot.refusal("sendMessage", chat_id=chat, text="Hallo") for chat in (nour.id, group.id, 12345, "")
    ]
    assert refusals == [
        "403 Forbidden: user is deactivated",
        "403 Forbidden: bot was kicked from the group chat",
        "400 Bad Request: chat not found",
        "400 Bad Request: chat_id is empty",
    ]


def test_what_a_phone_would_not_do_fails_the_test(nour: Person) -> None:
    """Nobody writes to a bot they have blocked."""
    nour.block()
    with pytest.raises(AssertionError, match="unblock"):
        nour.say("Hallo?")


TOO_LONG = "Bad Request: message is too long"
EMPTY = "Bad Request: message text is empty"
REFUSED_TEXTS = {
    "one character too many": ("a" * 4097, TOO_LONG),
    "emojis count twice": ("😀" * 2049, TOO_LONG),
    "nothing": ("", EMPTY),
    "spaces only": (" \n ", EMPTY),
}


@pytest.mark.parametrize("what", REFUSED_TEXTS)
def test_a_text_that_telegram_refuses_is_refused(what: str, nour: Person, bot: PlainBot) -> None:
    """Lengths are UTF-16 code units; the longest that fits is taken."""
    text, why = REFUSED_TEXTS[what]
    assert bot.refusal("sendMessage", chat_id=nour.id, text=text) == f"400 {why}"
    sent = bot.send(nour.id, "😀" * 2048)
    assert bot.refusal("editMessageText", chat_id=nour.id, message_id=sent, text=text) == f"400 {why}"


REFUSED_BUTTONS = {
    "65 bytes of data": ({"callback_data": "a" * 65}, "BUTTON_DATA_INVALID"),
    "33 Cyrillic letters": ({"callback_data": "ї" * 33}, "BUTTON_DATA_INVALID"),
    "nothing behind it": ({}, "Text buttons are unallowed in the inline keyboard"),
    "this machine": ({"url": "http://localhost:8000/"}, "Wrong HTTP URL"),
    "another protocol": ({"url": "ftp://example.org/"}, "Unsupported URL protocol"),
}


@pytest.mark.parametrize("what", REFUSED_BUTTONS)
def test_a_button_that_telegram_refuses_is_refused(what: str, nour: Person, bot: PlainBot) -> None:
    """Neither library checks it when the button is made."""
    button, why = REFUSED_BUTTONS[what]
    markup = {"inline_keyboard": [[{"text": "Weiter", **button}]]}
    refused = bot.refusal("sendMessage", chat_id=nour.id, text="Hallo", reply_markup=markup)
    assert refused.startswith("400 Bad Request: ")
    assert why in refused


def test_buttons_at_the_limit_are_taken(nour: Person, bot: PlainBot) -> None:
    """64 bytes, and links with a real-looking host."""
    bot.send(nour.id, "Hallo", {"Weiter": "ї" * 32})
    row = [
        {"text": "Karte", "url": "https://www.openstreetmap.org/?mlat=50.1"},
        {"text": "A", "url": "t.me/x"},
    ]
    bot.ask("sendMessage", chat_id=nour.id, text="Hier", reply_markup={"inline_keyboard": [row]})
    assert nour.sees()[-1].labels == ["Karte", "A"]


def test_an_edit_that_changes_nothing_is_refused(nour: Person, bot: PlainBot) -> None:
    """Other buttons under the same text are a change."""
    sent = bot.send(nour.id, "Hallo", {"A": "x:a"})
    same = {"chat_id": nour.id, "message_id": sent, "text": "Hallo"}
    refused = bot.refusal("editMessageText", **same, reply_markup=keyboard({"A": "x:a"}))
    assert refused.startswith("400 Bad Request: message is not modified")
    bot.ask("editMessageText", **same, reply_markup=keyboard({"B": "x:b"}))
    bot.ask("editMessageReplyMarkup", chat_id=nour.id, message_id=sent)
    refused = bot.refusal("editMessageReplyMarkup", chat_id=nour.id, message_id=sent)
    assert refused.startswith("400 Bad Request: message is not modified")


def test_only_a_bots_own_messages_can_be_edited(nour: Person, bot: PlainBot) -> None:
    """What is not there has a sentence of its own."""
    theirs = nour.say("Hallo")
    refusals = [
        bot.refusal("editMessageText", chat_id=nour.id, message_id=number, text="x")
        for number in (theirs, 99)
    ]
    assert refusals == [
        "400 Bad Request: message can't be edited",
        "400 Bad Request: message to edit not found",
    ]


def test_a_tap_is_answered_in_time_or_never(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """An unknown one is refused with the same sentence."""
    why = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    bot.send(nour.id, "Wählen Sie", {"A": "x:a"})
    query = nour.tap("A")
    bot_api.forward(3600)
    assert bot.refusal("answerCallbackQuery", callback_query_id=query) == why
    assert bot.refusal("answerCallbackQuery", callback_query_id="1") == why


def test_a_reply_needs_the_message_it_replies_to(nour: Person, bot: PlainBot) -> None:
    """Unless the bot says that it does not matter."""
    reply = {"chat_id": nour.id, "text": "Ja"}
    refused = bot.refusal("sendMessage", **reply, reply_parameters={"message_id": 99})
    assert refused == "400 Bad Request: message to be replied not found"
    bot.ask("sendMessage", **reply, reply_parameters={"message_id": 99, "allow_sending_without_reply": True})


def test_a_method_nobody_plays_is_not_found(bot: PlainBot) -> None:
    """Methods are found in any case, as with Telegram."""
    assert bot.refusal("sendMoney") == "404 Not Found: method not found"
    assert bot.result("GETME")["is_bot"] is True
