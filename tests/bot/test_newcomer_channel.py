"""The channel between Telegram and the desk: what it takes, what it asks, and what each refusal means."""

from collections.abc import Iterator
from typing import Any

import pytest
from aiogram.methods import EditMessageText, SendMessage
from structlog.testing import capture_logs

from bot.channels.base import Bubble, DeliveryError, Key
from bot.channels.newcomer_telegram import WANTED
from bot.fetching import Fetched
from bot.house import House
from bot.lines import CONFLICT
from tests.doors import Clock
from tests.telegram_door import ME, TelegramDoor, written


@pytest.fixture
def door(house: House) -> Iterator[TelegramDoor]:
    with TelegramDoor(house, "en") as door:
        yield door


def refusal(code: int, description: str, **parameters: Any) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": description, "parameters": parameters}


def fetched(door: TelegramDoor, *updates: object) -> list[Fetched]:
    """What comes of such an answer to a fetch."""
    door.session.instead["getUpdates"] = [{"ok": True, "result": list(updates)}]
    found: list[Fetched] = []

    async def fetch() -> None:
        found.extend(await door.bot.fetch(None))

    door.run(fetch())
    return found


def test_a_strange_update_does_not_hold_up_the_others(door: TelegramDoor, clock: Clock) -> None:
    """It counts as fetched, so that it does not come again; its place is told, and nothing of it."""
    before, after = written("/start", clock.now), written("/help", clock.now)
    strange = {"update_id": 9_000_000, "message": {"chat": "strange", "text": "hidden words"}}
    with capture_logs() as logs:
        found = fetched(door, before, strange, after)
    assert [each.id for each in found] == [before["update_id"], 9_000_000, after["update_id"]]
    assert [each.chat for each in found] == [str(ME), "", str(ME)]
    assert [line["event"] for line in logs] == ["update cannot be read"]
    assert "hidden" not in str(logs)
    for each in found:
        door.run(door.bot.take(each.update))
    assert "You can always: go back" in door.texts[-1]


@pytest.mark.parametrize("result", ["x", [1, "x"], [{"message": {}}]])
def test_an_answer_in_which_nothing_can_be_read_is_tried_again_after_a_pause(
    door: TelegramDoor, result: object
) -> None:
    """Taken for silence, it would be asked for again at once and for ever."""
    door.session.instead["getUpdates"] = [{"ok": True, "result": result}]
    with pytest.raises(DeliveryError):
        door.run(door.bot.fetch(None))


def test_only_what_is_of_use_is_asked_for(door: TelegramDoor) -> None:
    """Edited messages, inline questions and the like do not come at all."""
    fetched(door)
    assert door.session.calls[-1].model_dump()["allowed_updates"] == WANTED
    assert WANTED == ["message", "callback_query", "my_chat_member"]


def elsewhere(clock: Clock, chat: dict[str, Any]) -> dict[str, Any]:
    update = written("/start", clock.now)
    update["message"]["chat"] = chat
    return update


def test_nobody_is_answered_in_a_group(door: TelegramDoor, clock: Clock) -> None:
    """Whoever adds the bot to one would let everybody there read the answers."""
    group = {"id": -4001, "type": "group", "title": "Unterkunft"}
    asked = elsewhere(clock, group)
    door.happens(asked)
    tap = {"id": f"{ME}-1", "from": asked["message"]["from"], "chat_instance": "1", "data": "/help"}
    door.happens({"callback_query": tap | {"message": asked["message"]}})
    assert [type(call).__name__ for call in door.session.calls] == ["AnswerCallbackQuery"]


@pytest.mark.parametrize(
    "change",
    [
        {"data": None, "game_short_name": "x"},
        {"message": None, "inline_message_id": "x"},
        {"data": "r9.need:nothing"},
        {"data": "/card someone-elses-offer"},
        {"data": "x" * 64},
    ],
    ids=["without data", "without a message", "of an older time", "an unknown offer", "made up"],
)
def test_every_tap_is_answered_at_once(door: TelegramDoor, change: dict[str, Any]) -> None:
    """Else the button seems to hang, whatever it was."""
    door.write("/start")
    tap = {"id": f"{ME}-77", "from": written("x", door.door.now())["message"]["from"], "chat_instance": "1"}
    shown = {"message_id": 2, "date": 1, "chat": {"id": ME, "type": "private"}, "text": "x"}
    given = {name: value for name, value in ({"message": shown} | change).items() if value is not None}
    door.happens({"callback_query": tap | given})
    assert door.chat.answered == [f"{ME}-77"]


