"""A bot without a library: plain HTTP, and whatever the server answers."""

import json

import httpx

from tests.telegram.bot_api import BotApi
from tests.telegram.control import Json

TOKEN = "110:newcomers"


class PlainBot:
    """Speaks to the server for one token."""

    def __init__(self, api: BotApi, token: str = TOKEN) -> None:
        self.token = token
        self._client = httpx.Client(
            base_url=f"{api.address}/bot{token}", timeout=30, trust_env=False, verify=False
        )

    def call(self, method: str, **params: object) -> httpx.Response:
        """As both libraries send it: a form, in which anything but a text is JSON."""
        form = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()
        }
        return self._client.post(f"/{method}", data=form)

    def ask(self, method: str, **params: object) -> Json:
        answer = self.call(method, **params).json()
        assert answer["ok"], answer
        return dict(answer)

    def result(self, method: str, **params: object) -> Json:
        return dict(self.ask(method, **params)["result"])

    def fetch(self, **params: object) -> list[Json]:
        return list(self.ask("getUpdates", **params)["result"])

    def ids(self, **params: object) -> list[int]:
        return [update["update_id"] for update in self.fetch(**params)]

    def send(self, chat: int, text: str, buttons: dict[str, str] | None = None) -> int:
        """Send a text with one button to a line, label to data; the message's number."""
        more = {"reply_markup": keyboard(buttons)} if buttons else {}
        return int(self.result("sendMessage", chat_id=chat, text=text, **more)["message_id"])

    def refusal(self, method: str, **params: object) -> str:
        """Why the server does not do it: code and description."""
        answer = self.call(method, **params).json()
        assert not answer["ok"], answer
        return f"{answer['error_code']} {answer['description']}"

    def away(self) -> None:
        self._client.close()


def keyboard(buttons: dict[str, str]) -> Json:
    return {"inline_keyboard": [[{"text": text, "callback_data": data}] for text, data in buttons.items()]}
