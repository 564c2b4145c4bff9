"""How the program logs: one line per event, codes and counts; no text, name, address or token."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

BOT_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,}|(?<=/bot)\d+:[^/\s'\"]+")
"""A bot's token, alone or in an address: whoever has it is the bot."""

QUIET = ("httpx", "httpcore", "apscheduler", "uvicorn.access")
"""Loggers that tell addresses or are of no use below a warning."""

SILENT = ("aiogram", "aiohttp", "telegram")
"""Loggers that print what people write when they cannot read it; what fails there the channels tell."""


def set_up_logs(*, quiet: bool = False) -> None:
    """JSON lines on standard error; `quiet`, for a person at a terminal: sentences, and warnings only."""
    level = logging.WARNING if quiet else logging.INFO
    logging.basicConfig(level=level, stream=sys.stderr, format="%(message)s", force=True)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(_WithoutTokens("%(message)s"))
    for chatty in QUIET:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    for telling in SILENT:
        logging.getLogger(telling).setLevel(logging.CRITICAL + 1)
    for_programs = (
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.add_log_level,
        structlog.processors.JSONRenderer(),
    )
    structlog.configure(
        processors=[_sentence] if quiet else for_programs,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )


def without_tokens(text: str) -> str:
    """The text with every bot's token blacked out."""
    return BOT_TOKEN.sub("<token>", text)


def _sentence(_logger: Any, _level: str, event: MutableMapping[str, Any]) -> str:
    """An event for a person: what happened, what belongs to it, and what to do."""
    said, remedy = str(event.pop("event")).replace("_", " "), str(event.pop("remedy", ""))
    beside = ", ".join(f"{name} {_plain(value)}" for name, value in event.items())
    told = f"{said[:1].upper()}{said[1:]}{f' ({beside})' if beside else ''}."
    return f"{told} Please {remedy}." if remedy else told


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


class _WithoutTokens(logging.Formatter):
    """The last net: a library's line may hold an address, and in that address there is the token."""

    def format(self, record: logging.LogRecord) -> str:
        return without_tokens(super().format(record))
