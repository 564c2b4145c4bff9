"""Writes down that a page failed, without a word of what was said or who said it."""

import secrets
import traceback

import structlog

log = structlog.get_logger()


def incident(where: str, error: Exception) -> str:
    """A number that the visitor can tell us; the log has it too."""
    number = secrets.token_hex(4)
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f"{last[0].name}:{last[0].lineno}" if last else ""
    log.error("web_fault", incident=number, page=where, error=type(error).__name__, place=place)
    return number
