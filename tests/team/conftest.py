"""The town's house as in the tests of the desks, and Telegram on loopback."""

from tests.bot.conftest import built, clock, house
from tests.telegram.conftest import bot_api, bot_api_process

__all__ = ["bot_api", "bot_api_process", "built", "clock", "house"]
