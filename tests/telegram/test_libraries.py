"""aiogram and python-telegram-bot take the server for Telegram, and its records for their own calls."""

import asyncio

from tests.telegram.bot_api import BotApi
from tests.telegram.calls import Call, faults_of
from tests.telegram.phones import Person
from tests.telegram.plain_bot import TOKEN


def test_aiogram_fetches_sends_edits_and_answers(nour: Person, bot_api: BotApi) -> None:
    """With a session of its own that has the server's address."""
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup

    async def talk() -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(bot_api.address))
        async with Bot(TOKEN, session=session) as bot:
            (start,) = await bot.get_updates(timeout=1)
            assert start.message is not None
            markup = InlineKeyboardMarkup(
                inline_keyboard=[[InlineKeyboardButton(text="Wohnen", callback_data="r.need:housing")]]
            )
            sent = await bot.send_message(start.message.chat.id, "Was suchen Sie?", reply_markup=markup)
            nour.tap("Wohnen")
            (tap,) = await bot.get_updates(offset=start.update_id + 1, timeout=1)
            assert tap.callback_query is not None
            assert tap.callback_query.message is not None
            assert tap.callback_query.message.message_id == sent.message_id
            await bot.answer_callback_query(tap.callback_query.id)
            await bot.edit_message_text("Wohnen", chat_id=nour.id, message_id=sent.message_id)
            await bot.send_document(nour.id, BufferedInputFile(b"BEGIN", "termin.ics"), caption="Termin")

    asyncio.run(talk())
    assert nour.reads() == ["Wohnen", "Termin"]
    check_record(bot_api)


def test_python_telegram_bot_fetches_sends_edits_and_answers(nour: Person, bot_api: BotApi) -> None:
    """With an application whose updates are fetched by hand."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
    from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

    async def start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Übernehmen", callback_data="case:take")]])
        await update.message.reply_text("Fall 7", reply_markup=markup, do_quote=True)

    async def take(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Gut")
        await update.callback_query.edit_message_text("Fall 7: übernommen")

    async def talk() -> None:
        builder = Application.builder().token(TOKEN).updater(None)
        base = f"{bot_api.address}/bot"
        application = builder.base_url(base).base_file_url(f"{bot_api.address}/file/bot").build()
        application.add_handler(CommandHandler("start", start))
        application.add_handler(CallbackQueryHandler(take))
        async with application:
            (first,) = await application.bot.get_updates(timeout=1)
            await application.process_update(first)
            nour.tap("Übernehmen")
            (second,) = await application.bot.get_updates(offset=first.update_id + 1, timeout=1)
            await application.process_update(second)

    asyncio.run(talk())
    seen = nour.sees()[-1]
    assert (seen.text, seen.reply_to) == ("Fall 7: übernommen", 1)
    check_record(bot_api)


def check_record(bot_api: BotApi) -> None:
    """aiogram's models are the second opinion on every call, and every call went well."""
    calls = bot_api.calls(TOKEN) + bot_api.calls(TOKEN, "getUpdates")
    assert len(calls) > 4
    assert [call.description for call in calls if not call.ok] == []
    assert faults_of(calls) == []


def test_the_second_opinion_notices_what_is_wrong() -> None:
    """Unknown methods, unknown parameters, missing ones, wrong types."""
    wrong = [
        call("sendMoney"),
        call("sendMessage", chat_id=1, text="Hallo", colour="red"),
        call("sendMessage", chat_id=1),
        call("editMessageText", chat_id=1, message_id="one", text="Hallo"),
    ]
    faults = faults_of(wrong)
    assert len(faults) == len(wrong)
    assert "sendMoney" in faults[0]
    assert "colour" in faults[1]
    assert "text" in faults[2]
    assert "message_id" in faults[3]


def call(method: str, **params: object) -> Call:
    return Call(
        number=0, token=TOKEN, method=method, params=dict(params), files=[], status=200, answer=None, cut=None
    )
