"""With a webhook updates are brought, in order, until they are taken."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.telegram.bot_api import BotApi
from tests.telegram.control import Json, eventually
from tests.telegram.phones import Person
from tests.telegram.plain_bot import TOKEN, PlainBot


@dataclass(slots=True)
class Receiver:
    """A webhook: takes what it is told to take and remembers every attempt."""

    server: HTTPServer
    refuses: int = 0
    """How many of the next attempts it answers with 503."""
    says: Json = field(default_factory=dict)
    attempts: list[tuple[str, str]] = field(default_factory=list)
    """Text of the message and the secret it came with."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/telegram"

    def take(self, update: Json, secret: str) -> int:
        self.attempts.append((update["message"]["text"], secret))
        if self.refuses:
            self.refuses -= 1
            return 503
        return 200


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            update = json.loads(self.rfile.read(int(self.headers["content-length"])))
            status = made.take(update, self.headers.get("x-telegram-bot-api-secret-token", ""))
            body = json.dumps(made.says).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """A test's output is for its failure."""

    made = Receiver(HTTPServer(("127.0.0.1", 0), Handler))
    thread = threading.Thread(target=made.server.serve_forever, args=(0.02,))
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_updates_are_brought_with_the_secret(nour: Person, bot: PlainBot, receiver: Receiver) -> None:
    """Those that waited come first."""
    bot.ask("setWebhook", url=receiver.url, secret_token="a-secret_1")
    nour.say("Hallo")
    eventually(lambda: len(receiver.attempts) == 2)
    assert receiver.attempts == [("/start", "a-secret_1"), ("Hallo", "a-secret_1")]


def test_a_failed_delivery_is_repeated_before_the_next(
    nour: Person, bot_api: BotApi, bot: PlainBot, receiver: Receiver
) -> None:
    """In order, one at a time, and what went wrong can be asked for."""
    receiver.refuses = 3
    nour.say("eins")
    bot.ask("setWebhook", url=receiver.url)
    nour.say("zwei")
    eventually(lambda: not bot_api.unconfirmed(TOKEN))
    assert [text for text, _ in receiver.attempts] == ["/start"] * 4 + ["eins", "zwei"]
    info = bot.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert (info["url"], info["pending_update_count"]) == (receiver.url, 0)


def test_nobody_fetches_while_a_webhook_is_set(
    nour: Person, bot_api: BotApi, bot: PlainBot, receiver: Receiver
) -> None:
    """Setting one ends a fetch that waits; taking it away allows fetching again."""
    receiver.refuses = 1000
    offset = bot.ids()[-1] + 1
    refused: list[str] = []
    waiting = threading.Thread(
        target=lambda: refused.append(bot.refusal("getUpdates", offset=offset, timeout=20))
    )
    waiting.start()
    eventually(lambda: len(bot_api.calls(TOKEN, "getUpdates")) == 2)
    bot.ask("setWebhook", url=receiver.url)
    waiting.join()
    assert refused == ["409 Conflict: terminated by setWebhook request"]
    assert bot.refusal("getUpdates").startswith("409 Conflict: can't use getUpdates method while webhook is")
    nour.say("Hallo")
    bot.ask("deleteWebhook")
    assert bot.fetch()[-1]["message"]["text"] == "Hallo"


def test_what_waits_can_be_dropped(nour: Person, bot: PlainBot, receiver: Receiver) -> None:
    """With the webhook or when it is taken away."""
    bot.ask("deleteWebhook", drop_pending_updates=True)
    assert bot.fetch() == []
    nour.say("alt")
    bot.ask("setWebhook", url=receiver.url, drop_pending_updates=True)
    nour.say("neu")
    eventually(lambda: receiver.attempts)
    assert [text for text, _ in receiver.attempts] == ["neu"]


def test_a_webhook_may_answer_with_a_call(nour: Person, bot: PlainBot, receiver: Receiver) -> None:
    """It is done as if it had been sent."""
    receiver.says = {"method": "sendMessage", "chat_id": nour.id, "text": "Angekommen"}
    bot.ask("setWebhook", url=receiver.url)
    nour.waits_for("Angekommen")


def test_a_bad_webhook_is_refused(bot: PlainBot) -> None:
    """A secret is made of letters, digits, - and _ only; no other machine is reached."""
    local = "http://127.0.0.1:1/"
    assert "unallowed characters" in bot.refusal("setWebhook", url=local, secret_token="a secret")
    assert "too long" in bot.refusal("setWebhook", url=local, secret_token="a" * 257)
    assert "invalid webhook URL" in bot.refusal("setWebhook", url="ftp://127.0.0.1/")
    assert "127.0.0.1 only" in bot.refusal("setWebhook", url="https://example.org/")
