"""The newcomers' bot as one person sees it: the channel's real code; Telegram is a chat in memory."""

import asyncio
import itertools
import json
import unicodedata
from collections.abc import AsyncGenerator, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import Update

from bot.cards import MAP
from bot.channels.base import LONGEST_BUBBLE, Sender, units
from bot.channels.newcomer_telegram import NewcomerTelegram
from bot.delivery import Delivery
from bot.doors import TELEGRAM
from bot.house import House
from bot.limits import Limits
from bot.newcomer_bubbles import CHOSEN, TICKS
from bot.newcomer_desk import NewcomerDesk
from bot.newcomer_door import NewcomerDoor
from dialogs.messages import CHOICE_ID_BYTES
from storage.store import Store
from tests.doors import TOWN
from tests.transcript import PHOTO, VOICE

TOKEN = "42:newcomers"
ME = 4711
MOST_ROWS = 30
UPDATES = itertools.count(1)
"""Numbers of all that happens in all chats: those of one bot are never given twice."""

SENT: dict[str, dict[str, Any]] = {
    VOICE: {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
    PHOTO: {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}]},
}
"""What cannot be written: as it stands in an update."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message of the bot as it stands in the chat: buttons as (label, data or address)."""

    id: int
    text: str
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def labels(self) -> list[str]:
        return [label for label, _ in self.keys]


@dataclass(slots=True)
class Chat:
    """What Telegram knows of one private chat."""

    messages: dict[int, Shown] = field(default_factory=dict)
    changed: list[int] = field(default_factory=list)
    """Every message that was sent or edited, as often as that was, in order."""
    answered: list[str] = field(default_factory=list)
    """Taps of which the bot has said that it has got them."""
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))


class ChatSession(BaseSession):
    """Plays Telegram for whatever a bot asks, with answers as Telegram words them."""

    def __init__(self) -> None:
        super().__init__()
        self.chats: dict[int, Chat] = {}
        self.calls: list[TelegramMethod[Any]] = []
        self.instead: dict[str, list[dict[str, Any]]] = {}
        """By method: whole answers of Telegram to the next calls, which are not done."""

    def chat(self, person: int) -> Chat:
        return self.chats.setdefault(person, Chat())

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109
    ) -> Any:
        self.calls.append(method)
        instead = self.instead.get(method.__api_method__)
        body = instead.pop(0) if instead else self._answered(method)
        status = body.get("error_code", 200)
        return self.check_response(bot, method, status, json.dumps(body)).result

    async def close(self) -> None:
        """There is nothing to close."""

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    def _answered(self, method: TelegramMethod[Any]) -> dict[str, Any]:
        status, said = self._answer(method)
        if status == 200:
            return {"ok": True, "result": said}
        return {"ok": False, "error_code": status, "description": said}

    def _answer(self, method: TelegramMethod[Any]) -> tuple[int, Any]:
        if isinstance(method, AnswerCallbackQuery):
            chat = self.chat(int(method.callback_query_id.partition("-")[0]))
            chat.answered.append(method.callback_query_id)
            return 200, True
        if not isinstance(method, SendMessage | EditMessageText):
            return 200, True
        refusal = _refusal(method)
        return (400, f"Bad Request: {refusal}") if refusal else self._shown(method)

    def _shown(self, method: SendMessage | EditMessageText) -> tuple[int, Any]:
        chat = self.chat(int(method.chat_id or 0))
        number = next(chat.numbers) if isinstance(method, SendMessage) else int(method.message_id or 0)
        new = Shown(id=number, text=_text(method), keys=_keys(method))
        if isinstance(method, EditMessageText):
            if number not in chat.messages:
                return 400, "Bad Request: message to edit not found"
            if chat.messages[number] == new:
                return 400, "Bad Request: message is not modified: specified new message content is the same"
        chat.messages[number] = new
        chat.changed.append(number)
        return 200, message_of_bot(int(method.chat_id or 0), new)


def _refusal(method: SendMessage | EditMessageText) -> str:
    if not _text(method):
        return "message text is empty"
    if units(_text(method)) > LONGEST_BUBBLE:
        return "message is too long"
    too_long = any(len(data.encode()) > CHOICE_ID_BYTES for _, data in _keys(method) if "://" not in data)
    return "BUTTON_DATA_INVALID" if too_long else ""


def _text(method: SendMessage | EditMessageText) -> str:
    return (method.text or "").strip()


def _keys(method: SendMessage | EditMessageText) -> tuple[tuple[str, str], ...]:
    rows = getattr(method.reply_markup, "inline_keyboard", None) or ()
    return tuple((key.text, key.callback_data or key.url or "") for row in rows for key in row)


