"""What can be guessed about an entry from elsewhere, for a guide to decide: needs, and a number's form."""

import re
from collections.abc import Callable, Iterable

import phonenumbers

from catalog.index import Index
from catalog.needs import EMERGENCY
from catalog.understanding import understand

PROPOSED_AT_MOST = 3
LIKELY = 0.4  # of a need; below it every fifth is another
FILL_IN = "fill in needs, body and kind, check the texts, then set the status to active"

_DIGITS = re.compile(r"\+?[\d()/ .\-–]+")

Propose = Callable[[str], list[str]]
"""Codes of needs that a text may be about, best first; empty if it says none."""


def nothing(_: str) -> list[str]:
    """Proposes no need."""
    return []


def proposer(index: Index) -> Propose:
    """By the words that people use for needs; an emergency is never proposed."""

    def propose(text: str) -> list[str]:
        hits = understand(index, text, "de").needs
        likely = (hit.code for hit in hits if hit.score >= LIKELY and not hit.code.startswith(EMERGENCY))
        return list(likely)[:PROPOSED_AT_MOST]

    return propose


def first_needs(texts: Iterable[str], propose: Propose) -> list[str]:
    """Those of the first text that says any: a category says more than a description."""
    return next((needs for text in texts if text and (needs := propose(text))), [])


def phone_from(text: str) -> str:
    """The number in its international form; empty if there is none in the text."""
    found = _DIGITS.match(text[:60].strip('" '))  # letters behind it would be dialled as on a keypad
    try:
        number = phonenumbers.parse(found[0] if found else "", "DE")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    number.extension = None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return re.sub(r"[^\d+]+", " ", written).strip()
