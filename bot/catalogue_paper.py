"""A card for a sheet of paper: the hours of the whole week instead of what is true just now."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from babel.dates import format_date

from bot.card_words import day, listed, locale_of, time
from bot.cards import CardView, Line
from bot.town_script import TownScript
from catalog.hours import BERLIN, Hours
from catalog.hours_week import END_OF_DAY, MIDNIGHT, SPANS, Span, Week, runs, week_of
from catalog.offer import Offer

ONLY_NOW = frozenset({"why", "places"})
"""What a card says to one person at one moment."""

TIMES_TOLD = 3
"""Of single dates the next ones."""

MONDAY = date(2026, 11, 23)
"""Any: names of weekdays are those of the days from here on."""


def on_paper(offer: Offer, view: CardView, script: TownScript, now: datetime) -> CardView:
    lines = (
        _line(offer, line, view.language, script, now) for line in view.lines if line.kind not in ONLY_NOW
    )
    return replace(view, lines=tuple(line for line in lines if line.text))


def _line(offer: Offer, line: Line, language: str, script: TownScript, now: datetime) -> Line:
    if line.kind != "hours" or not offer.opening_hours:
        return line
    said = list(_hours(offer.opening_hours, language, script, now))
    if offer.valid_from is not None and offer.valid_from > now.astimezone(BERLIN).date():
        said = [line.text, *said]
    return replace(line, text="\n".join(said))


def _hours(text: str, language: str, script: TownScript, now: datetime) -> Iterator[str]:
    hours, week = Hours.parse(text), week_of(text)
    if hours.always_open:
        yield script.text("card.hours.always", language)
    elif week is not None:
        yield from _week(week, language, script)
    else:
        yield from _dates(hours, language, now)
        if hours.by_arrangement(now):
            yield script.text("card.hours.arranged", language)


def _week(week: Week, language: str, script: TownScript) -> Iterator[str]:
    for spans in dict.fromkeys(found for found in week.days if found):
        days = [number for number, found in enumerate(week.days) if found == spans]
        yield f"{listed(_named(days, language), language)}: {listed(map(_span, spans), language)}"
    if week.closed_on_holidays:
        yield script.text("sheet.not_on_holidays", language)
    if week.closed_in_school_holidays:
        yield script.text("sheet.not_in_school_holidays", language)


def _named(days: Sequence[int], language: str) -> Iterator[str]:
    for run in runs(days):
        names = [_weekday(number, language) for number in run]
        yield from [f"{names[0]}–{names[-1]}"] if len(names) > SPANS else names


def _weekday(number: int, language: str) -> str:
    name: str = format_date(MONDAY + timedelta(days=number), "EEE", locale=locale_of(language))
    return name.rstrip(".")


def _span(span: Span) -> str:
    return f"\u2066{span[0]}–{END_OF_DAY if span[1] == MIDNIGHT else span[1]}\u2069"


def _dates(hours: Hours, language: str, now: datetime) -> Iterator[str]:
    at: datetime | None = now
    for _ in range(TIMES_TOLD):
        at = hours.next_opening(at) if at is not None else None
        if at is None:
            return
        closing = hours.next_closing(at)
        until = f"–{time(closing)}" if closing is not None else ""
        yield f"{day(at.astimezone(BERLIN).date(), language)}: \u2066{time(at)}{until}\u2069"
