"""The team's bot on Telegram, by python-telegram-bot: updates in, messages out; it holds no conversation."""

import asyncio
import json
import os
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import structlog

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library reads it when it is imported

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    CallbackQuery,
    Chat,
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

from bot.channels.base import Bubble, DeliveryError, Keys, is_changed, refused
from bot.fetching import Fetched
from bot.lines import CONFLICT
from bot.team_door import COMMANDS, TeamDoor
from bot.team_messages import TeamMessage
from bot.team_requests import UNREADABLE, Answers, Unread, Updates

log = structlog.get_logger()

T = TypeVar("T")

PATIENCE = 25  # seconds that a fetch waits for news

WANTED = ("message", "callback_query", "my_chat_member")
PLAIN = LinkPreviewOptions(is_disabled=True)


class TeamTelegram:
    """One town's bot. What is done with a message is the door's matter; what fails raises DeliveryError."""

    def __init__(self, token: str, api: str, door: TeamDoor) -> None:
        self._door = door
        self._bot = Bot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=Answers(read_timeout=20, connect_timeout=10),
            get_updates_request=Updates(read_timeout=PATIENCE + 10, connect_timeout=10),
        )
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
            self._aside(update.callback_query.id)  # else the button seems to hang
        try:
            chat, told = _read(update)
        except UNREADABLE:
            log.error("update cannot be read", bot=self._door.name)
            return
        match told:
            case bool():
                await self._door.reachable(chat, told)
            case TeamMessage():
                await self._door.take(chat, replace(told, id=f"{self._bot.id}:{update.update_id}"))
            case None:
                pass  # what is said in groups is not for the team's bot

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

    async def _edited(self, chat: int, message: Bubble, replaced: int) -> bool:
        """False if it cannot be changed, such as because it is not there any more: then it is said anew."""
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
            return is_changed(error)
        return True

    def _aside(self, query_id: str) -> None:
        async def answer() -> None:
            with suppress(DeliveryError):  # too old, or answered before: then nothing waits for it
                await _call(self._bot.answer_callback_query(query_id))

        task = asyncio.create_task(answer())
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)


def _read(update: Update) -> tuple[str, TeamMessage | bool | None]:
    """The chat and what was said in it, or whether the bot may write there; None if it is no private chat.

    Raises:
        One of UNREADABLE: it lacks what such an update always had.
    """
    query, message, change = update.callback_query, update.message, update.my_chat_member
    if query is not None and query.message is not None:
        return _private(query.message.chat, _tapped(query))
    if message is not None:
        return _private(message.chat, _written(message))
    if change is not None:
        return _private(change.chat, change.new_chat_member.status != "kicked")
    return "", None


def _private(chat: Chat, told: TeamMessage | bool) -> tuple[str, TeamMessage | bool | None]:
    return str(chat.id), told if chat.type == "private" else None


def _tapped(query: CallbackQuery) -> TeamMessage:
    message = query.message
    answered = message.reply_to_message if isinstance(message, Message) else None
    return TeamMessage(
        id="",
        choice=query.data or "",
        tapped=str(message.message_id) if message is not None else "",
        quoted=(answered.text or "") if answered is not None else "",
        answers=str(answered.message_id) if answered is not None else "",
        name=query.from_user.full_name,
    )


def _written(message: Message) -> TeamMessage:
    answered, sender = message.reply_to_message, message.from_user
    return TeamMessage(
        id="",
        text=message.text or "",
        reference=str(message.message_id),
        answers=str(answered.message_id) if answered is not None else "",
        name=sender.full_name if sender is not None else "",
    )


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
    except UNREADABLE:  # an answer of another shape
        raise DeliveryError("unreadable answer") from None


def _told(error: TelegramError) -> DeliveryError:
    match error:
        case Unread():
            return error.told
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
