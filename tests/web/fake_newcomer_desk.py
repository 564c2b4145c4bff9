"""A newcomer's desk with a handful of screens and no rules; it shows whatever the last message asked for."""

from datetime import UTC, datetime

from dialogs.messages import Message
from tests.web.fake_texts import RIGHT_TO_LEFT
from tests.web.shapes import Button, CardView, LetterView, Line, Received, Rendered, View

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NAMES = {"de": "Deutsch", "en": "English", "ar": "العربية", "uk": "Українська"}
SCREENS: dict[str, dict[str, tuple[str, tuple[tuple[str, str, str], ...]]]] = {
    "first": {
        "de": (
            "Willkommen! Ich zeige Ihnen Hilfe in Erlenfels.\n\nIch bin ein Programm der Stadt. Alles ist freiwillig.",
            (
                ("/language de", "Deutsch", ""),
                ("r.start:reading", "Lesen ist schwer für mich", "picture"),
                ("r.start:go", "Hilfe finden", ""),
                ("r.start:info", "Nur Infos, nichts speichern", "skip"),
            ),
        ),
        "ar": (
            "أهلًا بك! أعرض لك المساعدة في إرلنفلس.\n\nأنا برنامج من المدينة. كل شيء طوعي.",
            (
                ("/language ar", "العربية", ""),
                ("r.start:reading", "القراءة صعبة عليّ", "picture"),
                ("r.start:go", "أبحث عن مساعدة", ""),
                ("r.start:info", "معلومات فقط، دون حفظ أي شيء", "skip"),
            ),
        ),
    },
    "needs": {
        "de": (
            "Was brauchen Sie? Tippen oder schreiben Sie.",
            tuple(
                (f"r.need:{n}", n, "")
                for n in ("Deutsch lernen", "Arbeit", "Wohnung", "Kinder", "Arzt", "Geld")
            )
            + (
                ("r.need:unknown", "Ich weiß nicht", "skip"),
                ("/human", "Mit einem Menschen sprechen", "person"),
            ),
        ),
        "ar": (
            "ماذا تحتاج؟ اضغط أو اكتب.",
            tuple(
                (f"r.need:{n}", n, "")
                for n in ("تعلّم الألمانية", "العمل", "السكن", "الأطفال", "الطبيب", "المال")
            )
            + (("r.need:unknown", "لا أعرف", "skip"), ("/human", "أريد شخصًا", "person")),
        ),
    },
    "ticks": {
        "de": (
            "Was macht es schwer, zu Angeboten zu gehen?",
            (
                ("r.b:set:child", "Kinderbetreuung", "tick"),
                ("r.b:set:bus", "Weg oder Bus", "ticked"),
                ("r.b:set:money", "Geld", "tick"),
                ("r.b:done", "Fertig", "done"),
                ("r.b:skip", "Überspringen", "skip"),
            ),
        ),
        "ar": (
            "ما الذي يصعّب عليك الذهاب إلى العروض؟",
            (
                ("r.b:set:child", "رعاية الأطفال", "tick"),
                ("r.b:set:bus", "الطريق أو الحافلة", "ticked"),
                ("r.b:done", "تم", "done"),
                ("r.b:skip", "تخطّي", "skip"),
            ),
        ),
    },
    "emergency": {
        "de": (
            "Feuer, Unfall, lebensgefährlich krank: 112\nPolizei: 110\n\nGewalt gegen Frauen: 116 016, Tag und Nacht, kostenlos",
            (("/human", "Mit einem Menschen sprechen", "person"),),
        ),
        "ar": (
            "حريق، حادث، خطر على الحياة: 112\nالشرطة: 110\n\nالعنف ضد النساء: 116 016، ليلًا ونهارًا، مجانًا",
            (("/human", "أريد شخصًا", "person"),),
        ),
    },
}
PICTURES = {
    "Deutsch lernen": "🗣️",
    "Arbeit": "💼",
    "Wohnung": "🏠",
    "Kinder": "👪",
    "Arzt": "🩺",
    "Geld": "💶",
}
COMMANDS = {
    "de": (("/emergency", "🆘 Notfall"), ("/human", "Mensch"), ("/back", "Zurück"), ("/mydata", "Meine Daten"), ("/delete", "Löschen"), ("/help", "Hilfe")),
    "ar": (("/emergency", "🆘 طوارئ"), ("/human", "شخص"), ("/back", "رجوع"), ("/mydata", "بياناتي"), ("/delete", "حذف"), ("/help", "مساعدة")),
}  # fmt: skip
CARD = {
    "de": ("Erstorientierungskurs", "passt zu: Deutsch lernen · in Ihrer Nähe", "Kosten", "Adresse", "Telefon", "Geöffnet", "Anmelden", "Mitbringen", "Geprüft", "kostenlos", "Jetzt offen, bis 16:00 Uhr", "Einfach hingehen", "Ihren Ausweis", "am 02.11.2026"),
    "ar": ("دورة التوجيه الأولى", "مناسب لـ: تعلّم الألمانية · قريب منك", "التكلفة", "العنوان", "الهاتف", "الدوام", "التسجيل", "أحضر معك", "تم التحقق", "مجانًا", "مفتوح الآن حتى 16:00", "تعال بدون موعد", "بطاقة الهوية", "في 02.11.2026"),
}  # fmt: skip


