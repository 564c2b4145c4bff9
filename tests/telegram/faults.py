"""What can go wrong between a bot and Telegram, ordered by a test; it takes one call unless told more."""

from dataclasses import dataclass
from typing import Literal, TypedDict, Unpack

from tests.telegram.control import Control, Json

When = Literal["before", "after"]
"""Before or after the call has had its effect."""


class Aim(TypedDict, total=False):
    """Which calls a fault takes: all of the token's, or those of a method, of a chat."""

    method: str
    chat: int
    times: int
    """How many calls; 0 until it is lifted; 1 if nothing is said."""
    after: int
    """So many fitting calls go well first."""


@dataclass(frozen=True, slots=True)
class Faults:
    """Orders faults; the first fitting one is taken, in the order they were given."""

    control: Control

    def refuse(self, token: str, code: int, description: str, **aim: Unpack[Aim]) -> None:
        """The call is not done: 400, 401, 403, 409, 500 ... in Telegram's whole sentence."""
        self._refuse(token, {"code": code, "description": description}, aim)

    def too_many(self, token: str, retry_after: int, **aim: Unpack[Aim]) -> None:
        """429: the bot must wait so many seconds."""
        description = f"Too Many Requests: retry after {retry_after}"
        self._refuse(
            token,
            {"code": 429, "description": description, "parameters": {"retry_after": retry_after}},
            aim,
        )

    def blocked(self, token: str, **aim: Unpack[Aim]) -> None:
        """403, without the update that a person who blocks causes."""
        self.refuse(token, 403, "Forbidden: bot was blocked by the user", **aim)

    def moved(self, token: str, to: int, **aim: Unpack[Aim]) -> None:
        """400: the group has another id now. `Group.migrate` does it with all that belongs to it."""
        description = "Bad Request: group chat was upgraded to a supergroup chat"
        self._refuse(
            token,
            {"code": 400, "description": description, "parameters": {"migrate_to_chat_id": to}},
            aim,
        )

    def broken(self, token: str, code: int = 502, **aim: Unpack[Aim]) -> None:
        """5xx with a page of HTML, as the machines in front of Telegram's answer."""
        self._refuse(token, {"code": code, "description": "Bad Gateway", "page": True}, aim)

    def gateway(self, token: str, code: int, body: str, **aim: Unpack[Aim]) -> None:
        """The call is not done: something in between answers this, in words of its own."""
        self._add(token, {"refuse": {"code": code, "description": "of a gateway"}, "body": body}, aim)

    def unreadable(self, token: str, body: str, **aim: Unpack[Aim]) -> None:
        """The call is done, and 200 is answered with this and nothing else."""
        self._add(token, {"body": body}, aim)

    def cut(self, token: str, when: When = "before", **aim: Unpack[Aim]) -> None:
        """The connection ends without an answer."""
        self._add(token, {"cut": when}, aim)

    def delay(self, token: str, seconds: float, when: When = "before", **aim: Unpack[Aim]) -> None:
        """The answer takes so long."""
        self._add(token, {"delay": seconds, "where": when}, aim)

    def lift(self, token: str | None = None) -> None:
        """Nothing goes wrong any more, with this bot or with all."""
        self.control.ask("lift", token=token)

    def _refuse(self, token: str, how: Json, aim: Aim) -> None:
        self._add(token, {"refuse": how}, aim)

    def _add(self, token: str, what: Json, aim: Aim) -> None:
        places: Json = dict(aim)
        if "chat" in places:
            places["chat_id"] = places.pop("chat")
        self.control.ask("fault", token=token, **places, **what)
