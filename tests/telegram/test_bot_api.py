"""What people do reaches the bot as Telegram would bring it, and what the bot does is on their screen."""

import pytest

from tests.telegram.bot_api import BotApi
from tests.telegram.phones import Button, Person
from tests.telegram.plain_bot import TOKEN, PlainBot, keyboard


def test_a_text_arrives_with_who_wrote_it_and_where(nour: Person, bot: PlainBot) -> None:
    """A private chat has the number of the person in it, and their language is told."""
    nour.say(" Guten Tag ")
    message = bot.fetch()[-1]["message"]
    assert message["text"] == "Guten Tag"
    assert message["chat"] == {"id": nour.id, "type": "private", "first_name": "Nour"}
    assert message["from"]["language_code"] == "ar"
    assert "entities" not in message


def test_a_command_is_marked_as_one(nour: Person, bot: PlainBot) -> None:
    """Libraries find commands by their entity, deep links by what follows."""
    nour.say("/start inv_123")
    message = bot.fetch()[-1]["message"]
    assert message["text"] == "/start inv_123"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


def test_a_message_is_on_the_screen_with_its_buttons(nour: Person, bot: PlainBot) -> None:
    """Newest last, labels and data as sent."""
    sent = bot.send(nour.id, "Was suchen Sie?", {"Wohnen": "r.need:housing"})
    seen = nour.sees()[-1]
    assert (seen.id, seen.text, seen.mine) == (sent, "Was suchen Sie?", False)
    assert seen.buttons == ((Button(text="Wohnen", data="r.need:housing"),),)


def test_a_tap_carries_the_whole_message_with_what_it_replies_to(nour: Person, bot: PlainBot) -> None:
    """A guide's question is found by the message that its buttons are under."""
    asked = nour.say("Ich brauche Hilfe")
    bot.result(
        "sendMessage",
        chat_id=nour.id,
        text="Mit wem?",
        reply_markup=keyboard({"Mensch": "x:human"}),
        reply_parameters={"message_id": asked},
    )
    nour.tap("Mensch")
    query = bot.fetch()[-1]["callback_query"]
    assert query["data"] == "x:human"
    assert query["message"]["text"] == "Mit wem?"
    assert query["message"]["reply_markup"] == keyboard({"Mensch": "x:human"})
    assert query["message"]["reply_to_message"]["text"] == "Ich brauche Hilfe"


def test_a_tap_spins_until_it_is_answered(nour: Person, bot: PlainBot) -> None:
    """What comes up on the screen is what the bot answered."""
    bot.send(nour.id, "Wählen Sie", {"A": "x:a"})
    query = nour.tap("A")
    assert nour.answers(query) == []
    bot.ask("answerCallbackQuery", callback_query_id=query, text="Gut")
    assert nour.answers(query) == [{"text": "Gut", "show_alert": False, "url": ""}]


def test_nobody_taps_a_button_that_is_not_there(nour: Person, bot: PlainBot) -> None:
    """A test cannot get past what people see; a slow phone can."""
    sent = bot.send(nour.id, "Wählen Sie", {"A": "x:a"})
    bot.ask("editMessageText", chat_id=nour.id, message_id=sent, text="Gewählt: A")
    with pytest.raises(AssertionError, match="no button"):
        nour.tap_data(sent, "x:a")
    nour.tap_data(sent, "x:a", unseen=True)
    assert bot.fetch()[-1]["callback_query"]["message"]["text"] == "Gewählt: A"


def test_an_edit_changes_the_message_and_takes_buttons_away(nour: Person, bot: PlainBot) -> None:
    """An edit without buttons means none, and what the message replies to stays."""
    first = nour.say("Frage")
    sent = bot.result(
        "sendMessage",
        chat_id=nour.id,
        text="Antwort",
        reply_to_message_id=first,
        reply_markup=keyboard({"A": "x:a"}),
    )
    edited = bot.result(
        "editMessageText", chat_id=nour.id, message_id=sent["message_id"], text="Bessere Antwort"
    )
    seen = nour.sees()[-1]
    assert (seen.text, seen.buttons, seen.edited, seen.reply_to) == ("Bessere Antwort", (), True, first)
    assert edited["reply_to_message"]["message_id"] == first


