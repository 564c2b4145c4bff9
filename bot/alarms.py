"""What in a newcomer's words must stand out for the guides, and how it reads in German; it keeps nothing."""

from bot.town_script import TownScript
from casework.cases import ALARM, Case, Status
from catalog.needs import Safety
from dialogs.wording import SOURCE

EMERGENCY = "emergency"
"""Kind of the emergency button, and the domain of every emergency."""


CARD_SHOWN = "Der Bot hat die Notrufnummern gezeigt. Bei akuter Gefahr rufen Sie selbst 112 an."
"""True of every emergency: none gets into a case but with its card."""

LOOK = "Bitte gleich ansehen."


def alarming(script: TownScript, text: str, language: str) -> tuple[str, ...]:
    """Codes of the emergencies in a text, and of the needs in it that a human should look at."""
    found = script.understand(text, language)
    watched = (need for need in found.needs if script.taxonomy.need(need).safety is not Safety.NONE)
    return tuple(dict.fromkeys((*found.emergencies, *watched)))


def alarm_of(script: TownScript, case: Case) -> str:
    """Why the case must stand out, in German: an emergency, else what was written meanwhile; often empty."""
    named = script.text(f"need.{EMERGENCY}", SOURCE)
    emergencies = _emergencies(case)
    kinds = [script.text(f"need.{need}", SOURCE) for need in emergencies if need != EMERGENCY]
    if emergencies:
        return f"{named}: {kinds[0]}" if kinds else named
    # the needs that raised the alarm were put first
    return script.text(f"need.{case.needs[0]}", SOURCE) if case.urgency == ALARM and case.needs else ""


def advice_of(case: Case) -> str:
    """What a guide is to do now, in German; empty if nothing stands out, or if the case is done."""
    if case.status is Status.DONE:
        return ""
    return CARD_SHOWN if _emergencies(case) else LOOK if case.urgency == ALARM else ""


def _emergencies(case: Case) -> list[str]:
    return [need for need in case.needs if need.partition(".")[0] == EMERGENCY]
