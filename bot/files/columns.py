"""The columns of the spreadsheet of offers: which field stands under which head, and in which form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.files.cells import (
    Coded,
    Day,
    Flag,
    Form,
    Languages,
    Lines,
    Needs,
    Number,
    OneOf,
    PostalCode,
    SomeOf,
    Text,
    Times,
)
from bot.offer_labels import CLOSED
from catalog.needs import Taxonomy

NEEDS = "needs"
SHEET = "Angebote"
EXAMPLE = "beispiel-sprachcafe"
"""The id of the template's row that only shows how to fill it in."""

LANGUAGES = ("en", "ar", "uk")
"""Those that have columns besides German even in an empty template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`field` as in offers.toml, with a point before what stands inside a table.

    `by_language`: further columns with a code in brackets hold the other languages. `remark` says to a guide
    in German what belongs here, `example` is what the template's row has.
    """

    field: str
    head: str
    form: Form
    remark: str
    example: Any = None
    by_language: bool = False
    required: bool = False

    def in_language(self, language: str) -> str:
        return self.head if language == "de" else f"{self.head} ({language})"


def columns_of(taxonomy: Taxonomy) -> tuple[Column, ...]:
    """In the order of the sheet; every field of an offer has one."""
    return (*_what(), *_whose(taxonomy), *_who(), *_where(), *_when(), *_about())


def _what() -> tuple[Column, ...]:
    return (
        Column(
            field="id",
            head="Kennung",
            form=Text(),
            remark="Bleibt immer gleich. Bei neuen Einträgen leer lassen: Sie wird aus dem Namen gebildet.",
            example=EXAMPLE,
        ),
        Column(
            field="name",
            head="Name",
            form=Text(),
            by_language=True,
            required=True,
            remark="Wie das Angebot heißt, kurz. Andere Sprachen in die Spalten mit dem Sprachcode.",
            example={"de": "Sprachcafé", "en": "Language café"},
        ),
        Column(
            field="description",
            head="Beschreibung",
            form=Text(),
            by_language=True,
            required=True,
            remark="Was es ist und für wen, in zwei einfachen Sätzen.",
            example={"de": "Deutsch sprechen üben, bei Kaffee und Tee.", "en": "Practise speaking German."},
        ),
        _one("status", "Stand", "Nur aktive Einträge sehen die Leute.", "active", required=True),
        _one("kind", "Art", "Behörde, Beratungsstelle, Angebot oder Ehrenamt.", "offer", required=True),
    )


def _whose(taxonomy: Taxonomy) -> tuple[Column, ...]:
    needs = {code: need.labels["de"] for code, need in taxonomy.needs.items()}
    bodies = {code: body.labels["de"] for code, body in taxonomy.bodies.items()}
    return (
        Column(
            field=NEEDS,
            head="Bedarf",
            form=Needs(needs),
            required=True,
            remark="Wobei es hilft: je Spalte eines aus der Liste, das Wichtigste zuerst.",
            example=["lang.low_threshold"],
        ),
        Column(
            field="body",
            head="Zuständige Stelle",
            form=Coded(bodies),
            required=True,
            remark="Welche Art von Stelle das ist: danach wird sortiert, wer zuständig ist.",
            example="begegnung",
        ),
        Column(
            field="organization",
            head="Träger",
            form=Text(),
            required=True,
            remark="Wer das Angebot macht: Verein, Amt, Verband.",
            example="Freundeskreis Musterstadt e. V.",
        ),
    )


def _who() -> tuple[Column, ...]:
    return (
        _one("service_area", "Gebiet", "Für wessen Einwohner.", "municipality", required=True),
        Column(
            field="target_groups",
            head="Für wen",
            form=SomeOf(CLOSED["target_groups"]),
            remark="Mehrere mit Komma trennen; leer bedeutet: alle.",
            example=["adults"],
        ),
        Column(
            field="residence",
            head="Aufenthaltspapiere",
            form=SomeOf(CLOSED["residence"], nothing=""),
            remark="Nur wenn ein Papier verlangt wird: eines von diesen. Leer: es wird nach keinem gefragt.",
        ),
        _one("gender_only", "Nur für", "Leer: für alle."),
        Column(field="minimum_age", head="Alter von", form=Number(), remark="In Jahren.", example=18),
        Column(field="maximum_age", head="Alter bis", form=Number(), remark="In Jahren."),
        _texts("eligibility_description", "Voraussetzungen", "Was jemand erfüllen muss, in einem Satz."),
        Column(
            field="languages",
            head="Sprachen",
            form=Languages(),
            remark="Welche Sprachen dort gesprochen werden, mit Komma; leer bedeutet: Deutsch.",
            example=["de", "ar"],
        ),
        _flag("interpretation_services", "Dolmetschen möglich", "ja, wenn für andere gedolmetscht wird."),
    )


