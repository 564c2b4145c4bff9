"""The newcomers' bot on Telegram, by aiogram: updates in, messages out; it holds no conversation."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    EditMessageText,
    GetMe,
    GetUpdates,
    Response,
    SendMessage,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
    SetWebhook,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Update,
)
from aiogram.types import Message as TelegramMessage
from pydantic import ValidationError

from bot.channels.base import Bubble, DeliveryError, Keys, is_changed, refused, unread
from bot.fetching import Fetched
from bot.lines import CONFLICT
from bot.newcomer_bubbles import bubbles_of
from bot.newcomer_door import Introduction, NewcomerDoor
from bot.newcomer_message import said_in
from bot.posts import Post
from dialogs.messages import Message

log = structlog.get_logger()

T = TypeVar("T")

PATIENCE = 25  # seconds that a fetch waits for news

ANSWERED_WITHIN = 20
"""Seconds; the library would wait a minute, and whoever is written to waits as long for the next."""

WANTED = ["message", "callback_query", "my_chat_member"]
PLAIN = LinkPreviewOptions(is_disabled=True)

ANSWERS = tuple(
    Response[method.__returning__]  # type: ignore[name-defined]
    for method in (AnswerCallbackQuery, EditMessageText, GetUpdates, SendMessage)
)
"""Held on purpose: the library makes the type of each answer anew, in milliseconds, once nobody holds it."""


class _Session(AiohttpSession):
    def check_response(
        self, bot: Bot, method: TelegramMethod[T], status_code: int, content: str
    ) -> Response[T]:
        """As the library does it; but the page of a gateway that says itself that it failed is no answer."""
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError:
            if status_code == HTTPStatus.OK:
                raise
            raise TelegramNetworkError(method=method, message=str(status_code)) from None


class NewcomerTelegram:
    """One town's bot. What is done with a message is the door's matter; what fails raises DeliveryError."""

    def __init__(
        self, token: str, api: str, door: NewcomerDoor, *, session: BaseSession | None = None
    ) -> None:
        """Raises TokenValidationError, a kind of AiogramError."""
        self._door = door
        server = TelegramAPIServer.from_base(api)
        self._bot = Bot(token, session or _Session(api=server, timeout=ANSWERED_WITHIN))
        self._asides: set[asyncio.Task[None]] = set()

    async def fetch(self, offset: int | None) -> Sequence[Fetched]:
        """Waits for updates and gives them in order."""
        call = GetUpdates(offset=offset, timeout=PATIENCE, allowed_updates=WANTED)
        try:
            return [_fetched(update) for update in await self._bot(call, request_timeout=PATIENCE + 10)]
        except ClientDecodeError as error:
            return self._one_by_one(error.data)
        except (AiogramError, ValueError) as error:
            raise _told(error) from None

    async def take(self, update: Update | None) -> None:
        """Returns when it is saved; raises StorageError if it is not. None is an update nobody can read."""
        if update is not None and update.callback_query is not None:
            await self._tapped(update.update_id, update.callback_query)
        elif update is not None and update.message is not None:
            await self._written(update.update_id, update.message)
        elif update is not None and update.my_chat_member is not None:
            await self._membership(update.my_chat_member)

    async def receive(self, raw: bytes) -> None:
        """An update as a webhook brings it; raises StorageError if it is not saved."""
        try:
            update = Update.model_validate_json(raw, context={"bot": self._bot})
        except ValidationError:
            log.error("update cannot be read", bot=self._door.name)
            return
        await self.take(update)

    def messages(self, body: str) -> Sequence[Bubble]:
        return bubbles_of(self._door.script, Post.unpacked(body), self._door.now())

    async def send(self, address: str, message: Bubble, edits: str | None) -> str | None:
        """The message's id."""
        replaced = message.replaces or edits
        if replaced and await self._edited(int(address), message, int(replaced)):
            return replaced
        sent: TelegramMessage | None = await self._call(
            SendMessage(
                chat_id=int(address),
                text=message.text,
                reply_markup=_markup(message.keys),
                link_preview_options=PLAIN,
            )
        )
        return str(sent.message_id) if sent is not None else None  # of an answer with nothing in it

    async def introduce(self, introductions: Iterable[Introduction]) -> None:
        """Says in every language what the bot is and which commands it has."""
        everyone = BotCommandScopeAllPrivateChats()
        for each in introductions:
            code = each.language or None
            commands = [BotCommand(command=name, description=text) for name, text in each.commands]
            for call in (
                SetMyCommands(commands=commands, scope=everyone, language_code=code),
                SetMyDescription(description=each.description, language_code=code),
                SetMyShortDescription(short_description=each.short, language_code=code),
            ):
                await self._introduced(call, each.language)

    async def name(self) -> str:
        """The bot's name as it stands in links."""
        return str((await self._call(GetMe())).username)

    async def use_webhook(self, url: str, secret: str) -> None:
        """From now on updates are brought, one at a time."""
        await self._call(SetWebhook(url=url, max_connections=1, allowed_updates=WANTED, secret_token=secret))

    async def use_fetching(self) -> None:
        """From now on updates are fetched."""
        await self._call(DeleteWebhook(drop_pending_updates=False))

    async def close(self) -> None:
        for task in self._asides:
            task.cancel()
        await self._bot.session.close()

    async def _call(self, method: TelegramMethod[T]) -> T:
        try:
            return await self._bot(method)
        except (AiogramError, ValueError) as error:
            raise _told(error) from None

    async def _introduced(self, call: TelegramMethod[bool], language: str) -> None:
        try:
            await self._call(call)
        except DeliveryError as error:
            if not error.permanent:
                raise
            # such as for a language that Telegram does not know; people find their way without it
            log.warning("introduction refused", bot=self._door.name, language=language, reason=error.reason)

    def _one_by_one(self, data: Any) -> list[Fetched]:
        """What can be read of an answer that cannot as a whole: a strange update must not block the rest."""
        found = data.get("result") if isinstance(data, dict) else None
        raws = [raw for raw in found if isinstance(raw, dict)] if isinstance(found, list) else []
        numbered = [raw for raw in raws if isinstance(raw.get("update_id"), int)]
        if not numbered:
            raise DeliveryError("unreadable answer")
        return [self._read(raw) for raw in numbered]

    def _read(self, raw: dict[str, Any]) -> Fetched:
        try:
            return _fetched(Update.model_validate(raw, context={"bot": self._bot}))
        except ValidationError:
            log.error("update cannot be read", bot=self._door.name)
            return Fetched(id=raw["update_id"], chat="", update=None)

    async def _tapped(self, update_id: int, query: CallbackQuery) -> None:
        self._aside(AnswerCallbackQuery(callback_query_id=query.id))  # else the button seems to hang
        if query.message is None or query.message.chat.type != "private":
            return
        address = str(query.message.chat.id)
        message = Message(id=self._id(update_id), choice=query.data or "")
        device = query.from_user.language_code or ""
        await self._door.take(address, message, device, tapped=str(query.message.message_id))

    async def _written(self, update_id: int, message: TelegramMessage) -> None:
        if message.chat.type != "private" or message.from_user is None:
            return
        said, start = said_in(self._id(update_id), message.text, message.content_type)
        if said is not None:
            device = message.from_user.language_code or ""
            await self._door.take(str(message.chat.id), said, device, start=start, sent_at=message.date)

    async def _membership(self, change: ChatMemberUpdated) -> None:
        if change.chat.type == "private":
            await self._door.reachable(str(change.chat.id), change.new_chat_member.status != "kicked")

    async def _edited(self, chat: int, message: Bubble, replaced: int) -> bool:
        """False if it cannot be changed, such as because it is not there any more: then it is said anew."""
        edit = EditMessageText(
            chat_id=chat,
            message_id=replaced,
            text=message.text,
            reply_markup=_markup(message.keys),
            link_preview_options=PLAIN,
        )
        try:
            await self._call(edit)
        except DeliveryError as error:
            return is_changed(error)
        return True

    def _aside(self, call: AnswerCallbackQuery) -> None:
        async def answer() -> None:
            with suppress(DeliveryError):  # too old, or answered before: then nothing waits for it
                await self._call(call)

        task = asyncio.create_task(answer())
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    def _id(self, update_id: int) -> str:
        return f"{self._bot.id}:{update_id}"


