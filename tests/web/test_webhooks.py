"""Updates that are brought: believed with the bot's own secret only, and confirmed once they are saved."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.house import House
from bot.messengers import Bot, Messengers
from bot.web.webhooks import LARGEST_UPDATE, SECRET
from storage.errors import NotSaved
from tests.doors import TOWN, Clock, copy_of, make_app
from tests.telegram_door import TOKEN, TelegramDoor, written

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HERE = f"/telegram/{TOWN}/{TELEGRAM}"


@pytest.fixture
def house(tmp_path: Path, built: tuple[House, Path]) -> Iterator[House]:
    house = copy_of(built, tmp_path / "data", Clock(NOW))
    yield house
    house.writer.close()


@pytest.fixture
def door(house: House) -> Iterator[TelegramDoor]:
    with TelegramDoor(house, "en") as door:
        yield door


class Telegram:
    """Brings updates to the pages, as many times as it is told."""

    def __init__(self, house: House, door: TelegramDoor, *, webhook: bool = True) -> None:
        where = (TOWN, TELEGRAM)
        bot = Bot(connection=door.bot, introduce=lambda: asyncio.sleep(0))
        bots = Messengers(house, {where: TOKEN}, "", webhook, _bots={where: bot})
        self._app, self._door = make_app(house, bots), door
        self.secret = house.signed("webhook", " ".join(where))

    def brings(
        self, update: dict[str, Any] | bytes, secret: str | None = None, path: str = HERE
    ) -> httpx.Response:
        raw = update if isinstance(update, bytes) else json.dumps(update).encode()
        given = self.secret if secret is None else secret
        headers = [(SECRET.encode(), given.encode("latin-1"))] if given else []
        answers: list[httpx.Response] = []

        async def bring() -> None:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
                answers.append(await client.post(path, content=raw, headers=headers))

        self._door.run(bring())
        return answers[0]


@pytest.fixture
def telegram(house: House, door: TelegramDoor) -> Telegram:
    return Telegram(house, door)


def start(text: str = "/start") -> dict[str, Any]:
    return written(text, NOW)


def test_what_comes_with_the_secret_is_answered(telegram: Telegram, door: TelegramDoor) -> None:
    assert telegram.brings(start()).status_code == 200
    assert len(door.texts) == 2  # the notice and the first screen


@pytest.mark.parametrize("secret", ["", "wrong", "ü", "x" * 5000], ids=["none", "wrong", "strange", "long"])
def test_what_comes_without_the_secret_is_as_if_there_were_nothing_here(
    telegram: Telegram, door: TelegramDoor, secret: str
) -> None:
    """And it does nothing."""
    answer = telegram.brings(start(), secret=secret)
    assert (answer.status_code, answer.content) == (404, b"")
    assert door.texts == []


def test_another_bots_secret_does_not_open_this_one(house: House, telegram: Telegram) -> None:
    """Nor this one's another: each address has its own."""
    other = house.signed("webhook", f"{TOWN} {TEAM_TELEGRAM}")
    assert telegram.brings(start(), secret=other).status_code == 404


@pytest.mark.parametrize(
    "path", [f"/telegram/{TOWN}/{TEAM_TELEGRAM}", f"/telegram/nowhere/{TELEGRAM}", f"/telegram/{TOWN}/x"]
)
def test_a_bot_that_there_is_not_takes_nothing(telegram: Telegram, door: TelegramDoor, path: str) -> None:
    assert telegram.brings(start(), path=path).status_code == 404
    assert door.texts == []


def test_where_updates_are_fetched_none_can_be_brought(house: House, door: TelegramDoor) -> None:
    """Also not with the secret of a time when they were brought."""
    assert Telegram(house, door, webhook=False).brings(start()).status_code == 404
    assert door.texts == []


def test_what_is_not_saved_is_not_confirmed_and_comes_again(
    telegram: Telegram, door: TelegramDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a number that the log has as well; the second time it is taken, the third time it is known."""

    def full(*_: object) -> None:
        raise NotSaved("The disk is full.")

    update = start()
    with monkeypatch.context() as broken:
        broken.setattr("storage.conversations.Conversations.save", full)
        answer = telegram.brings(update)
    assert (answer.status_code, answer.content) == (503, b"")
    assert len(answer.headers["x-incident"]) == 8
    assert door.texts == []
    for _ in range(2):
        assert telegram.brings(update).status_code == 200
        assert len(door.texts) == 2


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"update_id": "x"}', b'{"update_id": 1, "message": 2}'])
def test_what_can_never_be_read_is_confirmed(telegram: Telegram, door: TelegramDoor, raw: bytes) -> None:
    """Else it would come again and again, and hold up everything behind it."""
    assert telegram.brings(raw).status_code == 200
    assert door.texts == []


def test_an_update_may_be_larger_than_any_form_of_ours(telegram: Telegram, door: TelegramDoor) -> None:
    """An answer to a message carries that message too, and refused it would come again and again."""
    update = start("/help")
    update["message"]["reply_to_message"] = update["message"] | {"text": "ä" * 20_000}
    assert len(json.dumps(update)) > 64 * 1024
    assert telegram.brings(update).status_code == 200
    assert door.texts
    assert telegram.brings(b" " * (LARGEST_UPDATE + 1)).status_code == 413