def _where() -> tuple[Column, ...]:
    return (
        Column(
            field="modes",
            head="Wie",
            form=SomeOf(CLOSED["modes"]),
            remark="Mehrere mit Komma; leer bedeutet: vor Ort.",
            example=["onsite"],
        ),
        _text(
            "address.address_1", "Straße und Hausnummer", "Leer, wenn es keine Adresse gibt.", "Am Markt 3"
        ),
        Column(
            field="address.postal_code",
            head="PLZ",
            form=PostalCode(),
            remark="Fünf Ziffern.",
            example="65999",
        ),
        _text("address.city", "Ort", "Wie auf Briefen.", "Musterstadt"),
        _text("address.part", "Ortsteil", "Nur wenn es darauf ankommt."),
        _flag("address_secret", "Adresse geheim", "ja bei Schutzräumen; dann steht hier auch keine Adresse."),
        _text("phone", "Telefon", "Mit Ländervorwahl, wie +49 69 90009100.", "+49 69 90009150"),
        _text("email", "E-Mail", "Eine Adresse.", "cafe@musterstadt.example.org"),
        _text("url", "Internetseite", "Beginnt mit https://.", "https://musterstadt.example.org/cafe"),
        _text("contact", "Ansprechstelle", "Funktion, kein Name einer Person.", "Leitung Sprachcafé"),
    )


def _when() -> tuple[Column, ...]:
    return (
        Column(
            field="opening_hours",
            head="Öffnungszeiten",
            form=Times(),
            remark="Form von OpenStreetMap. Eine zweite Regel für einen Tag ersetzt die erste: "
            "beide Zeiten in eine Regel, wie Th 08:00-12:00,14:00-18:00.",
            example="We 15:00-17:00; PH off",
        ),
        _texts("schedule_description", "Hinweise zu Zeiten", "Was die Zeiten nicht sagen."),
        _flag("appointment_required", "Termin nötig", "ja, wenn man nicht ohne Termin kommen kann."),
        _one("registration", "Anmeldung", "Leer: nicht nötig.", "none"),
        _one("booked_by", "Wer meldet an", "Leer: die Person selbst."),
        _texts("application_process", "So meldet man sich an", "Der erste Schritt, in einem Satz."),
        Column(
            field="required_documents",
            head="Mitbringen",
            form=Lines(),
            by_language=True,
            remark="Eines je Zeile (Alt+Eingabe); in anderen Sprachen in derselben Reihenfolge.",
        ),
        _one("cost.type", "Kosten", "Leer: kostenlos.", "free"),
        Column(
            field="cost.amount", head="Betrag in Euro", form=Number(), remark="Leer, wenn es verschieden ist."
        ),
        _texts("cost.fees_description", "Hinweise zu Kosten", "Wer weniger zahlt, was extra kostet."),
        Column(field="capacity.available", head="Freie Plätze", form=Number(), remark="0 bedeutet: voll."),
        Column(field="capacity.maximum", head="Plätze insgesamt", form=Number(), remark="Leer: unbekannt."),
        _day("capacity.updated", "Plätze Stand vom", "Wann die Zahl der Plätze gefragt wurde."),
        _flag("capacity.waiting_list", "Warteliste", "ja, wenn es eine gibt."),
        _day("valid_from", "Gilt ab", "Erster Tag; leer: schon jetzt."),
        _day("valid_to", "Gilt bis", "Letzter Tag; leer: ohne Ende."),
    )


def _about() -> tuple[Column, ...]:
    return (
        _one("childcare", "Kinderbetreuung", "Leer: keine."),
        _one("wheelchair", "Rollstuhl", "Leer: nicht bekannt.", "yes"),
        Column(
            field="assured_date",
            head="Geprüft am",
            form=Day(),
            required=True,
            remark="Wann zuletzt jemand gefragt hat, ob alles stimmt.",
            example="2026-11-02",
        ),
        _one("origin", "Herkunft", "Leer: gab es schon."),
        _text("note", "Notiz für Guides", "Wird nie angezeigt; keine Namen von Personen."),
    )


def _text(field: str, head: str, remark: str, example: str | None = None) -> Column:
    return Column(field=field, head=head, form=Text(), remark=remark, example=example)


def _texts(field: str, head: str, remark: str) -> Column:
    return Column(field=field, head=head, form=Text(), remark=remark, by_language=True)


def _flag(field: str, head: str, remark: str) -> Column:
    return Column(field=field, head=head, form=Flag(), remark=remark)


def _day(field: str, head: str, remark: str) -> Column:
    return Column(field=field, head=head, form=Day(), remark=remark)


def _one(field: str, head: str, remark: str, example: str | None = None, *, required: bool = False) -> Column:
    return Column(
        field=field, head=head, form=OneOf(CLOSED[field]), remark=remark, example=example, required=required
    )


def value_at(entry: Mapping[str, Any], field: str) -> Any:
    """What stands in the entry under a field with points; None if there is nothing."""
    value: Any = entry
    for part in field.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
