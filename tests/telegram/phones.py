"""People with a phone, as the Bot API server plays them: what they do and what they see."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tests.telegram.control import Control, Json, eventually


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    text: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message as it stands in the chat now."""

    id: int
    text: str
    """Or the caption of what was sent."""
    mine: bool
    """The person wrote it themselves."""
    kind: str = "text"
    buttons: tuple[tuple[Button, ...], ...] = ()
    reply_to: int | None = None
    edited: bool = False
    whole: Json = field(repr=False, compare=False, default_factory=dict)
    """The message as bots get it."""

    @property
    def labels(self) -> list[str]:
        return [button.text for row in self.buttons for button in row]


KINDS = ("photo", "voice", "document", "sticker", "video", "audio", "animation")


def shown(message: Json, reader: int) -> Shown:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return Shown(
        id=message["message_id"],
        text=str(message.get("text") or message.get("caption", "")),
        mine=message["from"]["id"] == reader,
        kind=next((kind for kind in KINDS if kind in message), "text"),
        buttons=tuple(
            tuple(
                Button(text=each["text"], data=each.get("callback_data", ""), url=each.get("url", ""))
                for each in row
            )
            for row in rows
        ),
        reply_to=message.get("reply_to_message", {}).get("message_id"),
        edited="edit_date" in message,
        whole=message,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in a chat with one bot, or in a group; the same `id` with another token is the same human."""

    control: Control = field(repr=False)
    token: str
    id: int
    first_name: str = "Nour"
    language: str = "ar"
    chat: int
    """Their own id in the private chat, a negative one in a group."""

    def inside(self, group: int) -> "Person":
        """The same human being, talking in a group."""
        return replace(self, chat=group)

    def say(self, text: str, reply_to: int | None = None) -> int:
        """Write something; a command in it is marked as one. The message's number."""
        done = self._act("say", text=text, reply_to=reply_to)
        return int(done["message_id"])

    def tap(self, what: str, message: int | None = None) -> str:
        """Tap the newest button with this label, data or end of its data; the id of the query."""
        shown_now = [each for each in self.sees() if message in {None, each.id}]
        for each in reversed(shown_now):
            for button in (button for row in each.buttons for button in row if button.data):
                if what in {button.text, button.data} or button.data.endswith(what):
                    return self.tap_data(each.id, button.data)
        raise AssertionError(f"no button {what} among {[each.labels for each in shown_now]}")

    def tap_data(self, message: int, data: str, *, unseen: bool = False) -> str:
        """Tap a button of which all is known; `unseen` also where it is no longer, as a slow phone may."""
        done = self._act("tap", message_id=message, data=data, unseen=unseen)
        return str(done["query_id"])

    def send(self, kind: str, caption: str = "", content: bytes = b"...", file_name: str = "file.bin") -> int:
        """Send a photo, voice, document, sticker, video, audio or animation."""
        done = self._act(
            "send",
            kind=kind,
            caption=caption or None,
            content=base64.b64encode(content).decode(),
            file_name=file_name,
        )
        return int(done["message_id"])

    def edit(self, message: int, text: str) -> None:
        self._act("edit", message_id=message, text=text)

    def block(self) -> None:
        """From now on the bot may not write to them."""
        self._act("block")

    def unblock(self) -> None:
        self._act("unblock")

    def deactivate(self) -> None:
        """Their account is gone."""
        self._act("deactivate")

    def sees(self) -> list[Shown]:
        """Everything in the chat as it stands now, oldest first."""
        found: list[Json] = self.control.ask("chat", token=self.token, chat=self.chat)
        return [shown(each, self.id) for each in found]

    def reads(self) -> list[str]:
        """The texts that others wrote, oldest first."""
        return [each.text for each in self.sees() if not each.mine]

    def waits_for(self, part: str) -> Shown:
        """The newest message of somebody else with this in its text, as soon as it is there."""
        return eventually(lambda: self._newest(part))

    def answers(self, query: str) -> list[Json]:
        """What came up after a tap: `text`, `show_alert`, `url`; empty while the button spins."""
        return list(self.control.ask("tap", token=self.token, id=query)["answers"])

    def known_as(self) -> Json:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language,
        }

    def _newest(self, part: str) -> Shown | None:
        fitting: Iterable[Shown] = (each for each in self.sees() if not each.mine and part in each.text)
        return max(fitting, key=lambda each: each.id, default=None)

    def _act(self, act: str, **what: object) -> Json:
        return self.control.act(act, token=self.token, chat=self.chat, **{"from": self.known_as()}, **what)
