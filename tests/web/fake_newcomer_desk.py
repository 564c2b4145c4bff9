"""A newcomer's desk with a handful of screens and no rules; it shows whatever the last message asked for."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from bot.cards import CardView, Line
from bot.newcomer_turn import GUEST, KNOWN
from bot.newcomer_views import LetterView, Received, View
from bot.rendering import Button, Rendered
from dialogs.messages import Message
from tests.web.fake_texts import RIGHT_TO_LEFT

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NAMES = {"de": "Deutsch", "en": "English", "ar": "العربية", "uk": "Українська"}
SHOWN = tomllib.loads(Path(__file__).with_name("screens.toml").read_text(encoding="utf-8"))


def card(language: str) -> CardView:
    words = SHOWN["card"][language]
    street = "Marktplatz 1, 36999 Erlenfels"
    lines = (
        Line(kind="why", label="", text=words["why"]),
        Line(kind="cost", label=words["cost"], text=words["free"]),
        Line(
            kind="address",
            label=words["address"],
            text=street,
            href="https://www.openstreetmap.org/?mlat=50.9",
        ),
        Line(kind="phone", label=words["phone"], text="06600 12345", href="tel:+49660012345"),
        Line(kind="hours", label=words["hours"], text=words["now_open"]),
        Line(kind="register", label=words["register"], text=words["walk_in"]),
        Line(kind="bring", label=words["bring"], text=words["paper"]),
        Line(kind="checked", label=words["checked"], text=words["on"]),
    )
    side = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return CardView(
        offer="course",
        title=words["title"],
        organization="Volkshochschule Erlenfels",
        lines=lines,
        language=language,
        direction=side,
    )


class Broken(RuntimeError):
    """What a desk raises when its storage is gone."""


class FakeNewcomerDesk:
    """Remembers per address the screen, the language and the letters."""

    def __init__(self) -> None:
        self.screens: dict[str, str] = {}
        self.chosen: dict[str, str] = {}
        self.letters: dict[str, tuple[LetterView, ...]] = {}
        self.seen: list[Message] = []
        self.codes: dict[str, str] = {}
        self.forgotten: list[str] = []
        self.looked_at: list[str] = []
        self.broken = False
        self.unforgetting = False
        self.blind = False

    def languages(self) -> tuple[tuple[str, str, str], ...]:
        return tuple((code, name, "rtl" if code in RIGHT_TO_LEFT else "ltr") for code, name in NAMES.items())

    def is_cry(self, town: str, text: str, language: str) -> bool:
        self.looked_at.append(text)
        return text == "Hilfe!"

    def look(self, town: str, door: str, address: str | None, language: str) -> View:
        if self.blind:
            raise Broken
        known = address if address in self.screens else None
        language = self.chosen.get(known, language) if known else language
        return self.view(
            self.screens[known] if known else "first", language, self.letters.get(known or "", ())
        )

    def view(self, screen: str, language: str, letters: tuple[LetterView, ...] = ()) -> View:
        side = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        words = language if language in SHOWN["commands"] else "de"
        commands = tuple(Button(id=id_, label=label) for id_, label in SHOWN["commands"][words]["buttons"])
        return View(
            language=language,
            direction=side,
            owner="guide" if screen == "guide" else "bot",
            rendered=()
            if screen == "guide"
            else self._rendered(screen, words, "rtl" if words == "ar" else "ltr"),
            letters=letters,
            waiting=screen == "waiting",
            commands=commands,
        )

    def _rendered(self, screen: str, language: str, side: str) -> tuple[Rendered, ...]:
        if screen == "card":
            shown = card(language)
            return (
                Rendered(
                    key="offers.card",
                    text=shown.title,
                    buttons=(),
                    card=shown,
                    language=language,
                    direction=side,
                ),
            )
        screens = SHOWN["screens"]
        text, rows = screens.get(screen, screens["needs"])[language].values()
        buttons = tuple(
            Button(
                id=id_,
                label=label,
                ticked={"tick": False, "ticked": True}.get(style),
                style="" if "tick" in style else style,
                icon=SHOWN["pictures"].get(label, ""),
            )
            for id_, label, style in rows
        )
        key = "emergency.card.general" if screen == "emergency" else f"intake.{screen}"
        progress = (3, 13) if screen in {"needs", "ticks"} else None
        return (
            Rendered(
                key=key,
                text=text,
                buttons=buttons,
                progress=progress,
                language=language,
                direction=side,
            ),
        )

    async def receive(
        self, town: str, door: str, address: str | None, message: Message, language: str
    ) -> Received:
        if self.broken:
            raise Broken
        address = address or GUEST + message.id
        if all(message.id != seen.id for seen in self.seen):
            self.seen.append(message)
            self._apply(address, message)
        self.chosen.setdefault(address, language)
        if message.choice == "r.consent:yes":
            address = self._moved(address, KNOWN + address)
        view = self.look(town, door, address, language)
        erased = message.choice == "r.erase:yes"
        if erased:
            self.screens.pop(address, None)
        return Received(view=view, address=address, kept=not erased, replies=view.rendered)

    def _moved(self, old: str, new: str) -> str:
        self.screens[new] = self.screens.pop(old)
        self.chosen[new] = self.chosen.pop(old)
        return new

    def _apply(self, address: str, message: Message) -> None:
        choice = message.choice or ""
        if choice.startswith("/language "):
            self.chosen[address] = choice[10:]
        if message.text and self.screens.get(address) == "guide":
            letter = LetterView(author="newcomer", text=message.text, at=AT)
            self.letters[address] = (*self.letters.get(address, ()), letter)
            return
        after = {
            "r.erase:yes": "goodbye",
            "/emergency": "emergency",
            "/human": "guide",
            "r.need:unknown": "ticks",
        }
        self.screens[address] = after.get(choice, "card" if choice.startswith("r.need:") else "needs")

    async def forget(self, town: str, door: str, address: str) -> None:
        if self.unforgetting:
            raise Broken
        self.screens.pop(address, None)
        self.forgotten.append(address)

    async def resume(self, town: str, code: str, bucket: str) -> str | None:
        return self.codes.pop(code, None)

    async def resume_code(self, town: str, address: str) -> str:
        code = f"code{len(self.codes)}abcdefghijkl"
        self.codes[code] = address
        return code if address.startswith(KNOWN) else ""
