"""A newcomer's appointment, made by a guide; when its reminders are due is the rule for shifts as well."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_TEXT = 200  # characters: an address, or a short list of papers
FURTHEST = timedelta(days=366)


class AppointmentError(ValueError):
    """An appointment cannot be like this; for the guide, a German sentence with the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One appointment; `bring` may be empty. Without `remind` the guide has chosen to send no reminder."""

    id: str
    case: str
    account: str
    starts_at: datetime
    place: str
    bring: str = ""
    remind: bool = True
    cancelled_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.starts_at.utcoffset() != timedelta(0):
            raise AppointmentError("Der Beginn muss ein Zeitpunkt in UTC sein.")


def must_be_plannable(starts_at: datetime, place: str, bring: str, now: datetime) -> None:
    """Raises AppointmentError, with the first thing to mend, if no guide should make it like this now."""
    if starts_at <= now:
        raise AppointmentError("Dieser Termin liegt in der Vergangenheit. Prüfen Sie Tag und Uhrzeit.")
    if starts_at > now + FURTHEST:
        raise AppointmentError("Dieser Termin ist mehr als ein Jahr entfernt. Prüfen Sie das Jahr.")
    if not place.strip():
        raise AppointmentError("Der Ort fehlt. Schreiben Sie, wohin die Person kommen soll.")
    for name, text in (("Der Ort", place), ("Was mitzubringen ist,", bring)):
        if len(text) > LONGEST_TEXT:
            raise AppointmentError(f"{name} ist zu lang: höchstens {LONGEST_TEXT} Zeichen.")
