"""How much memory the product holds; the bounds leave room, docs/performance.md has the figures."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from bot.settings import PREFIX
from tests.e2e.people import HANDOVER, QUESTIONS, TO_CONSENT, Newcomer
from tests.e2e.product import PATIENCE, Product
from tests.telegram.bot_api import BotApi, running_bot_api

NEWCOMERS_BOT, TEAM_BOT = "101:" + "n" * 35, "202:" + "t" * 35


def resident(product: Product) -> float:
    """MB of memory that the running product holds."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{product.pid}/status").read_text("ascii"))
    assert found
    return int(found[1]) / 1024


def test_the_idle_demo_holds_less_than_150_mb(product: Product, newcomer: Callable[[], Newcomer]) -> None:
    product.start()
    newcomer().open()
    assert 50 < resident(product) < 150


def answers(api: BotApi, number: int) -> None:
    """Waits until the newcomers' bot has sent so many messages."""
    until = time.monotonic() + PATIENCE
    while len(api.calls(NEWCOMERS_BOT, "sendMessage")) < number:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_with_both_bots_and_people_it_holds_less_than_200_mb(
    product: Product, newcomer: Callable[[], Newcomer]
) -> None:
    """It may be 260; if aiogram built all its models it would be 250."""
    with running_bot_api() as api:
        product.extra = {
            f"{PREFIX}NEWCOMER_BOT_TOKEN": NEWCOMERS_BOT,
            f"{PREFIX}TEAM_BOT_TOKEN": TEAM_BOT,
            f"{PREFIX}TELEGRAM_API": api.address,
        }
        product.start()
        people = [api.person(NEWCOMERS_BOT) for _ in range(20)]
        for person in people:
            person.say("/start")
        answers(api, len(people))
        newcomer().tap(*TO_CONSENT, *QUESTIONS, *HANDOVER)
        assert api.calls(TEAM_BOT, "getMe")
        assert 50 < resident(product) < 200
        assert product.stop() == 0
