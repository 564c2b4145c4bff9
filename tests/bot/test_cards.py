import datetime as dt
from dataclasses import replace

import pytest

from bot.card_words import moment, money, names_of
from bot.cards import CardView, card
from catalog.matching import Facts, Match, best_offers
from catalog.offer import Cost, CostType, Offer
from dialogs.messages import Args
from tests.catalog.town import NOW, erlenfels, offer

SPRING = "Saturday, April 3, 2027, 15:00"
LONG_AGO = "March 4, 2026"
FEE = "Fee for one year; the job centre may pay it"


class Echo:
    """A wording that answers with the key and its arguments, so that tests do not hang on translations."""

    def text(self, key: str, language: str, args: Args | None = None, /) -> str:
        values = " ".join(str(value) for value in (args or {}).values())
        return f"[{key} {values}]" if values else f"[{key}]"

    def direction(self, language: str, /) -> str:
        return "rtl" if language == "ar" else "ltr"


def shown(
    id_: str, need: str, language: str = "en", now: dt.datetime = NOW, german: bool = False
) -> CardView:
    offers: list[Offer] = [one for one in erlenfels().offers if one.id == id_]
    match = best_offers(offers, need, Facts(), language, now)[0]
    return card(match.offer, match, language, Echo(), now, german=german)


def line(view: CardView, kind: str) -> str:
    return next((line.text for line in view.lines if line.kind == kind), "")


def href(view: CardView, kind: str) -> str | None:
    return next(line.href for line in view.lines if line.kind == kind)


def test_the_title_carries_the_german_name_that_stands_on_the_door() -> None:
    """A person must find the sign."""
    view = shown("buergerbuero-erlenfels", "housing.registration")
    assert view.title == "Citizens' office Erlenfels (Bürgerbüro Erlenfels)"


def test_the_same_card_in_german_is_for_the_counter() -> None:
    """German name, German papers, left to right."""
    view = shown("abh-hintertaunus", "law.permit", "ar", german=True)
    assert (view.title, view.language, view.direction) == (
        "Ausländerbehörde Landkreis Hintertaunus",
        "de",
        "ltr",
    )
    assert line(view, "bring") == "Pass, alter Aufenthaltstitel, biometrisches Foto"


def test_papers_have_their_german_name_beside_the_own() -> None:
    """The office asks for them in German."""
    assert "Passport (Pass)" in line(shown("abh-hintertaunus", "law.permit"), "bring")


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (NOW, "[card.hours.until 12:00]"),
        (NOW + dt.timedelta(hours=2), "[card.hours.opens Tuesday, 08:00]"),
        (dt.datetime(2026, 12, 23, 15, tzinfo=dt.UTC), "[card.hours.opens Thursday, 08:00]"),
        (dt.datetime(2027, 5, 26, 15, tzinfo=dt.UTC), "[card.hours.opens Friday, 08:00]"),
    ],
    ids=["open now", "closed, tomorrow", "before Christmas Eve", "the day before Fronleichnam"],
)
def test_the_card_says_until_when_or_from_when(now: dt.datetime, said: str) -> None:
    """In the person's words for weekday and clock."""
    assert line(shown("buergerbuero-erlenfels", "housing.registration", now=now), "hours") == said


@pytest.mark.parametrize(
    ("id_", "need", "kind", "said"),
    [
        ("frauenhaus-region", "family.violence", "hours", "[card.hours.always]"),
        ("frauenhaus-region", "family.violence", "address", "[card.address.secret]"),
        ("ik-vormittag", "lang.integration_course", "hours", "[card.hours.starts December 7, 2026]"),
        ("interkultureller-garten", "social.culture", "hours", f"[card.hours.next {SPRING}]"),
        ("lotsen-erlenfels", "admin.accompaniment", "hours", "[card.hours.arranged]"),
        ("ik-abend", "lang.integration_course", "places", "[card.places.waiting_list]"),
        ("alpha-kurs", "lang.literacy", "places", "[card.places.free 4]"),
        ("bsk-b2-online", "lang.job_german", "address", "[card.address.online]"),
        ("fahrradwerkstatt", "mobility.bicycle", "phone", ""),
        ("sprachmittlerpool", "admin.interpreting", "phone", ""),
        ("sprachmittlerpool", "admin.interpreting", "register", "[card.register.guide]"),
        ("sprachcafe-mittwoch", "lang.low_threshold", "register", "[card.register.walk_in]"),
        ("standesamt-erlenfels", "law.documents", "register", "[card.register.appointment]"),
        ("hausaufgabenhilfe", "edu.school_support", "register", "[card.register.required]"),
        (
            "fuehrerschein-hintertaunus",
            "mobility.driving_licence",
            "checked",
            f"[card.checked.stale {LONG_AGO}]",
        ),
        ("mieterverein", "housing.tenancy", "cost", f"[card.cost.amount 90\xa0€] ({FEE})"),
        ("frauentreff-tee", "social.contacts", "languages", "German, Persian, Pashto, Turkish, Tigrinya"),
    ],
    ids=str,
)
def test_each_edge_case_reads_right(id_: str, need: str, kind: str, said: str) -> None:
    """What a person would otherwise learn at a closed door."""
    assert line(shown(id_, need), kind) == said


