"""Days, times, money and names of languages as a language writes them; clocks run in Berlin."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency

from catalog.hours import BERLIN

FALLBACK = "en"
COMMAS = dict.fromkeys(("ar", "fa", "ps", "ur", "ckb"), "\u060c ")
NEAR = timedelta(days=6)  # up to here the weekday alone tells which day is meant
FEW_DAYS = 4096  # cards name few days, again and again; Babel takes longer for one than the rest of its card


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The locale of a code of ours; English for one that Babel does not know."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK)


def time(at: datetime) -> str:
    """The same in every language, as it stands on German doors."""
    return f"{at.astimezone(BERLIN):%H:%M}"


def moment(at: datetime, now: datetime, language: str) -> str:
    """Weekday and time; further away than a week also the day, and the year if it is another."""
    near, on = at - now <= NEAR, at.astimezone(BERLIN).date()
    days = [_weekday(on, language)] if near else [_weekday(on, language), day(on, language)]
    return listed([*days, time(at)], language)


def listed(parts: Iterable[str], language: str) -> str:
    """One after the other, with the comma of the language's script."""
    return COMMAS.get(locale_of(language).language, ", ").join(parts)


@lru_cache(maxsize=FEW_DAYS)
def day(on: date, language: str) -> str:
    return _ascii(format_date(on, "long", locale=locale_of(language)))


def money(amount: float, language: str) -> str:
    pattern = "#,##0\u00a0¤" if amount == int(amount) else "#,##0.00\u00a0¤"
    text = format_currency(amount, "EUR", pattern, locale=locale_of(language), currency_digits=False)
    return _ascii(text)


def names_of(languages: Iterable[str], language: str) -> list[str]:
    """Names of languages in a language, in the order given; an unknown code stays as it is."""
    return [_name_of(code, language) for code in languages]


@lru_cache(maxsize=4096)
def _name_of(code: str, language: str) -> str:
    names = locale_of(language).languages
    return str(names.get(code) or names.get(code.partition("_")[0]) or code)


@lru_cache(maxsize=FEW_DAYS)
def _weekday(on: date, language: str) -> str:
    return str(format_date(on, "EEEE", locale=locale_of(language)))


def _ascii(text: str) -> str:
    """Digits as they stand on German signs and letters."""
    return "".join(str(int(character)) if character.isdecimal() else character for character in text)
