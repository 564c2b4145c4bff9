"""The same conversation through several doors: the bare engine, the web chat's pages, the terminal."""

import asyncio
import io
import itertools
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

from starlette.applications import Starlette

from bot.appointments import Appointments
from bot.catalogue_desk import CatalogueDesk
from bot.catalogue_sheet import SheetDesk
from bot.channels.terminal import Terminal
from bot.doors import TELEGRAM
from bot.gap_board import Gaps
from bot.house import House
from bot.newcomer_desk import NewcomerDesk
from bot.offer_checks import OfferChecks
from bot.offer_questions import OfferQuestions
from bot.rendering import Rendered, render
from bot.settings import Settings
from bot.team_desk import TeamDesk
from bot.team_entry import TeamEntry
from bot.team_reach import TeamReach
from bot.town_script import TownScript
from bot.web.app import web_app
from bot.web.desks import GuideDesks
from bot.web.site import WebSettings, WebTown
from bot.web.webhooks import Bots
from bot.wiring import DEMO_TOWN, build_house
from catalog.municipality import load_municipality
from dialogs.conversation import Conversation
from dialogs.effects import Effect, HumanRequested
from dialogs.engine import advance
from dialogs.messages import Message, Reply
from storage.database import Database
from storage.keys import Keys
from storage.writer import Writer
from tests.transcript import MEDIA
from tests.web.browser import Browser

_NUMBERED = re.compile(r"^  \d+\) (\[[x ]\] )?")
INLINE = ("a", "span", "bdi", "time")
KEY = bytes(range(32))
TOWN = "erlenfels"


@dataclass(slots=True)
class Clock:
    """A clock that only moves when told."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def make_house(folder: Path, clock: Callable[[], datetime], database_url: str | None = None) -> House:
    """The real house of the fictional town, with this clock and with ids that count up."""
    settings = Settings(data_dir=folder, database_url=database_url, _env_file=None)  # type: ignore[call-arg]
    house = build_house(settings, KEY, [load_municipality(DEMO_TOWN)], every_language=True)
    counter = itertools.count(1)
    return replace(house, clock=clock, new_id=lambda: f"r{next(counter)}")


def copy_of(built: tuple[House, Path], folder: Path, clock: Callable[[], datetime]) -> House:
    """A house like one that was built before, in a folder that is not there yet; the texts are shared."""
    first, files = built
    shutil.copytree(files, folder)
    return house_on(Database.in_folder(folder), first, clock)


def house_on(database: Database, like: House, clock: Callable[[], datetime]) -> House:
    """A house that shares its texts with another, on a database of its own."""
    ids = itertools.count(1)
    return replace(
        like,
        towns={TOWN: replace(like.towns[TOWN])},
        writer=Writer(database, Keys.from_town_key(KEY)),
        clock=clock,
        new_id=lambda: f"r{next(ids)}",
        bots={},
        post=asyncio.Event(),
        riders=[],
        returns=[],
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """What one message led to, as the person reads it."""

    shown: tuple[Rendered, ...]
    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...]
    conversation: Conversation


@dataclass(slots=True)
class EngineDoor:
    """Only `advance`, with the conversation held in a variable."""

    script: TownScript
    language: str
    clock: Clock
    conversation: Conversation = field(init=False)
    cases: int = 0
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.conversation = Conversation(language=self.language)

    def say(self, says: str) -> Heard:
        shown = render(self.script, self.conversation.shown, self.conversation.language, self.clock())
        message = message_of(says, shown, f"m{next(self.ids)}")
        turn = advance(self.script, self.conversation, message, self.clock(), lambda: f"r{next(self.ids)}")
        self.conversation = turn.conversation
        if any(isinstance(effect, HumanRequested) for effect in turn.effects):
            # the number is the desk's to give; in a town of its own the first case is number 1
            self.cases += 1
            self.conversation = replace(turn.conversation, case=self.cases)
        rendered = render(self.script, turn.replies, turn.conversation.language, self.clock())
        return Heard(rendered, turn.replies, turn.effects, turn.conversation)


class TerminalDoor:
    """The terminal's own code: a line in, lines out."""

    def __init__(self, house: House, language: str) -> None:
        self._out = io.StringIO()
        self._terminal = Terminal(NewcomerDesk(house), TOWN, language, self._out)
        self._labels: list[str] = []

    def say(self, says: str) -> list[str]:
        """What the terminal printed, without its marks; a label on the screen is typed as its number."""
        places = [place for place, label in enumerate(self._labels, start=1) if label == says]
        self._out.seek(0)
        self._out.truncate()
        asyncio.run(self._terminal.answer(str(places[-1]) if places else says))
        printed = self._out.getvalue().splitlines()
        if any(_NUMBERED.match(line) for line in printed):
            self._labels = [_NUMBERED.sub("", line) for line in printed if _NUMBERED.match(line)]
        return [_NUMBERED.sub("", line).removeprefix("< ").strip() for line in printed if line.strip("< ")]