def _fetched(update: Update) -> Fetched:
    source = (
        update.message or (update.callback_query and update.callback_query.message) or update.my_chat_member
    )
    return Fetched(id=update.update_id, chat=str(source.chat.id) if source else "", update=update)


def _markup(keys: Keys) -> InlineKeyboardMarkup | None:
    rows = [
        [
            InlineKeyboardButton(text=key.label, url=key.url)
            if key.url
            else InlineKeyboardButton(text=key.label, callback_data=key.data)
            for key in row
        ]
        for row in keys
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _told(error: AiogramError | ValueError) -> DeliveryError:
    match error:
        case ClientDecodeError() | ValueError():  # such as a gateway's page in no encoding
            return unread(error.data if isinstance(error, ClientDecodeError) else None)
        case TelegramRetryAfter():
            return DeliveryError("too many messages", retry_after=float(error.retry_after))
        case TelegramMigrateToChat():
            return DeliveryError("chat moved", moved_to=str(error.migrate_to_chat_id))
        case TelegramForbiddenError():
            return DeliveryError("forbidden", unreachable=True)
        case TelegramConflictError():
            return DeliveryError(CONFLICT)
        case TelegramBadRequest():
            return refused(error.message)
        case TelegramNetworkError():
            return DeliveryError("network")
        case _:
            return DeliveryError(type(error).__name__)
