"""What a messenger needs of a town for its newcomers: where messages go, and how it introduces itself."""

from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.delivery import Delivery
from bot.doors import TELEGRAM
from bot.house import House, Town
from bot.languages import preferred
from bot.limits import CRIES, PER_CHAT, TOLD_TOO_FAST, Limits
from bot.newcomer_desk import NewcomerDesk
from bot.newcomer_greeting import LATE, missed
from bot.posts import Part
from bot.settling import reachable_there, unreachable_there
from bot.telling import tell_newcomer
from bot.town_script import TownScript
from dialogs.messages import Message, Reply
from dialogs.wording import SOURCE
from storage.errors import NotSaved
from storage.store import Store

log = structlog.get_logger()

EMERGENCY = "/emergency"
"""Has a limit of its own: whoever was too fast can still call for help."""

BACKLOG = timedelta(minutes=1)
COMMANDS = ("start", "need", "human", "emergency", "language", "web", "back", "mydata", "delete", "help")
"""In the order in which a messenger's menu shows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """What stands before a first message; `language` is empty for everyone whose language is not offered."""

    language: str
    commands: tuple[tuple[str, str], ...]
    description: str
    short: str


class NewcomerDoor:
    """One town's door for one messenger."""

    def __init__(
        self, house: House, town: str, desk: NewcomerDesk, delivery: Delivery, limits: Limits
    ) -> None:
        self._house, self._town = house, town
        self._desk, self._delivery, self._limits = desk, delivery, limits

    @property
    def name(self) -> str:
        """What the log calls it."""
        return f"newcomers of {self._town}"

    @property
    def script(self) -> TownScript:
        return self._here.script

    def now(self) -> datetime:
        return self._house.clock()

    async def take(
        self,
        address: str,
        message: Message,
        device: str,
        *,
        tapped: str = "",
        start: str = "",
        sent_at: datetime | None = None,
    ) -> None:
        """Saves the turn and sends what it says. `device`: the language of the person's phone.

        Raises:
            NotSaved: the same message may come again.
        """
        age = self.now() - sent_at if sent_at is not None else timedelta(0)
        # what has waited for us was not written fast: after an outage none of it is lost
        taken = self._taken(address, message, device, tapped, start, age > LATE, age > BACKLOG)
        await self._surely(taken)

    async def reachable(self, address: str, yes: bool) -> None:
        """The person has blocked the bot, or lets it in again and hears what they missed.

        Raises:
            NotSaved: the same may be told again.
        """

        def note(store: Store) -> None:
            account = store.accounts.find(TELEGRAM, address)
            if not yes:
                unreachable_there(self._house, TELEGRAM, address, self.now(), store)
            elif account is not None and account.unreachable:
                reachable_there(self._house, TELEGRAM, address, account.id, self.now(), store)
                tell_newcomer(self._house, store, account.id, missed(store, account.id), self.now())

        await self._surely(self._house.in_town(self._town, note))

    def introductions(self) -> Iterator[Introduction]:
        """In every offered language, and in German for everybody else."""
        for language in ("", *self.script.languages):
            yield self._introduction(language)

    async def _taken(
        self, address: str, message: Message, device: str, tapped: str, start: str, late: bool, waited: bool
    ) -> None:
        called = (message.choice or message.text or "").partition(" ")[0] == EMERGENCY
        bucket = f"emergency {address}" if called else address
        language = self._language(device)
        if not waited and not self._may_speak(bucket, address, message.text or "", language):
            await self._told_too_fast(address)
            return
        rows = await self._desk.accept(
            self._town, TELEGRAM, address, message, language, tapped=tapped, start=start, late=late
        )
        self._delivery.hand_over(self._town, rows)

    async def _surely(self, work: Awaitable[None]) -> None:
        """What can never be done, not even with an apology, must not hold up all others: it is given up."""
        try:
            await work
        except NotSaved:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it would come again for ever
            log.error("message given up", bot=self.name, error=type(error).__name__)

    def _introduction(self, language: str) -> Introduction:
        shown, town = language or SOURCE, {"town": self._here.municipality.name}
        with_web = bool(self._house.web_address(self._town))
        names = [name for name in COMMANDS if name != "web" or with_web]
        return Introduction(
            language=language,
            commands=tuple((name, self.script.text(f"menu.{name}", shown)) for name in names),
            description=self.script.text("telegram.description", shown, town),
            short=self.script.text("telegram.short", shown, town),
        )

    def _may_speak(self, bucket: str, address: str, text: str, language: str) -> bool:
        """Whoever was too fast can still cry for help, in words as well."""
        if self._limits.allows(f"{self._town} {bucket}", PER_CHAT):
            return True
        looked_at = bool(text) and self._limits.allows(f"cry {self._town} {address}", CRIES)
        return looked_at and self._desk.is_cry(self._town, text, language)

    async def _told_too_fast(self, address: str) -> None:
        """Once a minute, and nobody else waits for them."""
        if self._limits.allows(f"told {self._town} {address}", TOLD_TOO_FAST):
            too_fast = Part(reply=Reply(key="media.too_fast"))

            def tell(store: Store) -> None:
                account = store.accounts.find(TELEGRAM, address)
                if account is not None:
                    tell_newcomer(self._house, store, account.id, [too_fast], self.now())

            await self._house.in_town(self._town, tell)

    def _language(self, device: str) -> str:
        return preferred(device, self.script.languages)

    @property
    def _here(self) -> Town:
        return self._house.towns[self._town]
