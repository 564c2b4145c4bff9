"""The team's bot on Telegram, by python-telegram-bot: updates in, messages out; it holds no conversation."""

import asyncio
import json
import os
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from aiolimiter import AsyncLimiter

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library reads it when it is imported

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels.base import NOT_THERE, UNCHANGED, Bubble, DeliveryError, Keys, refused
from bot.fetching import CONFLICT, Fetched
from bot.team_door import COMMANDS, TeamDoor
from bot.team_messages import TeamMessage

log = structlog.get_logger()

T = TypeVar("T")

PATIENCE = 25
"""Seconds that a fetch waits for news."""

EACH_SECOND = 25
"""Messages a bot sends; Telegram takes about 30."""

WANTED = ("message", "callback_query", "my_chat_member")
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
"""What reading raises where an update has another shape than expected."""

PLAIN = LinkPreviewOptions(is_disabled=True)


class _Readable(HTTPXRequest):
    """Leaves of an update that the library cannot read its number alone: it must not hold up the others."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        answer: dict[str, Any] = HTTPXRequest.parse_json_payload(payload)
        result = answer.get("result")
        if isinstance(result, list):
            answer["result"] = [
                raw if _can_be_read(raw) else {"update_id": raw["update_id"]} for raw in result
            ]
        return answer


class TeamTelegram:
    """One town's bot. What is done with a message is the door's matter; what fails raises DeliveryError."""

    def __init__(self, token: str, api: str, door: TeamDoor) -> None:
        self._door = door
        self._bot = Bot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=HTTPXRequest(read_timeout=20, connect_timeout=10),
            get_updates_request=_Readable(read_timeout=PATIENCE + 10, connect_timeout=10),
        )
        self._each_second = AsyncLimiter(EACH_SECOND, 1)
        self._asides: set[asyncio.Task[None]] = set()

    async def fetch(self, offset: int | None) -> Sequence[Fetched]:
        """Waits for updates and gives them in order."""
        updates = await _call(
            self._bot.get_updates(offset=offset, timeout=PATIENCE, allowed_updates=WANTED, read_timeout=10)
        )
        return [_fetched(update) for update in updates]

    async def take(self, update: Update) -> None:
        """Returns when it is saved; raises StorageError if it is not."""
        if update.callback_query is not None:
            await self._tapped(update.update_id, update.callback_query)
        elif update.message is not None:
            await self._written(update.update_id, update.message)
        elif update.my_chat_member is not None and update.my_chat_member.chat.type == "private":
            change = update.my_chat_member
            await self._door.reachable(str(change.chat.id), change.new_chat_member.status != "kicked")

    async def receive(self, raw: bytes) -> None:
        """An update as a webhook brings it; raises StorageError if it is not saved."""
        try:
            update = Update.de_json(json.loads(raw), self._bot)
        except UNREADABLE:
            log.error("update cannot be read", bot=self._door.name)
            return
        await self.take(update)

    def messages(self, body: str) -> Sequence[Bubble]:
        return self._door.messages(body)

    async def send(self, address: str, message: Bubble, edits: str | None) -> str | None:
        """The message's id."""
        async with self._each_second:
            replaced = message.replaces or edits
            if replaced and await self._edited(int(address), message, int(replaced)):
                return replaced
            quoted = int(message.quotes) if message.quotes else 0
            sent = await _call(
                self._bot.send_message(
                    int(address),
                    message.text,
                    reply_markup=_markup(message.keys),
                    link_preview_options=PLAIN,
                    reply_parameters=ReplyParameters(quoted, allow_sending_without_reply=True)
                    if quoted
                    else None,
                )
            )
            return str(sent.message_id)

    async def introduce(self) -> None:
        """Says what the bot is and which commands it has."""
        everyone, (description, short) = BotCommandScopeAllPrivateChats(), self._door.texts
        commands = [BotCommand(name, text) for name, text in COMMANDS]
        await _call(self._bot.set_my_commands(commands, scope=everyone))
        await _call(self._bot.set_my_description(description))
        await _call(self._bot.set_my_short_description(short))

    async def name(self) -> str:
        """The bot's name as it stands in links."""
        await _call(self._bot.initialize())
        return self._bot.username

    async def use_webhook(self, url: str, secret: str) -> None:
        """From now on updates are brought, one at a time."""
        await _call(
            self._bot.set_webhook(url, max_connections=1, allowed_updates=WANTED, secret_token=secret)
        )

    async def use_fetching(self) -> None:
        """From now on updates are fetched."""
        await _call(self._bot.delete_webhook(drop_pending_updates=False))

    async def close(self) -> None:
        for task in self._asides:
            task.cancel()
        with suppress(DeliveryError):
            await _call(self._bot.shutdown())

    async def _tapped(self, update_id: int, query: CallbackQuery) -> None:
        self._aside(query.id)  # else the button seems to hang
        message = query.message
        if message is None or message.chat.type != "private":
            return
        answered = message.reply_to_message if isinstance(message, Message) else None
        said = TeamMessage(
            id=self._id(update_id),
            choice=query.data or "",
            tapped=str(message.message_id),
            quoted=(answered.text or "") if answered is not None else "",
            name=query.from_user.full_name,
        )
        await self._door.take(str(message.chat.id), said)

    async def _written(self, update_id: int, message: Message) -> None:
        if message.chat.type != "private" or message.from_user is None:
            return
        answered = message.reply_to_message
        said = TeamMessage(
            id=self._id(update_id),
            text=message.text or "",
            reference=str(message.message_id),
            answers=str(answered.message_id) if answered is not None else "",
            name=message.from_user.full_name,
        )
        await self._door.take(str(message.chat.id), said)

    async def _edited(self, chat: int, message: Bubble, replaced: int) -> bool:
        """False if the message is not there any more: then it is said anew."""
        try:
            await _call(
                self._bot.edit_message_text(
                    message.text,
                    chat,
                    replaced,
                    reply_markup=_markup(message.keys),
                    link_preview_options=PLAIN,
                )
            )
        except DeliveryError as error:
            if error.reason not in (UNCHANGED, NOT_THERE):
                raise
            return error.reason == UNCHANGED
        return True

    def _aside(self, query_id: str) -> None:
        async def answer() -> None:
            with suppress(DeliveryError):  # too old, or answered before: then nothing waits for it
                await _call(self._bot.answer_callback_query(query_id))

        task = asyncio.create_task(answer())
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    def _id(self, update_id: int) -> str:
        return f"{self._bot.id}:{update_id}"