def test_who_may_come_is_said_in_plain_words() -> None:
    """ "Ask first" is added only where a paper is what has to be asked about."""
    women = line(shown("frauentreff-tee", "social.contacts"), "note")
    course = line(shown("ik-vormittag", "lang.integration_course"), "note")
    assert women.startswith("[card.note.women] · [card.note.age_from 16 0]")
    assert course.startswith("[because.ask_first] · Only with entitlement")


def test_map_and_telephone_can_be_tapped() -> None:
    """The number without blanks; the place found by its address."""
    view = shown("buergerbuero-erlenfels", "housing.registration")
    assert href(view, "phone") == "tel:+496990009101"
    assert href(view, "address") == (
        "https://www.openstreetmap.org/search?query=Am%20Haselbach%201%2C%2065999%20Erlenfels%20%28Taunus%29"
    )


@pytest.mark.parametrize("id_", ["frauenhaus-region", "frauenberatung"])
def test_a_secret_place_has_no_map(id_: str) -> None:
    """Nor any word from which the place could be guessed."""
    view = shown(id_, "family.violence")
    assert href(view, "address") is None
    assert "openstreetmap" not in str(view)


def test_numbers_keep_their_order_in_arabic() -> None:
    """Isolated in the text, plain in the link."""
    view = shown("buergerbuero-erlenfels", "housing.registration", "ar")
    assert view.direction == "rtl"
    assert line(view, "phone") == "\u2068+49 69 90009101\u2069"
    assert href(view, "phone") == "tel:+496990009101"


def test_why_has_at_most_two_reasons_and_leaves_out_what_other_lines_say() -> None:
    """One line, read on a phone."""
    match = Match(
        offer=offer("sprachcafe-mittwoch"),
        need="lang.low_threshold",
        score=0.5,
        reasons=("responsible", "speaks_your_language", "open_now", "local", "ask_first"),
    )
    view = card(match.offer, match, "uk", Echo(), NOW)
    need = "@need.lang.low_threshold"
    assert line(view, "why") == f"[because.responsible {need}] [because.speaks_your_language {need}]"


def test_a_card_as_text_is_title_and_one_line_each() -> None:
    """For the terminal and Telegram."""
    text = shown("fahrradwerkstatt", "mobility.bicycle").as_text()
    assert text.splitlines()[0] == "Bicycle workshop (Fahrradwerkstatt) (Willkommenskreis Erlenfels)"
    assert "[card.cost]: [card.cost.donation] (Donation)" in text
    assert "[card.phone]" not in text


def test_a_price_with_cents_shows_them() -> None:
    """And one without does not."""
    cost = Cost(type=CostType.FEE, amount=3.5)
    match = Match(
        offer=replace(offer("frauenschwimmen"), cost=cost), need="social.sport", score=0, reasons=()
    )
    assert line(card(match.offer, match, "de", Echo(), NOW), "cost") == "[card.cost.amount 3,50\xa0€]"
    assert money(2, "en") == "2\xa0€"


@pytest.mark.parametrize("language", ["ar", "fa", "uk", "xx", "ku"])
def test_clocks_have_ascii_digits_in_every_language(language: str) -> None:
    """As on the clocks here; an unknown language reads English."""
    text = moment(NOW, NOW, language)
    assert text.endswith("11:00")


def test_a_language_without_a_name_stays_a_code() -> None:
    """Better than nothing."""
    assert names_of(["de", "xyz"], "en") == ["German", "xyz"]