def test_a_deleted_message_is_off_the_screen(nour: Person, bot: PlainBot) -> None:
    """Where nothing is, nothing is deleted."""
    sent = bot.send(nour.id, "Oh")
    bot.ask("deleteMessage", chat_id=nour.id, message_id=sent)
    assert nour.reads() == []
    refused = bot.refusal("deleteMessage", chat_id=nour.id, message_id=sent)
    assert refused == "400 Bad Request: message to delete not found"


def test_numbers_of_messages_rise_in_each_chat(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """Whoever takes a message's number for its chat finds the wrong message."""
    omar = bot_api.person(TOKEN)
    assert [omar.say("eins"), bot.send(omar.id, "zwei"), omar.say("drei")] == [1, 2, 3]
    assert bot.send(nour.id, "zwei") == 2


@pytest.mark.parametrize("kind", ["voice", "photo", "document", "sticker"])
def test_people_send_what_is_no_text(kind: str, nour: Person, bot: PlainBot) -> None:
    """It comes with a file that can be fetched."""
    nour.send(kind, content=b"something")
    message = bot.fetch()[-1]["message"]
    sent = message[kind][0] if kind == "photo" else message[kind]
    assert bot.result("getFile", file_id=sent["file_id"])["file_size"] == len(b"something")
    assert nour.sees()[-1].kind == kind


def test_a_changed_message_comes_as_an_edited_one(nour: Person, bot: PlainBot) -> None:
    """The number stays, the text is the new one."""
    number = nour.say("Wohnug")
    nour.edit(number, "Wohnung")
    edited = bot.fetch()[-1]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (number, "Wohnung")


def test_who_blocks_the_bot_cannot_be_written_to_until_they_come_back(nour: Person, bot: PlainBot) -> None:
    """The bot is told of both."""
    nour.block()
    assert bot.refusal("sendMessage", chat_id=nour.id, text="Hallo?") == (
        "403 Forbidden: bot was blocked by the user"
    )
    nour.unblock()
    bot.send(nour.id, "Willkommen zurück")
    changes = [update["my_chat_member"] for update in bot.fetch() if "my_chat_member" in update]
    assert [each["new_chat_member"]["status"] for each in changes] == ["kicked", "member"]


def test_what_a_bot_sends_as_a_file_is_there_with_its_name(nour: Person, bot_api: BotApi) -> None:
    """Calendar files and PDFs go this way."""
    import httpx

    answer = httpx.post(
        f"{bot_api.address}/bot{TOKEN}/sendDocument",
        data={"chat_id": str(nour.id), "caption": "Ihr Termin"},
        files={"document": ("termin.ics", b"BEGIN:VCALENDAR", "text/calendar")},
    ).json()
    seen = nour.sees()[-1]
    assert (seen.kind, seen.text) == ("document", "Ihr Termin")
    assert answer["result"]["document"]["file_name"] == "termin.ics"
    assert bot_api.calls(TOKEN)[-1].files[0]["size"] == len(b"BEGIN:VCALENDAR")


def test_every_call_is_recorded_with_what_came_of_it(nour: Person, bot_api: BotApi, bot: PlainBot) -> None:
    """In order of arrival, refused ones too; fetches only when they are asked for."""
    bot.send(nour.id, "Hallo")
    bot.fetch()
    bot.refusal("sendMessage", chat_id=1, text="Wer da?")
    calls = bot_api.calls(TOKEN)
    assert [(call.method, call.ok, call.description) for call in calls] == [
        ("sendMessage", True, ""),
        ("sendMessage", False, "Bad Request: chat not found"),
    ]
    assert calls[0].params == {"chat_id": nour.id, "text": "Hallo"}
    assert [call.method for call in bot_api.calls(TOKEN, "getUpdates")] == ["getUpdates"]
    assert bot_api.calls(TOKEN, since=calls[0].number + 1) == calls[1:]


def test_a_bot_keeps_its_settings_by_language_and_scope(bot: PlainBot) -> None:
    """Commands and descriptions in Arabic leave the others alone."""
    start = [{"command": "start", "description": "البداية"}]
    bot.ask("setMyCommands", commands=start, language_code="ar", scope={"type": "all_private_chats"})
    bot.ask("setMyShortDescription", short_description="Kurze Wege")
    arabic = bot.ask("getMyCommands", language_code="ar", scope={"type": "all_private_chats"})
    assert arabic["result"] == start
    assert bot.ask("getMyCommands")["result"] == []
    assert bot.result("getMyShortDescription") == {"short_description": "Kurze Wege"}
