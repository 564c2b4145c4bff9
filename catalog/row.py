"""One entry of a catalogue file, field by field; it collects problems instead of stopping at the first."""

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from catalog.needs import Problem

E = TypeVar("E", bound=StrEnum)
MAX_TEXT = 2000  # characters of any text in a file


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProblem(Problem):
    """A problem in a table of rows: `row` as the table counts them from 1, `column` by its head, or empty."""

    row: int
    column: str = ""

    def __str__(self) -> str:
        column = self.column or self.field
        named = f', column "{column}"' if column else ""
        return f"{self.file}, row {self.row}{named}: {self.text}"


class Row:
    """Reads `raw`; each reader gives a usable value even after a problem, so that reading goes on."""

    def __init__(
        self, raw: Mapping[str, Any], *, file: str, entry: str, prefix: str = "", in_row: int = 0
    ) -> None:
        self.raw = raw
        self.file = file
        self.entry = entry
        self.prefix = prefix
        self.in_row = in_row
        self.problems: list[Problem] = []
        self._asked: set[str] = set()

    def problem(self, field: str, text: str) -> None:
        self.problems.append(self._problem(self.prefix + field, text))

    def text(self, field: str, *, required: bool = False) -> str:
        value = self._get(field, required=required)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > MAX_TEXT:
            self.problem(field, f"must be a text of at most {MAX_TEXT} characters.")
            return ""
        return value.strip()

    def texts(self, field: str, *, required: bool = False) -> dict[str, str]:
        """A text by language; a plain text is German."""
        return self._by_language(field, self._get(field, required=required))

    def many_texts(self, field: str) -> tuple[dict[str, str], ...]:
        return tuple(self._by_language(field, value) for value in self._list(field))

    def strings(self, field: str) -> tuple[str, ...]:
        values = self._list(field)
        if not all(isinstance(value, str) for value in values):
            self.problem(field, "must be a list of texts.")
            return ()
        return tuple(values)

    def flag(self, field: str) -> bool:
        value = self._get(field)
        if value is not None and not isinstance(value, bool):
            self.problem(field, "must be true or false, without quotes.")
        return value is True

    def number(self, field: str, *, most: float = 1_000_000) -> float | None:
        value = self._get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            self.problem(field, f"must be a number from 0 to {most:g}, without quotes.")
            return None
        return float(value)

    def whole(self, field: str, *, most: int = 1_000_000) -> int | None:
        value = self.number(field, most=most)
        if value is not None and value != int(value):
            self.problem(field, "must be a whole number.")
        return None if value is None else int(value)

    def date(self, field: str, *, required: bool = False) -> dt.date | None:
        value = self._get(field, required=required)
        day = _date(value) if isinstance(value, str) else value
        if value is None or (isinstance(day, dt.date) and not isinstance(day, dt.datetime)):
            return day
        self.problem(field, f"'{str(value)[:80]}' is no date. Write it as 2026-11-23.")
        return None

    def choice(self, field: str, kind: type[E], default: E | None = None) -> E | None:
        value = self._get(field, required=default is None)
        return default if value is None else self._member(field, kind, value) or default

    def optional(self, field: str, kind: type[E]) -> E | None:
        value = self._get(field)
        return None if value is None else self._member(field, kind, value)

    def choices(self, field: str, kind: type[E], default: tuple[E, ...] = ()) -> tuple[E, ...]:
        if field not in self.raw:
            return default
        members = (self._member(field, kind, value) for value in self._list(field))
        return tuple(member for member in members if member is not None)

    def table(self, field: str) -> "Row | None":
        """A table inside the entry; its problems land in this row's list."""
        value = self._get(field)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.problem(field, "must be a table such as { key = value }.")
            return None
        inner = Row(
            value, file=self.file, entry=self.entry, prefix=f"{self.prefix}{field}.", in_row=self.in_row
        )
        inner.problems = self.problems
        return inner

    def required_table(self, field: str) -> "Row":
        """As `table`, but a missing one is a problem and reads as empty."""
        inner = self.table(field)
        if inner is None:
            self.problem(field, f"is missing. Add a table [{field}].")
        return inner or Row({}, file=self.file, entry=self.entry)

    def refuse_unknown(self) -> None:
        """To be called last: fields of the file that nothing has asked for."""
        for field in self.raw.keys() - self._asked:
            self.problem(field, f"there is no such field.{did_you_mean(field, self._asked)}")

    def _problem(self, field: str, text: str) -> Problem:
        if self.in_row:
            return CellProblem(file=self.file, entry=self.entry, field=field, text=text, row=self.in_row)
        return Problem(file=self.file, entry=self.entry, field=field, text=text)

    def _get(self, field: str, *, required: bool = False) -> Any:
        self._asked.add(field)
        value = self.raw.get(field)
        if required and value in (None, "", {}, []):
            self.problem(field, "is missing. Write it.")
            return None
        return value

    def _list(self, field: str) -> list[Any]:
        value = self._get(field)
        if value is None or isinstance(value, list):
            return value or []
        self.problem(field, 'must be a list such as ["a", "b"].')
        return []

    def _by_language(self, field: str, value: Any) -> dict[str, str]:
        if value is None:
            return {}
        texts = {"de": value} if isinstance(value, str) else value
        if not isinstance(texts, Mapping) or not all(isinstance(text, str) for text in texts.values()):
            self.problem(field, 'must be a text, or texts by language: { de = "...", en = "..." }.')
            return {}
        if "de" not in texts:
            self.problem(field, "has no German text. Add 'de'.")
        return {language: text.strip() for language, text in texts.items()}

    def _member(self, field: str, kind: type[E], value: Any) -> E | None:
        allowed = [member.value for member in kind]
        if value in allowed:
            return kind(value)
        hint = did_you_mean(str(value), allowed) or f" Use one of: {', '.join(allowed)}."
        self.problem(field, f"'{value}' is not possible here.{hint}")
        return None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint with a leading blank, empty if nothing comes near."""
    near = difflib.get_close_matches(word[:80], sorted(known), n=1)
    return f" Did you mean '{near[0]}'?" if near else ""


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
