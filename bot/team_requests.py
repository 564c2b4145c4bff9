"""What python-telegram-bot makes of Telegram's answers to the team's bot; it asks nothing itself."""

import json
from http import HTTPStatus
from typing import Any

import structlog
from telegram import Message, Update
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.base import DeliveryError, unread

log = structlog.get_logger()

UNREADABLE = (AttributeError, KeyError, OSError, OverflowError, TypeError, ValueError)
"""What reading raises where something has another shape than expected, or a date beyond all calendars."""

WITH_A_MESSAGE = ("/sendMessage", "/editMessageText")


class Unread(TelegramError):
    """An answer of status 200 that cannot be read; `told` says whether what was asked for is done."""

    def __init__(self, told: DeliveryError) -> None:
        super().__init__(told.reason)
        self.told = told


class Answers(HTTPXRequest):
    """Knows what was done although its answer cannot be read, which would else be done again and again."""

    async def do_request(self, url: str, *args: Any, **how: Any) -> tuple[int, bytes]:
        """Raises TelegramError."""
        code, payload = await super().do_request(url, *args, **how)
        answer = _sent_by_telegram(code, payload)
        if code == HTTPStatus.OK and not _is_readable(url, answer):
            raise Unread(unread(answer))
        return code, payload


class Updates(HTTPXRequest):
    """Leaves of an update that the library cannot read its number alone: it must not hold up the others."""

    async def do_request(self, url: str, *args: Any, **how: Any) -> tuple[int, bytes]:
        """Raises TelegramError."""
        code, payload = await super().do_request(url, *args, **how)
        _sent_by_telegram(code, payload)
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Raises TelegramError."""
        answer: dict[str, Any] = HTTPXRequest.parse_json_payload(payload)
        result = answer.get("result")
        if isinstance(result, list):
            answer["result"] = [
                raw if _can_be_read(raw) else {"update_id": raw["update_id"]} for raw in result
            ]
        return answer


def _sent_by_telegram(code: int, payload: bytes) -> Any:
    """What stands in the answer, None if it cannot be read.

    Raises:
        NetworkError: a gateway says that it failed; of people and tokens it knows nothing.
    """
    try:
        answer = json.loads(payload)
    except ValueError:
        answer = None
    refusal = isinstance(answer, dict) and answer.get("ok") is False and "error_code" in answer
    if code != HTTPStatus.OK and not refusal:
        raise NetworkError(str(code))
    return answer


def _is_readable(url: str, answer: Any) -> bool:
    try:
        if url.endswith(WITH_A_MESSAGE) and answer["ok"] is True:
            Message.de_json(answer["result"], None)
        return bool(answer["ok"] is True)
    except UNREADABLE:
        return False


def _can_be_read(raw: dict[str, Any]) -> bool:
    try:
        Update.de_json(raw, None)
    except UNREADABLE:
        log.error("update cannot be read")
        return False
    return True
