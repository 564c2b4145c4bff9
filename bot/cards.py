"""An offer as a card to read, to tap and to show at a counter; it chooses nothing and sends nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import quote

from bot.card_words import day, listed, moment, money, names_of, time
from catalog.hours import BERLIN, Hours
from catalog.matching import Match, is_stale
from catalog.offer import (
    BookedBy,
    Childcare,
    CostType,
    GenderOnly,
    Kind,
    Mode,
    Offer,
    Registration,
    Texts,
    Wheelchair,
)
from dialogs.messages import Args

GERMAN = "de"
MAP = "https://www.openstreetmap.org/search?query="
TOLD = 2  # reasons in the line "why"; the rest shows in lines of its own
OWN_LINES = {"open_now", "online", "starts_later", "seasonal", "waiting_list", "ask_first", "check_first"}
ISOLATE, POP = "\u2068", "\u2069"


class Words(Protocol):
    """What a card needs of the wording."""

    def text(self, key: str, language: str, args: Args | None = None, /) -> str: ...
    def direction(self, language: str, /) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`kind`: why, about, places, note, cost, hours, address, phone, register, bring, languages, links or
    checked. `href`: https: or tel:, else None."""

    kind: str
    label: str
    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """`lines` in the order in which they are read; a line without anything to say is left out."""

    offer: str
    title: str
    organization: str
    lines: tuple[Line, ...]
    language: str
    direction: str

    def as_text(self) -> str:
        """The card for a terminal or a messenger: the title, then `label: text` line by line."""
        lines = (f"{line.label}: {line.text}" for line in self.lines)
        return "\n".join((f"{self.title} ({self.organization})", *lines))


