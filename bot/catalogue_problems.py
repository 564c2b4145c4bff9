"""What is wrong with an entry, said to a guide in German; whether it is wrong, the catalogue decides."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from bot.catalogue_told import TOLD
from bot.catalogue_words import WEEKDAYS
from catalog.hours import Hours, HoursError
from catalog.hours_week import Fault
from catalog.needs import Problem
from catalog.normalise import clean

OTHERWISE = "Das kann so nicht stimmen. Bitte prüfen Sie es."

_NEAR = re.compile(r"Did you mean '(.*?)'\?")
_ONE_OF = re.compile(r"(?:Use|Write) one of: (.*)\.$")
_IN_SHEET = "Hinweise zu Zeiten"

FAULTS: Mapping[Fault, str] = {
    Fault.UNREADABLE: "Schreiben Sie Uhrzeiten so: 08:30.",
    Fault.HALF: "Es fehlt, ab wann oder bis wann offen ist.",
    Fault.NOTHING: "Anfang und Ende sind gleich.",
    Fault.OVERLAP: "Die beiden Zeiten überschneiden sich.",
}


def in_german(problem: Problem) -> str:
    """What the guide reads beside the field of a form."""
    return _german(problem.text, problem.field, in_form=True) or OTHERWISE


def in_sheet(problem: Problem, hours: str = "") -> str:
    """What the guide reads about a spreadsheet. `hours`: what stands there as opening hours."""
    if problem.field == "opening_hours" and hours and (told := hours_problem(hours, _IN_SHEET)):
        return told
    return _german(problem.text, problem.field) or OTHERWISE


def remark_in_german(remark: str) -> str:
    """What is worth knowing about a file that can be taken in."""
    return _german(remark, "") or OTHERWISE


def _german(text: str, field: str, *, in_form: bool = False) -> str:
    for told in TOLD:
        found = told.words.match(text) if told.field in ("", field) else None
        if found is not None:
            sentence = told.form if in_form and told.form else told.german
            said = {name: _shown(name, value) for name, value in found.groupdict().items()}
            return clean(sentence.format_map({**said, "hint": _hint(text)}))
    return ""


def _shown(name: str, value: str) -> str:
    if name.startswith("day"):
        return f"{dt.date.fromisoformat(value):%d.%m.%Y}"
    return f"{float(value):.0f}" if name.startswith("number") else value


def _hint(text: str) -> str:
    """What the English sentence proposes, with a blank in front; empty if it proposes nothing."""
    if found := _NEAR.search(text):
        return f" Meinten Sie „{found[1]}“?"
    if found := _ONE_OF.search(text):
        return f" Möglich ist: {found[1]}."
    if "Write its code" in text:
        return " Schreiben Sie ihr Kürzel, wie ar oder uk."
    return " Wählen Sie aus der Liste in der Vorlage." if "is not clear" in text else ""


def by_field(problems: Iterable[Problem], hours: str) -> dict[str, str]:
    """The first problem of each field, in German. `hours`: what stands there as opening hours."""
    told: dict[str, str] = {}
    for problem in problems:
        wrong_hours = problem.field == "opening_hours"
        told.setdefault(problem.field, hours_problem(hours) if wrong_hours else in_german(problem))
    return told


def hours_problem(hours: str, words: str = "Zeiten in Worten") -> str:
    """What is wrong with the hours and what to write instead; empty if they are right.

    `words`: what the place is called where they can be told in words.
    """
    try:
        Hours.parse(hours)
    except HoursError as error:
        return _hours_told(error, words)
    return ""


def _hours_told(error: HoursError, words: str) -> str:
    if error.closes is not None:
        day = WEEKDAYS[error.closes]
        return (
            f"Achtung: So wäre am {day} ein Teil der Zeit geschlossen. Nach einem Strichpunkt ersetzt eine "
            f"Regel für einen Tag alles, was davor für ihn galt. Gemeint ist wohl: {error.better}"
        )
    if error.better:
        return f"Das ist nicht die Schreibweise von OpenStreetMap. Gemeint ist wohl: {error.better}"
    if re.search(r"longer than", str(error)):
        return f"Das ist zu lang: höchstens 300 Zeichen. Schreiben Sie Worte zu „{words}“."
    if "PH and SH" in str(error):
        return "PH und SH stehen am Anfang einer Regel. Schreiben Sie zum Beispiel: PH off"
    return "Das ist nicht zu verstehen. Schreiben Sie zum Beispiel: Mo-Fr 08:00-12:00; PH off"