def message_of_bot(person: int, shown: Shown) -> dict[str, Any]:
    """A message of the bot as Telegram tells of it."""
    keyboard = [[{"text": label, "callback_data": data}] for label, data in shown.keys]
    me = {"id": 42, "is_bot": True, "first_name": "Kurze Wege", "username": "kurze_wege_bot"}
    whole = {"message_id": shown.id, "from": me, "date": 0, "text": shown.text}
    chat = {"id": person, "type": "private", "first_name": "Nour"}
    return whole | {"chat": chat} | ({"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {})


def written(text: str, at: datetime, person: int = ME) -> dict[str, Any]:
    """An update: somebody with an English phone has written this."""
    me = {"id": person, "is_bot": False, "first_name": "Nour", "language_code": "en"}
    chat, date = {"id": person, "type": "private"}, int(at.timestamp())
    message = {"message_id": 1, "from": me, "chat": chat, "date": date, "text": text}
    return {"update_id": next(UPDATES), "message": message}


class TelegramDoor:
    """One person in a chat with the bot. To be closed: it has a loop of its own."""

    def __init__(
        self,
        house: House,
        language: str,
        *,
        person: int = ME,
        session: ChatSession | None = None,
        limits: Limits | None = None,
        others: Mapping[tuple[str, str], Sender] | None = None,
    ) -> None:
        """Without `limits` the person waits for a minute before each message. `others`: more ways out."""
        house = replace(house, channels=house.channels | {(TOWN, TELEGRAM)})
        self.session = session or ChatSession()
        self.chat = self.session.chat(person)
        self._person, self._language, self._house = person, language, house
        self._runner = asyncio.Runner()
        senders: dict[tuple[str, str], Sender] = dict(others or {})
        self._delivery = Delivery(house, senders, each_second=1e6)
        limits = limits or Limits(clock=itertools.count(step=60).__next__)
        self.door = NewcomerDoor(house, TOWN, NewcomerDesk(house), self._delivery, limits)
        self.bot = NewcomerTelegram(TOKEN, "", self.door, session=self.session)
        senders[TOWN, TELEGRAM] = self.bot
        self._now: list[int] = []
        """Messages of the last answer: what can be tapped by its label."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self.bot.close())
        self._runner.close()

    def say(self, says: str) -> list[str]:
        """What the person reads then, line by line; a label of the last answer is its button."""
        found = ((at, data) for at in reversed(self._now) for label, data in self._plain(at) if label == says)
        at, data = next(found, (0, ""))
        if not at:
            return self._read(self.write(says))
        before = self.chat.messages[at]
        changed = self.tap(at, data)
        assert at in changed or data.startswith("/"), "a tapped question shows its answer or its ticks"
        return self._read([each for each in changed if not self._is_answered(before, each, says)])

    def says(self, *all_of_it: str) -> None:
        """One thing after the other, whatever is answered."""
        for says in all_of_it:
            self.say(says)

    @property
    def texts(self) -> list[str]:
        """Of every message that came or changed, as it stands now, in order of its first coming."""
        return [self.chat.messages[at].text for at in dict.fromkeys(self.chat.changed)]

    def write(self, says: str) -> list[int]:
        """Writes a text, or sends what the text stands for; the messages that came or changed."""
        content = SENT.get(says, {"text": says})
        if says.startswith("/"):
            length = len(says.partition(" ")[0])
            content = content | {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}
        chat = {"id": self._person, "type": "private", "first_name": "Nour"}
        number, at = next(self.chat.numbers), int(self.door.now().timestamp())
        whole = {"message_id": number, "from": self._me(), "chat": chat, "date": at}
        return self.happens({"message": whole | content})

    def tap(self, at: int, data: str) -> list[int]:
        """Taps a button of a message; the messages that came or changed."""
        shown = self.chat.messages.get(at) or Shown(id=at, text="gone")
        query = {"id": f"{self._person}-{next(UPDATES)}", "from": self._me(), "chat_instance": "1"}
        changed = self.happens(
            {"callback_query": query | {"message": message_of_bot(self._person, shown), "data": data}}
        )
        assert self.chat.answered[-1:] == [query["id"]], "the button seems to hang"
        return changed

    def happens(self, update: dict[str, Any]) -> list[int]:
        """An update arrives, as Telegram sends it; the messages that came or changed, in order."""
        raw, before = json.dumps({"update_id": next(UPDATES), **update}), len(self.chat.changed)
        self.run(self.bot.take(Update.model_validate_json(raw)))
        return list(dict.fromkeys(self.chat.changed[before:]))

    def _waiting(self, store: Store) -> int:
        return store.outbox.waiting_since(self._house.clock() + timedelta(microseconds=1))

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Does this, and waits until everything is sent that follows from it."""

        async def done() -> None:
            await work
            for _ in range(MOST_ROWS):  # of each address only the oldest is found by one look
                await self._delivery.look(TOWN)
                await self._delivery.noted()
                if not await self._house.in_town(TOWN, self._waiting):
                    break
            await asyncio.sleep(0)  # the answer to a tap goes beside

        self._runner.run(done())

    def _read(self, changed: Sequence[int]) -> list[str]:
        if changed:
            self._now = list(changed)
        lines: list[str] = []
        for at in changed:
            text = self.chat.messages[at].text
            lines += [line.strip() for line in text.splitlines() if line.strip()]
            # elsewhere the map's link stands on the card itself
            lines += [label for label, data in self._plain(at) if not data.startswith(MAP)]
        return lines

    def _is_answered(self, before: Shown, at: int, label: str) -> bool:
        """The question that was tapped, with its answer beneath and nothing more to tap."""
        now = self.chat.messages[at]
        if at != before.id or now.keys:
            return False
        assert now.text == f"{before.text}\n\n{CHOSEN}{label}"
        return True

    def _plain(self, at: int) -> list[tuple[str, str]]:
        """Label without picture and tick mark, and data, of a message's buttons."""
        return [(self._bare(label), data) for label, data in self.chat.messages[at].keys]

    def _bare(self, label: str) -> str:
        for mark in filter(None, TICKS.values()):
            label = label.removeprefix(mark)
        picture, _, rest = label.partition(" ")
        return rest if rest and unicodedata.category(picture[0]) == "So" else label

    def _me(self) -> dict[str, Any]:
        return {"id": self._person, "is_bot": False, "first_name": "Nour", "language_code": self._language}