def test_a_tap_is_answered_also_when_its_turn_fails(
    door: TelegramDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the person hears that something went wrong."""
    at = door.write("/start")[-1]

    def bug(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("bot.newcomer_step.carry_out", bug)
    door.tap(at, "/help")
    assert "something went wrong" in door.texts[-1]


def test_a_message_too_old_to_be_told_of_can_still_be_tapped(door: TelegramDoor) -> None:
    """Telegram then tells its number and chat alone."""
    door.says("/start", "English")
    at = door.chat.changed[-1]
    data = door.chat.messages[at].keys[0][1]
    me = written("x", door.door.now())["message"]["from"]
    old = {"message_id": at, "date": 0, "chat": {"id": ME, "type": "private"}}
    door.happens(
        {"callback_query": {"id": f"{ME}-5", "from": me, "chat_instance": "1", "data": data, "message": old}}
    )
    assert door.chat.messages[at].text.endswith("✓ Learn German")


MEDIA = {
    "voice": {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
    "video note": {"video_note": {"file_id": "v", "file_unique_id": "v", "duration": 3, "length": 9}},
    "contact": {"contact": {"phone_number": "0", "first_name": "x"}},
    "place": {"location": {"latitude": 1.0, "longitude": 1.0}},
    "story": {"story": {"chat": {"id": 1, "type": "private"}, "id": 1}},
}


@pytest.mark.parametrize("kind", MEDIA)
def test_what_cannot_be_read_is_answered_kindly(door: TelegramDoor, clock: Clock, kind: str) -> None:
    door.write("/start")
    update = written("x", clock.now)
    del update["message"]["text"]
    update["message"] |= MEDIA[kind]
    door.happens(update)
    said = "cannot understand voice" if kind in ("voice", "video note") else "do not take photos and files"
    assert any(said in text for text in door.texts)


def test_a_notice_of_telegram_itself_is_no_message_of_a_person(door: TelegramDoor, clock: Clock) -> None:
    """Such as that messages are to vanish after a day."""
    update = written("x", clock.now)
    del update["message"]["text"]
    update["message"]["message_auto_delete_timer_changed"] = {"message_auto_delete_time": 86_400}
    assert door.happens(update) == []


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/help@kurze_wege_bot", "You can always: go back"),
        ("/start@kurze_wege_bot", "Which language"),
        ("x" * 2001, "too long"),
    ],
    ids=["a command with the bot's name", "the start with it", "too long"],
)
def test_what_is_written_reaches_the_desk(door: TelegramDoor, text: str, answer: str) -> None:
    door.write(text)
    assert any(answer in said for said in door.texts)


@pytest.mark.parametrize(
    ("said", "reason", "permanent", "unreachable"),
    [
        (refusal(403, "Forbidden: bot was blocked by the user"), "forbidden", True, True),
        (refusal(400, "Bad Request: chat not found"), "nobody there", True, True),
        (refusal(400, "Bad Request: user is deactivated"), "nobody there", True, True),
        (refusal(400, "Bad Request: BUTTON_DATA_INVALID"), "refused", True, False),
        (refusal(409, "Conflict: terminated by other getUpdates request"), CONFLICT, False, False),
        (refusal(401, "Unauthorized"), "TelegramUnauthorizedError", False, False),
        (refusal(500, "Internal Server Error"), "TelegramServerError", False, False),
        (refusal(429, "Too Many Requests", retry_after=7), "too many messages", False, False),
        (refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-1005), "chat moved", False, False),
    ],
    ids=lambda value: value["description"] if isinstance(value, dict) else "",
)
def test_what_telegram_refuses_is_told_in_our_words(
    door: TelegramDoor, said: dict[str, Any], reason: str, permanent: bool, unreachable: bool
) -> None:
    """Whether it is of use to try again, and when and where; never what was to be sent."""
    door.session.instead["sendMessage"] = [said]
    with pytest.raises(DeliveryError) as caught:
        door.run(door.bot.send(str(ME), Bubble(text="hidden words"), None))
    error = caught.value
    assert (error.reason, error.permanent, error.unreachable) == (reason, permanent, unreachable)
    assert error.retry_after == said["parameters"].get("retry_after")
    moved = said["parameters"].get("migrate_to_chat_id")
    assert error.moved_to == (str(moved) if moved else None)
    assert "hidden" not in f"{error!r} {error.__cause__!r}"


@pytest.mark.parametrize(
    ("description", "sent_anew"),
    [
        ("Bad Request: message is not modified", False),
        ("Bad Request: message to edit not found", True),
        ("Bad Request: message can't be edited", True),
        ("Bad Request: MESSAGE_ID_INVALID", True),
    ],
)
def test_what_cannot_be_changed_is_said_anew(door: TelegramDoor, description: str, sent_anew: bool) -> None:
    """With its buttons: whatever the reason, nobody is left without the question."""
    door.session.instead["editMessageText"] = [refusal(400, description)]
    bubble = Bubble(text="Weiter?", keys=((Key(label="Ja", data="/continue"),),), replaces="7")
    references: list[str | None] = []

    async def send() -> None:
        references.append(await door.bot.send(str(ME), bubble, None))

    door.run(send())
    kinds = [type(call) for call in door.session.calls]
    assert kinds == [EditMessageText, SendMessage][: 1 + sent_anew]
    assert references == (["1"] if sent_anew else ["7"])
    assert (door.chat.messages.get(1) is not None) is sent_anew


@pytest.mark.parametrize("code", [403, 429, 500])
def test_a_change_that_only_fails_is_not_said_anew(door: TelegramDoor, code: int) -> None:
    """It is tried again, or can never be done."""
    door.session.instead["editMessageText"] = [
        refusal(code, "x", **({"retry_after": 1} if code == 429 else {}))
    ]
    with pytest.raises(DeliveryError):
        door.run(door.bot.send(str(ME), Bubble(text="Weiter?", replaces="7"), None))
    assert [type(call) for call in door.session.calls] == [EditMessageText]


def test_a_refused_introduction_does_not_keep_the_others_away(door: TelegramDoor) -> None:
    """Such as one in a language that Telegram does not know; without a network all is tried again."""
    door.session.instead["setMyCommands"] = [refusal(400, "Bad Request: invalid language code")]
    introductions = list(door.door.introductions())
    door.run(door.bot.introduce(introductions))
    assert len(door.session.calls) == 3 * len(introductions)
    door.session.instead["setMyCommands"] = [refusal(500, "Internal Server Error")]
    with pytest.raises(DeliveryError):
        door.run(door.bot.introduce(introductions))
