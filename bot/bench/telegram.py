"""A Telegram that answers at once, and a bare echo bot beside which a turn is measured."""

import asyncio
from collections.abc import AsyncGenerator
from types import SimpleNamespace
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.base import BaseSession
from aiogram.methods import EditMessageText, SendMessage, TelegramMethod
from aiogram.types import Message, Update

TOKEN = "42:benchmark"  # noqa: S105 - nobody's


class Phones(BaseSession):
    """Takes whatever a bot says and keeps the newest buttons of each chat, as people would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[int, dict[str, int]] = {}
        """What each button sends to the message it stands on, by chat."""
        self.said = 0
        self._messages = 0

    async def close(self) -> None:
        return

    async def make_request(self, _: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ARG002, ASYNC109 - the library's form
        if not isinstance(method, SendMessage | EditMessageText):
            return True
        self._messages += 1
        number = self._messages
        if isinstance(method, EditMessageText) and method.message_id is not None:
            number = method.message_id
        self.said += 1
        markup = method.reply_markup
        if markup is not None and hasattr(markup, "inline_keyboard"):
            here = self.buttons.setdefault(int(method.chat_id or 0), {})
            here.update({key.callback_data or "": number for row in markup.inline_keyboard for key in row})
        return SimpleNamespace(message_id=number)

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""


class Echo:
    """What aiogram needs for one text in and the same text out: the measure of everything else."""

    def __init__(self) -> None:
        router = Router()
        router.message()(self._answer)
        self._bot, self._dispatcher = Bot(TOKEN, session=Phones()), Dispatcher()
        self._dispatcher.include_router(router)
        whole = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "hello"}
        raw = {"update_id": 1, "message": {**whole, "from": {"id": 1, "is_bot": False, "first_name": "A"}}}
        self._update = Update.model_validate(raw, context={"bot": self._bot})

    async def run(self, times: int) -> None:
        for _ in range(times):
            await self._dispatcher.feed_update(self._bot, self._update)

    async def together(self, times: int, at_once: int) -> None:
        for _ in range(times // at_once):
            feed = self._dispatcher.feed_update
            await asyncio.gather(*(feed(self._bot, self._update) for _ in range(at_once)))

    @staticmethod
    async def _answer(message: Message) -> None:
        await message.answer(message.text or "")


def written(number: int, chat: int, text: str) -> Any:
    """Somebody writes a text: what is read of an update, for its models would cost more to build."""
    return SimpleNamespace(update_id=number, callback_query=None, message=_message(chat, number, text))


def tapped(number: int, chat: int, message: int, data: str) -> Any:
    """Somebody taps a button of a message."""
    shown = _message(chat, message, "said")
    query = SimpleNamespace(id=str(number), from_user=shown.from_user, message=shown, data=data)
    return SimpleNamespace(update_id=number, callback_query=query)


def _message(chat: int, number: int, text: str) -> Any:
    person = SimpleNamespace(id=chat, language_code="ar")
    where = SimpleNamespace(id=chat, type="private")
    return SimpleNamespace(message_id=number, chat=where, from_user=person, text=text, date=None)
