"""What is wrong with an entry, said to a guide in German; whether it is wrong, the catalogue decides."""

import re
from collections.abc import Iterable, Mapping

from bot.catalogue_words import WEEKDAYS
from catalog.hours import Hours, HoursError
from catalog.hours_week import Fault
from catalog.needs import Problem

# field (empty: any), words of the catalogue's own sentence, what the guide reads
_TOLD: tuple[tuple[str, str, str], ...] = (
    ("needs", "is missing", "Kreuzen Sie mindestens ein Thema an."),
    ("", "is missing", "Das fehlt noch."),
    ("", "no German text", "Der deutsche Text fehlt: Er steht für alle Sprachen, in denen es keinen gibt."),
    ("phone", "does not look right", "Schreiben Sie die Nummer mit Vorwahl des Landes: +49 69 90009100."),
    ("email", "does not look right", "Das ist keine E-Mail-Adresse. Schreiben Sie: name@example.org."),
    ("id", "does not look right", "Die Kennung darf nur kleine Buchstaben, Ziffern und Striche haben."),
    ("url", "https://", "Die Adresse muss mit https:// beginnen."),
    ("", "language code", "Das ist kein Kürzel einer Sprache. Schreiben Sie zum Beispiel: ar, uk."),
    ("valid_to", "lies before", "Das liegt vor dem Tag, ab dem es gilt."),
    ("maximum_age", "is less than", "Das ist weniger als das Alter, ab dem man kommen darf."),
    ("address", "address_secret", "Die Adresse soll geheim bleiben. Löschen Sie sie hier."),
    ("capacity.available", "more than the maximum", "Das ist mehr, als es Plätze gibt."),
    (
        "assured_date",
        "lies in the future",
        "Dieser Tag kommt noch. Prüfen Sie die Angaben, und kreuzen Sie an, dass Sie es heute getan haben.",
    ),
    ("", "is no date", "Das ist kein Datum. Schreiben Sie zum Beispiel: 23.11.2026."),
    ("", "whole number", "Bitte schreiben Sie eine ganze Zahl."),
    ("", "must be a number", "Bitte schreiben Sie eine Zahl, zum Beispiel 12 oder 12,50."),
    ("", "characters", "Das ist zu lang: höchstens 2000 Zeichen."),
    ("", "there is no", "Das gibt es hier nicht. Bitte wählen Sie aus der Liste."),
    ("", "not possible here", "Das gibt es hier nicht. Bitte wählen Sie aus der Liste."),
)
OTHERWISE = "Das kann so nicht stimmen. Bitte prüfen Sie es."

FAULTS: Mapping[Fault, str] = {
    Fault.UNREADABLE: "Schreiben Sie Uhrzeiten so: 08:30.",
    Fault.HALF: "Es fehlt, ab wann oder bis wann offen ist.",
    Fault.NOTHING: "Anfang und Ende sind gleich.",
    Fault.OVERLAP: "Die beiden Zeiten überschneiden sich.",
}


def in_german(problem: Problem) -> str:
    """What the guide reads beside the field."""
    for field, words, told in _TOLD:
        if field in ("", problem.field) and words in problem.text:
            return told
    return OTHERWISE


def by_field(problems: Iterable[Problem], hours: str) -> dict[str, str]:
    """The first problem of each field, in German. `hours`: what stands there as opening hours."""
    told: dict[str, str] = {}
    for problem in problems:
        wrong_hours = problem.field == "opening_hours"
        told.setdefault(problem.field, hours_problem(hours) if wrong_hours else in_german(problem))
    return told


def hours_problem(hours: str) -> str:
    """What is wrong with the hours and what to write instead; empty if they are right."""
    try:
        Hours.parse(hours)
    except HoursError as error:
        return _hours_told(error)
    return ""


def _hours_told(error: HoursError) -> str:
    if error.closes is not None:
        day = WEEKDAYS[error.closes]
        return (
            f"Achtung: So wäre am {day} ein Teil der Zeit geschlossen. Nach einem Strichpunkt ersetzt eine "
            f"Regel für einen Tag alles, was davor für ihn galt. Gemeint ist wohl: {error.better}"
        )
    if error.better:
        return f"Das ist nicht die Schreibweise von OpenStreetMap. Gemeint ist wohl: {error.better}"
    if re.search(r"longer than", str(error)):
        return "Das ist zu lang: höchstens 300 Zeichen. Schreiben Sie Worte zu „Zeiten in Worten“."
    if "PH and SH" in str(error):
        return "PH und SH stehen am Anfang einer Regel. Schreiben Sie zum Beispiel: PH off"
    return "Das ist nicht zu verstehen. Schreiben Sie zum Beispiel: Mo-Fr 08:00-12:00; PH off"
