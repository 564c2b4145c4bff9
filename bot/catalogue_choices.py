"""What can be chosen in the form for an entry, in German."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.catalogue_form import Typed, languages_in
from bot.catalogue_views import Options
from bot.catalogue_words import WORDS, language_name
from catalog.needs import Taxonomy
from catalog.offer import (
    Area,
    BookedBy,
    Childcare,
    CostType,
    GenderOnly,
    Kind,
    Mode,
    Origin,
    Paper,
    Registration,
    Status,
    TargetGroup,
    Wheelchair,
)
from dialogs.wording import SOURCE

SPOKEN = (
    *("de", "en", "ar", "uk", "ru", "tr", "fa", "ps", "ku", "ti", "am", "so", "ur", "hi", "pa", "bn", "ta"),
    *("ne", "sq", "sr", "bs", "hr", "mk", "bg", "ro", "pl", "cs", "hu", "el", "es", "pt", "fr", "it", "nl"),
    *("vi", "zh", "th", "id", "sw", "ha"),
)
"""What is spoken at counters in Hesse, the most frequent first; an entry may name others as well."""

_CLOSED: Mapping[str, type[StrEnum]] = {
    "kind": Kind,
    "service_area": Area,
    "cost.type": CostType,
    "gender_only": GenderOnly,
    "registration": Registration,
    "booked_by": BookedBy,
    "childcare": Childcare,
    "wheelchair": Wheelchair,
    "origin": Origin,
    "target_groups": TargetGroup,
    "residence": Paper,
    "modes": Mode,
}


def choices_of(taxonomy: Taxonomy, typed: Typed) -> dict[str, Options]:
    """By the name of each field. What is chosen already is among them, even if it is new to us."""
    bodies = ((code, body.labels[SOURCE]) for code, body in taxonomy.bodies.items())
    statuses = [each for each in Status if each is not Status.DRAFT or typed.text("status") == Status.DRAFT]
    return {
        **{name: tuple(WORDS[kind].items()) for name, kind in _CLOSED.items()},
        "status": tuple((each, WORDS[Status][each]) for each in statuses),
        "body": tuple(sorted(bodies, key=lambda each: each[1].casefold())),
        "languages": tuple((code, language_name(code)) for code in _with(SPOKEN, typed.ticked("languages"))),
    }


def needs_by_domain(taxonomy: Taxonomy) -> tuple[tuple[str, str, Options], ...]:
    """Code and label of each domain, and its needs."""
    return tuple(
        (
            domain.code,
            domain.labels[SOURCE],
            tuple((code, taxonomy.needs[code].labels[SOURCE]) for code in domain.needs),
        )
        for domain in taxonomy.domains.values()
    )


def text_languages(typed: Typed, offered: Iterable[str], fields: Iterable[str]) -> Options:
    """Languages for which the form has fields: those offered, and those in which something is there."""
    present = (code for name in fields for code in languages_in(typed, name))
    return tuple((code, language_name(code)) for code in _with((SOURCE, *offered), present))


def _with(known: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *more)))
