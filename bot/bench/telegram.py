"""A Telegram that answers at once, and a bare echo bot beside which a turn is measured.

Only the wire is left out: reading an update, building a call, reading its answer are aiogram's own, in both.
"""

import asyncio
import json
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.types import InlineKeyboardMarkup, Message, Update

TOKEN = "42:benchmark"  # noqa: S105 - nobody's


class Phones(AiohttpSession):
    """Takes whatever a bot says and keeps each chat's newest buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[int, dict[str, int]] = {}
        """By chat: what a button sends, and the message it stands on."""
        self._messages = 0

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ARG002, ASYNC109 - the library's form
        self.build_form_data(bot, method)
        answer = json.dumps({"ok": True, "result": self._shown(method)})
        return self.check_response(bot=bot, method=method, status_code=200, content=answer).result

    def _shown(self, method: TelegramMethod[Any]) -> Any:
        if not isinstance(method, SendMessage | EditMessageText):
            return True
        self._messages += 1
        chat, number = int(method.chat_id or 0), self._messages
        if isinstance(method, EditMessageText):
            number = method.message_id or number
        if isinstance(method.reply_markup, InlineKeyboardMarkup):
            here = self.buttons.setdefault(chat, {})
            keys = (key for row in method.reply_markup.inline_keyboard for key in row)
            here.update({key.callback_data or "": number for key in keys})
        return _message(chat, number, method.text or "")


class Echo:
    """What aiogram needs for one text in and the same text out: the measure of everything else."""

    def __init__(self) -> None:
        router = Router()
        router.message()(self._answer)
        self._bot, self._dispatcher = Bot(TOKEN, session=Phones()), Dispatcher()
        self._dispatcher.include_router(router)
        self._raw = written(1, 1, "hello")

    async def run(self, times: int) -> None:
        for _ in range(times):
            await self._once()

    async def together(self, times: int, at_once: int) -> None:
        for _ in range(times // at_once):
            await asyncio.gather(*(self._once() for _ in range(at_once)))

    async def _once(self) -> None:
        update = Update.model_validate_json(self._raw, context={"bot": self._bot})
        await self._dispatcher.feed_update(self._bot, update)

    @staticmethod
    async def _answer(message: Message) -> None:
        await message.answer(message.text or "")


def written(number: int, chat: int, text: str) -> bytes:
    """Somebody writes a text: an update as it comes over the wire."""
    message = {**_message(chat, number, text), "from": _person(chat)}
    return json.dumps({"update_id": number, "message": message}).encode()


def tapped(number: int, chat: int, message: int, data: str) -> bytes:
    """Somebody taps a button of a message."""
    query = {
        "id": str(number),
        "from": _person(chat),
        "chat_instance": str(chat),
        "message": _message(chat, message, "said"),
        "data": data,
    }
    return json.dumps({"update_id": number, "callback_query": query}).encode()


def _message(chat: int, number: int, text: str) -> dict[str, Any]:
    return {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "text": text}


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "A", "language_code": "ar"}
