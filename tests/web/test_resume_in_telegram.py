"""The page with the way back leads into Telegram where there is a bot, with an honest word beneath."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doors import TELEGRAM
from bot.house import House
from tests.bot.people import Newcomer
from tests.doors import TOWN, Clock, copy_of, make_app
from tests.telegram_door import TelegramDoor
from tests.web.browser import Browser
from tests.web.forms import hidden

LANGUAGES = ("de", "en", "ar", "uk")
BOT = "erlenfels_hilft_bot"


@pytest.fixture
def house(tmp_path: Path, built: tuple[House, Path]) -> Iterator[House]:
    house = copy_of(built, tmp_path / "data", Clock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC)))
    yield house
    house.writer.close()


def way_back(house: House, language: str = "en") -> str:
    """The page with a fresh code, for somebody who has agreed that their answers are kept."""
    newcomer = Newcomer(house)
    newcomer.consents()
    client = Browser(make_app(house))
    client.cookies.set(f"kw-{TOWN}", newcomer.address or "")
    path = f"/weiter?lang={language}"
    return client.post(path, data=hidden(client.get(path).text, path)).text


def test_where_a_bot_is_connected_the_same_code_leads_into_it(house: House) -> None:
    house.bots[TOWN, TELEGRAM] = BOT
    page = way_back(house)
    (code,) = re.findall(r'href="http://testserver/weiter/([\w-]+)"', page)
    assert f'<a class="quiet" href="https://t.me/{BOT}?start={code}" rel="noreferrer">' in page
    with TelegramDoor(house, "en") as door:
        assert "Welcome back." in door.say(f"/start {code}")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_telegram_is_stands_beneath_in_the_persons_language(house: House, language: str) -> None:
    """Not in the words of the bot, whose "here" would be wrong on a page."""
    house.bots[TOWN, TELEGRAM] = BOT
    page, text = way_back(house, language), house.towns[TOWN].script.text
    link, notice = (text(f"web.resume_telegram{part}", language) for part in ("", "_notice"))
    assert page.index(link) < page.index(notice)
    assert text("telegram.notice", language) not in page


def test_a_town_without_a_bot_offers_none(house: House) -> None:
    """The team's bot is no way for newcomers."""
    house.bots[TOWN, "team_telegram"] = "team_bot"
    page = way_back(house)
    assert "t.me" not in page
    assert house.towns[TOWN].script.text("web.resume_telegram_notice", "en") not in page


def test_a_bot_that_is_connected_later_is_offered_from_then_on(house: House) -> None:
    """Pages are served before the messengers' libraries are loaded."""
    newcomer = Newcomer(house)
    newcomer.consents()
    client = Browser(make_app(house))
    client.cookies.set(f"kw-{TOWN}", newcomer.address or "")

    def offered() -> bool:
        return "t.me" in client.post("/weiter", data=hidden(client.get("/weiter").text, ACTION)).text

    assert not offered()
    house.bots[TOWN, TELEGRAM] = BOT
    assert offered()


ACTION = "/weiter?lang=en"
