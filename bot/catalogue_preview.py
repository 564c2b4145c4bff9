"""An entry as a newcomer sees it, before or after it is saved: card, week, and which texts stand in."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.cards import CardView, card
from bot.catalogue_words import FIELDS, WEEKDAYS, language_name
from bot.town_script import TownScript
from catalog.hours import BERLIN, Day, Hours
from catalog.matching import Facts, Match, best_offers, guide_of, is_too_old
from catalog.offer import Offer, Status, Texts
from dialogs.wording import SOURCE

SEEN_INSTEAD = "en"
"""What a card falls back to before German."""

UNSEEN = {
    Status.INACTIVE: "Der Eintrag ist eingestellt.",
    Status.DRAFT: "Der Eintrag ist ein Entwurf, den noch niemand freigegeben hat.",
}

CLOSED = "Bei der letzten Prüfung hieß es, dass es das Angebot nicht mehr gibt."


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """A day of the week to come, in German."""

    day: str
    hours: str
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Languages without a text of their own, and what people read there instead; in German."""

    field: str
    languages: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """`unseen`: why nobody is shown the entry at the moment, empty if it is shown."""

    card: CardView
    week: tuple[DayLine, ...]
    unseen: str
    stand_ins: tuple[StandIn, ...]


def preview_of(
    offer: Offer, language: str, script: TownScript, now: dt.datetime, *, closed: bool = False
) -> Preview:
    """Of an offer with the day of its last check. `closed`: a check says that it is gone."""
    match = None if closed else match_of(offer, language, script, now)
    shown = match or _as_if_found(offer)
    return Preview(
        card=card(offer, shown, language, script.wording, now),
        week=week_of_hours(offer.opening_hours, now) if offer.opening_hours else (),
        unseen="" if match is not None else CLOSED if closed else _why_unseen(offer, now),
        stand_ins=tuple(stand_ins(offer, script.languages)),
    )


def match_of(offer: Offer, language: str, script: TownScript, now: dt.datetime) -> Match | None:
    """The entry as it is found by somebody of whom nothing is known; None if it is shown to nobody."""
    if offer.is_the_guide:
        return guide_of((offer,), _first_need(offer), language, now)
    for need in offer.needs:
        for match in best_offers((offer,), need, Facts(), language, now, script.taxonomy):
            return match
    return None


def _as_if_found(offer: Offer) -> Match:
    """A card without a need, such as that of a draft, has no line that names one."""
    reasons = ("also_helps",) if offer.needs else ()
    return Match(offer=offer, need=_first_need(offer), score=0.0, reasons=reasons)


def _first_need(offer: Offer) -> str:
    return next(iter(offer.needs), "")


def week_of_hours(text: str, now: dt.datetime) -> tuple[DayLine, ...]:
    """The seven days from today; also of hours that would close more than is meant, to show it."""
    return tuple(_day(day) for day in Hours(text).week_preview(now))


def _day(day: Day) -> DayLine:
    name = f"{WEEKDAYS[day.date.weekday()]}, {day.date:%d.%m.}"
    spans = ", ".join(f"{start:%H:%M}–{_end(end)}" for start, end in day.spans)
    arranged = "nach Absprache" if day.by_arrangement else ""
    said = ", ".join(part for part in (spans, arranged) if part)
    return DayLine(day=name, hours=said or "geschlossen", closed=not said)


def _end(end: dt.time) -> str:
    return "24:00" if end == dt.time() else f"{end:%H:%M}"


def stand_ins(offer: Offer, languages: Sequence[str]) -> Iterator[StandIn]:
    """Field by field, for the languages that the town offers."""
    for name, texts in _texts(offer):
        missing = [code for code in languages if code != SOURCE and not texts.get(code)]
        if texts and missing:
            instead = SEEN_INSTEAD if texts.get(SEEN_INSTEAD) and name != "name" else SOURCE
            yield StandIn(
                field=FIELDS[name],
                languages=", ".join(map(language_name, missing)),
                instead=language_name(instead),
            )


def _texts(offer: Offer) -> Iterator[tuple[str, Texts]]:
    yield "name", offer.name
    yield "description", offer.description
    yield "eligibility_description", offer.eligibility_description
    yield "schedule_description", offer.schedule_description
    yield "application_process", offer.application_process
    yield "cost", offer.cost.fees_description
    papers = offer.required_documents
    said_by_all = {
        code: "x" for texts in papers for code in texts if all(other.get(code) for other in papers)
    }
    yield "required_documents", said_by_all


def _why_unseen(offer: Offer, now: dt.datetime) -> str:
    today = now.astimezone(BERLIN).date()
    if offer.status in UNSEEN:
        return UNSEEN[offer.status]
    if offer.valid_to is not None and offer.valid_to < today:
        return f"Der Eintrag galt nur bis {offer.valid_to:%d.%m.%Y}."
    if offer.opening_hours and Hours.parse(offer.opening_hours).over(now):
        return "Alle Tage, die als Öffnungszeit dastehen, sind vorbei."
    if is_too_old(offer, now):
        return "Seit mehr als einem Jahr hat niemand die Angaben geprüft."
    if not offer.needs:
        return "Beim Eintrag ist kein Thema angekreuzt."
    return "Bei diesen Themen werden nur Behörden und Beratungsstellen gezeigt."