def _can_be_read(raw: dict[str, Any]) -> bool:
    try:
        Update.de_json(raw, None)
    except UNREADABLE:
        log.error("update cannot be read")
        return False
    return True


def _fetched(update: Update) -> Fetched:
    chat = update.effective_chat
    return Fetched(id=update.update_id, chat=str(chat.id) if chat is not None else "", update=update)


def _markup(keys: Keys) -> InlineKeyboardMarkup | None:
    rows = [
        [
            InlineKeyboardButton(key.label, url=key.url)
            if key.url
            else InlineKeyboardButton(key.label, callback_data=key.data)
            for key in row
        ]
        for row in keys
    ]
    return InlineKeyboardMarkup(rows) if rows else None


async def _call(call: Awaitable[T]) -> T:
    try:
        return await call
    except TelegramError as error:
        raise _told(error) from None


def _told(error: TelegramError) -> DeliveryError:
    match error:
        case RetryAfter(retry_after=timedelta() as wait):
            return DeliveryError("too many messages", retry_after=wait.total_seconds())
        case ChatMigrated():
            return DeliveryError("chat moved", moved_to=str(error.new_chat_id))
        case Forbidden():
            return DeliveryError("forbidden", unreachable=True)
        case Conflict():
            return DeliveryError(CONFLICT)
        case BadRequest():
            return refused(error.message)
        case NetworkError():
            return DeliveryError("network")
        case _:
            return DeliveryError(type(error).__name__)
