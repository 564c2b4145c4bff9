"""How each bot's line to its messenger stands, and who is told when that changes; it tries nothing itself.

Everything is said once: whoever has to act reads it once, whoever has nothing to do is not kept reading.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

import structlog

from bot.bot_tokens import NAMES
from bot.channels.base import DeliveryError
from bot.doors import TELEGRAM
from bot.settings import PREFIX

log = structlog.get_logger()

CONFLICT = "conflict"
"""Reason of a DeliveryError: somebody else reads this bot's messages."""

NO_TOKEN = frozenset(("TelegramUnauthorizedError", "TelegramNotFound", "InvalidToken"))
"""Reasons of a DeliveryError: what the libraries call it when a token is refused."""

CALM = 150.0
"""Seconds without a conflict until it counts as over: two programs that each pause up to a minute, and wait
almost half a minute for news, fetch in turn without always meeting."""


class Trouble(Enum):
    """Why a bot cannot be reached."""

    AWAY = "passes by itself"
    SHARED = "another program uses the token"
    REFUSED = "the token is not taken"


LOGGED: Mapping[Trouble, str] = {
    Trouble.AWAY: "no connection to the messenger, trying again",
    Trouble.SHARED: "another program fetches this bot's messages",
    Trouble.REFUSED: "the messenger does not take this bot's token",
}
SAID: Mapping[Trouble, str] = {
    Trouble.AWAY: "No connection to Telegram for {whose} bot. The web chat and the desk work without it."
    " Trying again.",
    Trouble.SHARED: "Another program fetches the messages of {whose} bot. Please {remedy}.",
    Trouble.REFUSED: "Telegram does not take the token of {whose} bot. Please {remedy}."
    " The web chat and the desk work without it.",
}
ANOTHER = "end the other program that uses this bot's token, or give it a token of its own"
ANEW = (
    "copy it again from @BotFather into {setting}, or into the file that {setting}_FILE names{entry},"
    " and start again"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A bot can be reached (for the first time, or `again`), or has a `trouble` that it did not have before.

    `name` is the bot's in links, empty until it is known; `reason` a kind of fault; `remedy` what somebody
    has to do, empty if nobody has.
    """

    town: str
    channel: str
    name: str = ""
    trouble: Trouble | None = None
    reason: str = ""
    remedy: str = ""
    again: bool = False


@dataclass(slots=True, kw_only=True)
class Line:
    """One bot's line. `several`: there are other towns, so that a remedy has to name this one."""

    town: str
    channel: str
    tell: Callable[[News], None]
    several: bool = False
    clock: Callable[[], float] = time.monotonic
    name: str = ""
    """The bot's in links, once it is known."""
    _trouble: Trouble | None = None
    _worked: bool = False
    _shared_at: float = 0.0

    @property
    def bot(self) -> str:
        """What the log calls it."""
        return f"{self.town} {self.channel}"

    def failed(self, error: DeliveryError) -> None:
        """A try did not succeed."""
        trouble, before = _trouble_of(error), self._trouble
        if trouble is Trouble.SHARED:
            self._shared_at = self.clock()
        if trouble is before or (trouble is Trouble.AWAY and before is not None):
            return  # what somebody has to mend is not mended by an outage that comes on top
        self._trouble = trouble
        self._say(trouble, error.reason)

    def works(self) -> None:
        """A try did succeed."""
        if self._trouble is Trouble.SHARED and self.clock() - self._shared_at < CALM:
            return
        if self._trouble is not None or not self._worked:
            self._trouble = None
            self._say(None, "")
            self._worked = True

    def _say(self, trouble: Trouble | None, reason: str) -> None:
        self.tell(
            News(
                town=self.town,
                channel=self.channel,
                name=self.name,
                trouble=trouble,
                reason=reason,
                remedy=self._remedy(trouble),
                again=self._worked,
            )
        )

    def _remedy(self, trouble: Trouble | None) -> str:
        entry = f", after {self.town}=" if self.several else ""
        setting = PREFIX + NAMES[self.channel]
        remedies = {Trouble.SHARED: ANOTHER, Trouble.REFUSED: ANEW.format(setting=setting, entry=entry)}
        return remedies.get(trouble, "") if trouble is not None else ""


def logged(news: News) -> None:
    """Into the log of an installation."""
    bot = f"{news.town} {news.channel}"
    if news.trouble is Trouble.AWAY:
        log.warning(LOGGED[news.trouble], bot=bot, reason=news.reason)
    elif news.trouble is not None:
        log.error(LOGGED[news.trouble], bot=bot, remedy=news.remedy)
    elif news.again:
        log.info("connection is back", bot=bot)
    else:
        log.info("bot connected", town=news.town, channel=news.channel)


def sentence(news: News) -> str:
    """For whoever tries the product out at a terminal, and has one town."""
    newcomers = news.channel == TELEGRAM
    if news.trouble is not None:
        return SAID[news.trouble].format(
            whose="the newcomers'" if newcomers else "the team's", remedy=news.remedy
        )
    who = "newcomers" if newcomers else "the team"
    if news.again:
        return f"  Telegram bot for {who} is back: https://t.me/{news.name}"
    join = "" if newcomers else '  (join it at the desk, under "Erreichbar")'
    return f"  Telegram bot for {who}: https://t.me/{news.name}{join}"


def _trouble_of(error: DeliveryError) -> Trouble:
    if error.reason == CONFLICT:
        return Trouble.SHARED
    return Trouble.REFUSED if error.reason in NO_TOKEN else Trouble.AWAY