def card(language: str) -> CardView:
    title, why, cost, address, phone, hours, register, bring, checked, *texts = CARD[language]
    free, now_open, walk_in, paper, on = texts
    street = "Marktplatz 1, 36999 Erlenfels"
    lines = (
        Line(kind="why", label="", text=why),
        Line(kind="cost", label=cost, text=free),
        Line(
            kind="address",
            label=address,
            text=street,
            href="https://www.openstreetmap.org/?mlat=50.9&mlon=9.4",
        ),
        Line(kind="phone", label=phone, text="06600 12345", href="tel:+49660012345"),
        Line(kind="hours", label=hours, text=now_open),
        Line(kind="register", label=register, text=walk_in),
        Line(kind="bring", label=bring, text=paper),
        Line(kind="checked", label=checked, text=on),
    )
    side = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return CardView(
        offer="course",
        title=title,
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
        self.broken = False

    def languages(self) -> tuple[tuple[str, str, str], ...]:
        return tuple((code, name, "rtl" if code in RIGHT_TO_LEFT else "ltr") for code, name in NAMES.items())

    def look(self, town: str, door: str, address: str | None, language: str) -> View:
        known = address if address in self.screens else None
        language = self.chosen.get(known, language) if known else language
        return self.view(
            self.screens[known] if known else "first", language, self.letters.get(known or "", ())
        )

    def view(self, screen: str, language: str, letters: tuple[LetterView, ...] = ()) -> View:
        side = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        words = language if language in COMMANDS else "de"
        commands = tuple(Button(id=id_, label=label) for id_, label in COMMANDS[words])
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
                Rendered(key="offers.card", text=shown.title, card=shown, language=language, direction=side),
            )
        text, rows = SCREENS.get(screen, SCREENS["needs"])[language]
        buttons = tuple(
            Button(
                id=id_,
                label=label,
                ticked={"tick": False, "ticked": True}.get(style),
                style="" if "tick" in style else style,
                icon=PICTURES.get(label, ""),
            )
            for id_, label, style in rows
        )
        key = "emergency.card.general" if screen == "emergency" else f"intake.{screen}"
        progress = (3, 13) if screen in {"needs", "ticks"} else None
        return (
            Rendered(
                key=key, text=text, buttons=buttons, progress=progress, language=language, direction=side
            ),
        )

    async def receive(
        self, town: str, door: str, address: str | None, message: Message, language: str
    ) -> Received:
        if self.broken:
            raise Broken
        address = address if address in self.screens else f"guest-{len(self.screens)}"
        if all(message.id != seen.id for seen in self.seen):
            self.seen.append(message)
            self._apply(address, message)
        self.chosen.setdefault(address, language)
        return Received(
            view=self.look(town, door, address, language),
            address=address,
            kept="consent" in str(message.choice),
        )

    def _apply(self, address: str, message: Message) -> None:
        choice = message.choice or ""
        if choice.startswith("/language "):
            self.chosen[address] = choice[10:]
        if message.text and self.screens.get(address) == "guide":
            letter = LetterView(author="newcomer", text=message.text, at=AT)
            self.letters[address] = (*self.letters.get(address, ()), letter)
            return
        after = {"/emergency": "emergency", "/human": "guide", "r.need:unknown": "ticks"}
        self.screens[address] = after.get(choice, "card" if choice.startswith("r.need:") else "needs")

    async def resume(self, town: str, code: str, bucket: str) -> str | None:
        return self.codes.pop(code, None)

    async def resume_code(self, town: str, address: str) -> str:
        code = f"code{len(self.codes)}abcdefghijkl"
        self.codes[code] = address
        return code