def card(
    offer: Offer, match: Match, language: str, wording: Words, now: datetime, german: bool = False
) -> CardView:
    """`german`: the same card in German, to be shown at the counter."""
    draft = _Draft(offer, match, GERMAN if german else language, wording, now)
    return CardView(
        offer=offer.id,
        title=draft.title(),
        organization=offer.organization,
        lines=tuple(line for line in draft.lines() if line.text),
        language=draft.language,
        direction=wording.direction(draft.language),
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    """One card while it is written."""

    offer: Offer
    match: Match
    language: str
    wording: Words
    now: datetime

    def lines(self) -> Iterator[Line]:
        yield self._line("why", self._why())
        yield self._line("about", self._own(self.offer.description))
        yield self._line("places", self._places())
        yield self._line("note", " · ".join(note.rstrip(".") for note in self._notes()))
        yield self._line("cost", self._cost())
        yield self._line("hours", self._hours())
        yield self._address()
        yield self._phone()
        yield self._line("register", self._register())
        yield self._line("bring", listed(map(self._document, self.offer.required_documents), self.language))
        yield self._line("languages", self._languages())
        yield self._link()
        yield self._line("checked", self._checked())

    def title(self) -> str:
        """The name in the language, and the German one that stands on the door."""
        own, german = self.offer.name.get(self.language), self.offer.name[GERMAN]
        if not own or own == german:
            return german
        # brackets within brackets read badly, most of all from right to left
        return f"{own} – {self._apart(german)}" if "(" in german else f"{own} ({self._apart(german)})"

    def _say(self, key: str, args: Args | None = None) -> str:
        return self.wording.text(key, self.language, args or {})

    def _line(self, kind: str, text: str, href: str | None = None) -> Line:
        return Line(kind=kind, label=self._say(f"card.{kind}"), text=text, href=href)

    def _own(self, texts: Texts) -> str:
        return next((texts[code] for code in (self.language, "en", GERMAN) if texts.get(code)), "")

    def _apart(self, text: str) -> str:
        """Numbers and Latin names keep their place inside right-to-left text (UAX 9)."""
        return f"{ISOLATE}{text}{POP}" if self.wording.direction(self.language) == "rtl" else text

    def _why(self) -> str:
        told = [reason for reason in self.match.reasons if reason not in OWN_LINES][:TOLD]
        args: Args = {"need": f"@need.{self.match.need}"}
        return " ".join(self._say(f"because.{reason}", args) for reason in told)

    def _places(self) -> str:
        capacity = self.offer.capacity
        if capacity is None or capacity.available is None:
            return ""
        if capacity.full:
            return self._say("card.places.waiting_list" if capacity.waiting_list else "card.places.full")
        return self._say("card.places.free", {"n": capacity.available})

    def _notes(self) -> Iterator[str]:
        # who may come by age or gender stands below in plain words; a paper is what has to be asked about
        if "ask_first" in self.match.reasons and self.offer.residence:
            yield self._say("because.ask_first")
        if self.offer.eligibility_description:
            yield self._own(self.offer.eligibility_description)
        if self.offer.gender_only is not None:
            women = self.offer.gender_only is GenderOnly.WOMEN
            yield self._say("card.note.women" if women else "card.note.men")
        yield from self._ages()
        yield from (self._say(key) for key in CHILDREN[self.offer.childcare] + WHEELS[self.offer.wheelchair])
        if self.offer.schedule_description:
            yield self._own(self.offer.schedule_description)

    def _ages(self) -> Iterator[str]:
        low, high = self.offer.minimum_age, self.offer.maximum_age
        kind = {(True, True): "between", (True, False): "from", (False, True): "to"}
        name = kind.get((low is not None, high is not None))
        if name:
            yield self._say(f"card.note.age_{name}", {"minimum": low or 0, "maximum": high or 0})

    def _cost(self) -> str:
        cost = self.offer.cost
        key, args = f"card.cost.{cost.type}", {}
        if cost.amount:
            key = "card.cost.income_amount" if cost.type is CostType.INCOME_BASED else "card.cost.amount"
            args = {"amount": money(cost.amount, self.language)}
        more = self._own(cost.fees_description)
        return self._say(key, args) + (f" ({more})" if more else "")

    def _hours(self) -> str:
        if self._guide_books:
            return ""
        if self.offer.valid_from is not None and self.offer.valid_from > self.now.astimezone(BERLIN).date():
            return self._say("card.hours.starts", {"day": day(self.offer.valid_from, self.language)})
        if not self.offer.opening_hours:
            return ""
        hours = Hours.parse(self.offer.opening_hours)
        said = self._open(hours)
        return f"{said}; {self._say('card.hours.unsure')}" if hours.unsure(self.now) and said else said

    def _open(self, hours: Hours) -> str:
        if hours.always_open:
            return self._say("card.hours.always")
        closing = hours.next_closing(self.now)
        if closing is not None:
            return self._say("card.hours.until", {"time": time(closing)})
        opening = hours.next_opening(self.now)
        if opening is not None:
            meeting = self.offer.kind in {Kind.OFFER, Kind.VOLUNTEER_INITIATIVE}
            key = "card.hours.next" if meeting else "card.hours.opens"
            return self._say(key, {"when": moment(opening, self.now, self.language)})
        return self._say("card.hours.arranged") if hours.by_arrangement(self.now) else ""

    def _address(self) -> Line:
        address = self.offer.address
        if self._guide_books:
            return self._line("address", "")
        if address is None or self.offer.address_secret:
            return self._line("address", self._no_address())
        place = f"{address.address_1}, {address.postal_code} {address.city}"
        return self._line("address", self._apart(place), MAP + quote(place))

    def _no_address(self) -> str:
        if self.offer.address_secret:
            return self._say("card.address.secret")
        if Mode.ONLINE in self.offer.modes:
            return self._say("card.address.online")
        return self._say("card.address.phone") if Mode.PHONE in self.offer.modes else ""

    def _phone(self) -> Line:
        if self.offer.phone is None or self._guide_books:
            return self._line("phone", "")
        return self._line("phone", self._apart(self.offer.phone), "tel:" + self.offer.phone.replace(" ", ""))

    def _register(self) -> str:
        process = self._own(self.offer.application_process)
        said = self._say(f"card.register.{self._way_in()}")
        return f"{said} {process}".strip() if process else said

    @property
    def _guide_books(self) -> bool:
        """Then there is no counter for newcomers, and no number that they should call."""
        return self.offer.booked_by is BookedBy.GUIDE

    def _way_in(self) -> str:
        if self._guide_books:
            return "guide"
        if self.offer.registration is not Registration.NONE:
            return self.offer.registration.value
        if self.offer.appointment_required:
            return "appointment"
        return "walk_in" if self.offer.address is not None else "call"

    def _document(self, names: Texts) -> str:
        """The paper in the person's language, and the German word that the office uses."""
        own, german = self._own(names), names[GERMAN]
        return own if own == german else f"{own} ({self._apart(german)})"

    def _languages(self) -> str:
        names = names_of(self.offer.languages, self.language)
        if self.offer.interpretation_services:
            names.append(self._say("card.languages.interpreter"))
        return listed(names, self.language)

    def _link(self) -> Line:
        url = self.offer.url
        shown = self._apart(url.removeprefix("https://")) if url else ""
        return self._line("links", shown, url)

    def _checked(self) -> str:
        checked = day(self.offer.assured_date, self.language)
        return (
            self._say("card.checked.stale", {"day": checked}) if is_stale(self.offer, self.now) else checked
        )


CHILDREN = {
    Childcare.NONE: [],
    Childcare.ONSITE: ["card.note.childcare"],
    Childcare.CHILDREN_WELCOME: ["card.note.children_welcome"],
    Childcare.ON_REQUEST: ["card.note.childcare_on_request"],
}
WHEELS = {
    Wheelchair.UNKNOWN: [],
    Wheelchair.YES: ["card.note.wheelchair"],
    Wheelchair.LIMITED: ["card.note.wheelchair_limited"],
    Wheelchair.NO: ["card.note.wheelchair_no"],
}
