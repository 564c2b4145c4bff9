"""The demo with bots says in sentences how they stand, each thing once; pages and the other bot go on."""

import re
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.e2e.bots import NEWCOMERS, TEAM, join_team, tap
from tests.e2e.net import Net
from tests.e2e.people import Guide
from tests.e2e.product import Product
from tests.telegram.bot_api import BotApi
from tests.telegram.control import eventually

SEVERAL_TRIES = 4.0
AWAY = "No connection to Telegram for the newcomers' bot. The web chat and the desk work without it."


@pytest.fixture
def net(bot_api: BotApi, product: Product) -> Iterator[Net]:
    """The only way from the demo to Telegram."""
    made = Net(int(bot_api.address.rpartition(":")[2]))
    product.extra = {
        "KURZE_WEGE_NEWCOMER_BOT_TOKEN": NEWCOMERS,
        "KURZE_WEGE_TEAM_BOT_TOKEN": TEAM,
        "KURZE_WEGE_TELEGRAM_API": made.address,
    }
    yield made
    product.away()
    made.down()


def test_without_a_net_it_is_said_once_for_each_bot_and_again_when_it_is_there(
    product: Product, net: Net
) -> None:
    net.down()
    product.start()
    for _ in range(2):
        product.read_until("No connection to Telegram")
    assert httpx.get(product.address, trust_env=False, follow_redirects=True).status_code == 200
    time.sleep(SEVERAL_TRIES)
    net.up()
    for _ in range(2):
        product.read_until("https://t.me/")
    assert "is back" not in product.said
    net.down()
    for _ in range(2):
        product.read_until("No connection to Telegram")
    net.up()
    for _ in range(2):
        product.read_until("is back: https://t.me/")
    assert product.stop() == 0
    assert product.said.count(AWAY) == 2
    assert product.logs == "", "nothing but these sentences"


def test_a_refused_token_is_said_once_with_its_setting_and_the_other_bot_goes_on(
    product: Product, net: Net, bot_api: BotApi
) -> None:
    bot_api.faults.refuse(TEAM, 401, "Unauthorized", times=0)
    product.start()
    for sign in ("Telegram", "Telegram"):  # each bot says how it stands, in any order
        product.read_until(sign)
    assert "Telegram bot for newcomers: https://t.me/" in product.said
    assert "copy it again from @BotFather into KURZE_WEGE_TEAM_BOT_TOKEN, or into the file" in product.said
    nour = bot_api.person(NEWCOMERS, language="en")
    nour.say("/start")
    eventually(nour.reads)
    time.sleep(SEVERAL_TRIES)
    bot_api.faults.lift(TEAM)
    product.read_until("Telegram bot for the team: https://t.me/")
    assert product.stop() == 0
    assert product.said.count("does not take the token") == 1
    assert product.logs == "", "nothing but these sentences"


def test_a_guide_joins_the_teams_bot_as_the_demo_says(product: Product, net: Net, bot_api: BotApi) -> None:
    """In at the desk, a link there, and two taps on the phone; then a waiting case is told of."""
    anna, nour = bot_api.person(TEAM, language="de"), bot_api.person(NEWCOMERS, language="en")
    product.start()
    product.read_until('(join it at the desk, under "Erreichbar")')
    desk = Guide(product.address)
    desk.enter(product.invitation, "Anna Guide")
    page = desk.post("/desk/erreichbar", "/desk/erreichbar/telegram").text
    (secret,) = set(re.findall(r"https://t\.me/\w+\?start=([\w-]+)", page))
    desk.away()
    join_team(anna, f"/start {secret}")
    nour.say("/start")
    tap(nour, "/language en")
    nour.say("/human")
    tap(nour, ".ask:yes")
    anna.waits_for("Fall 1 wartet.")
    assert product.stop() == 0
    assert product.logs == ""
