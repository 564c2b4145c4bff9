"""Days, times, money and names of languages as a language writes them; clocks run in Berlin."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency

from catalog.hours import BERLIN

FALLBACK = "en"
COMMAS = dict.fromkeys(("ar", "fa", "ps", "ur", "ckb"), "\u060c ")
NEAR = timedelta(days=6)  # up to here the weekday alone tells which day is meant


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The locale of a code of ours; English for one that Babel does not know."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK)


def time(at: datetime, language: str) -> str:
    return _ascii(format_datetime(at.astimezone(BERLIN), "HH:mm", locale=locale_of(language)))


def moment(at: datetime, now: datetime, language: str) -> str:
    """Weekday and time; further away than a week also the day, and the year if it is another."""
    near = at - now <= NEAR
    local, locale = at.astimezone(BERLIN), locale_of(language)
    weekday = format_datetime(local, "EEEE", locale=locale)
    days = [weekday] if near else [weekday, day(local.date(), language)]
    return listed([*days, time(at, language)], language)


def listed(parts: Iterable[str], language: str) -> str:
    """One after the other, with the comma of the language's script."""
    return COMMAS.get(locale_of(language).language, ", ").join(parts)


def day(on: date, language: str) -> str:
    return _ascii(format_date(on, "long", locale=locale_of(language)))


def money(amount: float, language: str) -> str:
    pattern = "#,##0\u00a0¤" if amount == int(amount) else "#,##0.00\u00a0¤"
    text = format_currency(amount, "EUR", pattern, locale=locale_of(language), currency_digits=False)
    return _ascii(text)


def names_of(languages: Iterable[str], language: str) -> list[str]:
    """Names of languages in a language, in the order given; an unknown code stays as it is."""
    names = locale_of(language).languages
    return [str(names.get(code) or names.get(code.partition("_")[0]) or code) for code in languages]


def _ascii(text: str) -> str:
    """Digits as they stand on German signs and letters."""
    return "".join(str(int(character)) if character.isdecimal() else character for character in text)