class WebDoor:
    """The web chat's real pages without JavaScript: forms are read from the page and sent back."""

    def __init__(self, house: House, language: str) -> None:
        self._client = Browser(make_app(house))
        self._headers = {"accept-language": language, "origin": "http://testserver"}
        self._page = self._get("/")

    def say(self, says: str) -> str:
        """The text of the conversation on the next page, on one line; a label on the page is its button."""
        choice = next((value for label, value in reversed(self._page.buttons) if label == says), None)
        form = {"token": self._page.fields["token"], "id": self._page.fields["id"]}
        form |= {"choice": choice} if choice is not None else {"text": says}
        answer = self._client.post("/say", data=form, headers=self._headers)
        assert answer.status_code in (200, 303), answer.status_code  # 200: the goodbye after an erasure
        self._page = self._get("/") if answer.status_code == 303 else Page(answer.text)
        return self._page.talk

    def _get(self, path: str) -> "Page":
        return Page(self._client.get(path, headers=self._headers).text)


class Page(HTMLParser):
    """A page of the web chat: hidden fields, buttons as (label, value), and the words of the conversation."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.buttons: list[tuple[str, str]] = []
        self._words: list[str] = []
        self._value: str | None = None
        self._label = ""
        self._in_talk = False
        self.feed(html)

    @property
    def talk(self) -> str:
        """Everything between the heading and the footer, white space folded."""
        return folded("".join(self._words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in INLINE:
            self._words.append(" ")
        if tag == "input" and given.get("name"):
            self.fields[given["name"] or ""] = given.get("value") or ""
        if tag == "button" and given.get("name") == "choice":
            self._value, self._label = given.get("value"), ""
        if given.get("id") == "talk":
            self._in_talk = True
        if tag == "footer":
            self._in_talk = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self._value is not None:
            self.buttons.append((folded(self._label), self._value))
            self._value = None

    def handle_data(self, data: str) -> None:
        self._label += data
        if self._in_talk:
            self._words.append(data)


def make_app(house: House, bots: Bots | None = None) -> Starlette:
    """The whole web door on this house."""
    pages, bot = house.towns[TOWN].municipality.pages, partial(house.bot, TOWN, TELEGRAM)
    town = WebTown(id=TOWN, name="Erlenfels (Taunus)", pages=pages, bot=bot)
    wording = house.towns[TOWN].script.wording
    return web_app(
        NewcomerDesk(house),
        GuideDesks(
            team=TeamDesk(house),
            entry=TeamEntry(house),
            appointments=Appointments(house),
            reach=TeamReach(house),
            catalogue=CatalogueDesk(house),
            sheet=SheetDesk(house),
            checks=OfferChecks(house),
            questions=OfferQuestions(house),
            gaps=Gaps(house),
        ),
        wording,
        [town],
        WebSettings(secret=house.secret),
        bots,
    )


def folded(text: str) -> str:
    """The text with white space folded and without the marks that keep Latin words in place."""
    return " ".join(re.sub("[\u2066-\u2069]", "", text).split())


def message_of(says: str, shown: Sequence[Rendered], message_id: str) -> Message:
    """A tap if `says` is the label of something shown (the last of that name), a voice message, else text."""
    if says in MEDIA:
        return Message(id=message_id, media=MEDIA[says])
    for reply in reversed(shown):
        for button in reply.buttons:
            if button.label == says:
                return Message(id=message_id, choice=button.id)
    return Message(id=message_id, text=says)


def readable(rendered: Sequence[Rendered]) -> list[str]:
    """Everything a person can read in these replies, in order: lines of text, then labels."""
    lines: list[str] = []
    for reply in rendered:
        lines += [line.strip() for line in reply.as_text().splitlines() if line.strip()]
        lines += [button.label for button in reply.buttons]
    return lines
