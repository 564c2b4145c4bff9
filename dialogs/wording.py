"""Text for a key in a language, read from the .po files; it decides nothing about what is said."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from gettext import c2py
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_skeleton, format_time, get_datetime_format
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from dialogs.messages import Args, ArgValue

SOURCE = "de"
"""German is the language the others are translated from."""

FALLBACK = ("en", SOURCE)
ISOLATE, POP = "\u2068", "\u2069"
"""Keep numbers, times and Latin names in place inside right-to-left text (UAX 9)."""

LTR = "\u2066"
_SPACED_NUMBER = re.compile(r"\+?\d+(?: \d+)+")

_REVIEWED_BY = re.compile(r'^"X-Safety-Texts-Reviewed-By:(.*)\\n"$', re.MULTILINE)

BERLIN = ZoneInfo("Europe/Berlin")
NAMES = {"fa": "دری / فارسی", "sr": "srpski / bosanski / hrvatski", "ku": "kurdî (kurmancî)"}
"""Own names that serve speakers of near languages better than Babel's."""


class WordingError(Exception):
    """A file of texts cannot be used. For its translator: `problems` names file, entry and remedy."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n  ".join([f"locales: {len(problems)} problem(s)", *problems]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: its texts (several forms where there is a plural), its plural rule and its locale."""

    code: str
    locale: Locale
    texts: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]
    reviewed_by: str
    """Who, as a native speaker, has read the consent and emergency texts; empty if nobody has."""
    direction: str = field(init=False)
    """`ltr` or `rtl`. Babel works it out anew each time, and every number asks for it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "direction", str(self.locale.text_direction))

    @property
    def name(self) -> str:
        """The language's name in itself."""
        return NAMES.get(self.code) or self.locale.get_language_name() or self.code


class Wording:
    """All texts in all languages; immutable after it is loaded."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        self._languages = dict(languages)
        self.languages = tuple(languages)

    def __getitem__(self, code: str) -> Language:
        """The language, or German if it is not offered."""
        return self._languages.get(code) or self._languages[SOURCE]

    def has(self, key: str, language: str) -> bool:
        """True if the language itself has the text."""
        return key in self[language].texts

    def direction(self, language: str) -> str:
        """`ltr` or `rtl`."""
        return self[language].direction

    def text(self, key: str, language: str, args: Args | None = None) -> str:
        """The text with its arguments put in; English, German or the key stand in for a missing one."""
        for code in (language, *FALLBACK):
            own = self._languages.get(code)
            forms = own.texts.get(key) if own is not None else None
            if own is not None and forms is not None:
                return self._fill(own, forms, args) if args or len(forms) > 1 else forms[0]
        return key

    def _fill(self, language: Language, forms: tuple[str, ...], args: Args | None) -> str:
        count = args.get("n", 0) if args else 0
        form = forms[language.plural(count)] if len(forms) > 1 and isinstance(count, int) else forms[0]
        if not args:
            return form
        return form.format_map({name: self._value(language, value) for name, value in args.items()})

    def _value(self, language: Language, value: ArgValue) -> str:
        if isinstance(value, tuple):
            return "\n".join(f"• {self._item(language, item)}" for item in value)
        if isinstance(value, int):
            return _isolated(str(value), language)
        return self._item(language, value)

    def _item(self, language: Language, item: str) -> str:
        if item.startswith("@"):
            first, *rest = (self._word(part, language) for part in item.split("|"))
            return f"{first}: {', '.join(rest)}" if rest else first
        return self._word(item, language)

    def _word(self, part: str, language: Language) -> str:
        if part.startswith("="):
            return _isolated(part[1:], language)
        if part.startswith("@"):
            return self.text(part[1:], language.code)
        if part.startswith("at:"):
            part = moment(datetime.fromisoformat(part[3:]), language.locale)
        return _isolated(part, language)


def moment(at: datetime, locale: Locale) -> str:
    """Weekday, day and time in Berlin as the language writes them; in ASCII digits, like the clocks here."""
    local = at.astimezone(BERLIN)
    day, time = format_skeleton("MMMEd", local, locale=locale), format_time(local, "HH:mm", locale=locale)
    # what stands between them is the language's own: a comma of its script, or a blank
    return _ascii_digits(str(get_datetime_format("medium", locale=locale)).format(time, day))


def load_wording(folder: Path) -> Wording:
    """Reads `<language>/LC_MESSAGES/messages.po` of every folder, German first. Raises WordingError."""
    problems: list[str] = []
    languages: dict[str, Language] = {}
    for path in sorted(
        folder.glob("*/LC_MESSAGES/messages.po"), key=lambda p: (p.parts[-3] != SOURCE, p.parts[-3])
    ):
        try:
            language = _read(path)
        except (PoFileError, ValueError, UnknownLocaleError) as error:
            problems.append(f"{path.parts[-3]}/messages.po: {error}. Mend the entry.")
            continue
        languages[language.code] = language
    if SOURCE not in languages and not problems:
        problems.append(f"no {SOURCE}/LC_MESSAGES/messages.po in {folder}. Point to the folder of the texts.")
    if problems:
        raise WordingError(problems)
    return Wording(languages)


def _read(path: Path) -> Language:
    code = path.parts[-3]
    with path.open("rb") as file:
        catalog = read_po(file, locale=code, abort_invalid=True)
    locale = Locale.parse(code)
    return Language(
        code=code,
        locale=locale,
        texts=dict(_texts(catalog, rtl=locale.text_direction == "rtl")),
        plural=_plural_rule(catalog),
        reviewed_by=_reviewer(path.read_text("utf-8")),
    )


def _texts(catalog: Catalog, *, rtl: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    for message in catalog:
        key = message.id[0] if isinstance(message.id, tuple | list) else message.id
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if key and all(forms):
            texts = (str(form) for form in forms)
            # without an isolate "116 016" reads "016 116" between Arabic words
            yield (
                str(key),
                tuple(_SPACED_NUMBER.sub(rf"{LTR}\g<0>{POP}", text) if rtl else text for text in texts),
            )


def _plural_rule(catalog: Catalog) -> Callable[[int], int]:
    # Babel's own header for Arabic orders the forms unlike GNU gettext; the header in the file decides.
    rule: Callable[[int], int] = c2py(catalog.plural_expr)
    return rule


def _reviewer(text: str) -> str:
    # Babel keeps only the headers that it knows.
    found = _REVIEWED_BY.search(text)
    return found[1].strip() if found else ""


def _isolated(text: str, language: Language) -> str:
    return f"{ISOLATE}{text}{POP}" if language.direction == "rtl" else text


def _ascii_digits(text: str) -> str:
    return "".join(str(int(char)) if char.isdigit() and char.isdecimal() else char for char in text)
