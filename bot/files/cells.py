"""How a value stands in a cell of a spreadsheet, and back; it knows no columns and no file."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Protocol

from babel import Locale

from bot.offer_labels import FORMER, LABELS
from casework.days import day_from
from catalog.hours import Hours, HoursError
from catalog.hours_text import rules_of
from catalog.normalise import MAX_LENGTH, clean
from catalog.row import did_you_mean

Shown = str | int | float | dt.date
"""What is written into a cell; an empty text is an empty cell."""

LONGEST = 20_000  # characters of a cell that is a list
_ITEMS = re.compile(r"[\n;,]")
_LINES = re.compile(r"[\n;]")
_CODE = re.compile(r"\[([\w.\-]{1,64})\]\s*$")
_FORMULA_LIKE = re.compile(r"'*[=+\-@\t]")
_TIMED = re.compile(r"\d:\d|\boff\b")
_YES = {"ja", "x", "yes", "wahr", "true", "1"}
_NO = {"nein", "no", "falsch", "false", "0", "-", "–"}
NOTHING = "–"  # an empty list, where an empty cell would stand for the usual one


class CellError(Exception):
    """What stands in a cell cannot be meant; the text says what to write instead."""


class Form(Protocol):
    """One kind of cell. `read` is given text that is not empty and raises CellError."""

    def read(self, text: str) -> Any: ...

    def write(self, value: Any) -> Shown: ...

    @property
    def choices(self) -> tuple[str, ...]:
        """What a drop-down offers; empty if anything may be written."""


@dataclass(frozen=True, slots=True)
class Text:
    choices: tuple[str, ...] = ()

    def read(self, text: str) -> str:
        return _within(text, MAX_LENGTH)

    def write(self, value: str) -> Shown:
        return value


@dataclass(frozen=True, slots=True)
class PostalCode(Text):
    def read(self, text: str) -> str:
        # a spreadsheet takes it for a number and drops the zero in front
        return text.zfill(5) if text.isascii() and text.isdigit() else _within(text, MAX_LENGTH)


@dataclass(frozen=True, slots=True)
class Day:
    choices: tuple[str, ...] = ()

    def read(self, text: str) -> dt.date:
        day = day_from(text)
        if day is None:
            raise CellError(f"'{text[:40]}' is no date. Write it as 23.11.2026.")
        return day

    def write(self, value: dt.date) -> Shown:
        return value


@dataclass(frozen=True, slots=True)
class Times(Text):
    """Opening hours; German names of days and the like are taken as the form that is kept."""

    def read(self, text: str) -> str:
        try:
            return Hours.parse(_within(text, MAX_LENGTH)).text
        except HoursError as error:
            # what would close hours unnoticed is the catalogue's to tell; days without times would be all day
            clear = error.closes is None and all(map(_TIMED.search, rules_of(error.better)))
            return error.better if error.better and clear else text


@dataclass(frozen=True, slots=True)
class Number:
    choices: tuple[str, ...] = ()

    def read(self, text: str) -> float:
        plain = text.removesuffix("€").removesuffix("Euro").strip().replace(",", ".")
        if not re.fullmatch(r"\d{1,9}(?:\.\d{1,6})?", plain, re.ASCII):
            raise CellError(f"'{text[:40]}' is no number. Write digits only, such as 12 or 12,50.")
        return float(plain) if "." in plain else int(plain)

    def write(self, value: float) -> Shown:
        return int(value) if value == int(value) else value


@dataclass(frozen=True, slots=True)
class Flag:
    choices: tuple[str, ...] = ("ja", "nein")

    def read(self, text: str) -> bool:
        if text.casefold() in _YES:
            return True
        if text.casefold() in _NO:
            return False
        raise CellError(f"'{text[:40]}' is not possible here. Write ja or nein.")

    def write(self, value: bool) -> Shown:
        return "ja" if value else "nein"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One member of a closed list, by its German label."""

    kind: type[StrEnum]

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(LABELS[self.kind].values())

    def read(self, text: str) -> str:
        return _member(self.kind, text)

    def write(self, value: str) -> Shown:
        return LABELS[self.kind][self.kind(value)]


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Several members of a closed list; a drop-down can offer one only, so it offers none."""

    kind: type[StrEnum]
    nothing: str = NOTHING
    choices: tuple[str, ...] = ()

    def read(self, text: str) -> list[str]:
        return [] if text == NOTHING else [_member(self.kind, item) for item in _split(_ITEMS, text)]

    def write(self, value: Iterable[str]) -> Shown:
        return ", ".join(LABELS[self.kind][self.kind(each)] for each in value) or self.nothing


@dataclass(frozen=True, slots=True)
class Coded:
    """A code that stands in brackets behind its label; the label alone does where it is clear."""

    labels: Mapping[str, str]

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(f"{label} [{code}]" for code, label in self.labels.items())

    def read(self, text: str) -> str:
        bracketed = _CODE.search(text)
        if bracketed:
            self._check_label(text[: bracketed.start()].strip(), bracketed[1])
            return bracketed[1]
        wanted = text.casefold()
        found = [code for code, label in self.labels.items() if wanted in (code, label.casefold())]
        if len(found) == 1:
            return found[0]
        near = [f"{self.labels[code]} [{code}]" for code in found]
        hint = f" Write one of: {', '.join(near)}." if near else did_you_mean(text, self.labels.values())
        raise CellError(f"'{text[:80]}' is not clear.{hint or ' Choose from the list in the template.'}")

    def _check_label(self, label: str, code: str) -> None:
        """A label of no code is an older wording; one of another code was changed and the code forgotten."""
        meant = [one for one, its in self.labels.items() if its.casefold() == label.casefold()]
        if code in self.labels and meant and code not in meant:
            both = " or ".join(f"{self.labels[one]} [{one}]" for one in (meant[0], code))
            raise CellError(f"names one thing and has the code of another. Write {both}.")

    def write(self, value: str) -> Shown:
        return f"{self.labels[value]} [{value}]" if value in self.labels else value


@dataclass(frozen=True, slots=True)
class Needs(Coded):
    """One need to a cell; whoever writes several into one parts them by lines or semicolons."""

    def read(self, text: str) -> list[str]:  # type: ignore[override]
        return [Coded.read(self, item) for item in _split(_LINES, text)]


@dataclass(frozen=True, slots=True)
class Languages:
    choices: tuple[str, ...] = ()

    def read(self, text: str) -> list[str]:
        return [self._code(item) for item in _split(_ITEMS, text)]

    def write(self, value: Iterable[str]) -> Shown:
        names = _german_names()
        return ", ".join(f"{names[code]} [{code}]" if code in names else code for code in value)

    def _code(self, item: str) -> str:
        bracketed, names = _CODE.search(item), _german_names()
        if bracketed or item in names or re.fullmatch(r"[a-z]{2,3}(?:_\w+)?", item):
            return bracketed[1] if bracketed else item
        codes = {name.casefold(): code for code, name in names.items()}
        if item.casefold() in codes:
            return codes[item.casefold()]
        hint = did_you_mean(item, names.values()) or " Write its code, such as ar or uk."
        raise CellError(f"'{item[:40]}' is no language.{hint}")


@dataclass(frozen=True, slots=True)
class Lines:
    """Texts one to a line; a line that is empty keeps its place beside those of other languages."""

    choices: tuple[str, ...] = ()

    def read(self, text: str) -> list[str]:
        return [_within(line, MAX_LENGTH) for line in text.split("\n")]

    def write(self, value: Iterable[str]) -> Shown:
        return "\n".join(" ".join(line.split()) for line in value)


def guarded(text: str) -> str:
    """With an apostrophe in front if a spreadsheet could take the text for a formula."""
    return f"'{text}" if _FORMULA_LIKE.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and _FORMULA_LIKE.match(text[1:]) else text


def trimmed(text: str) -> str:
    """Without blanks around it; empty lines in front stay, as they hold places in a list."""
    return text.replace("\r\n", "\n").rstrip().lstrip(" \t\r\u00a0")


def as_text(value: object) -> str:
    """What a cell of a workbook says, as it would stand in a file of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _member(kind: type[StrEnum], text: str) -> str:
    labels, wanted = LABELS[kind], text.casefold()
    for member, label in labels.items():
        if wanted in (member.value, label.casefold()):
            return member.value
    former = FORMER.get(kind, {})
    for label, known in former.items():
        if wanted == label.casefold():
            return known.value
    hint = did_you_mean(text, [*labels.values(), *former]) or f" Use one of: {', '.join(labels.values())}."
    raise CellError(f"'{text[:40]}' is not possible here.{hint}")


def _split(separator: re.Pattern[str], text: str) -> list[str]:
    return [item for part in separator.split(text) if (item := part.strip())]


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise CellError(f"is too long ({len(text)} characters). Write at most {most}.")
    return clean(text)


@lru_cache(maxsize=1)
def _german_names() -> dict[str, str]:
    return {code: name for code, name in Locale.parse("de").languages.items() if len(code) < 4}
