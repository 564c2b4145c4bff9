"""What can be chosen in the form for an entry, in German."""

from collections.abc import Iterable

from bot.catalogue_form import Typed, languages_in
from bot.catalogue_views import Options
from bot.catalogue_words import language_name
from bot.offer_labels import CLOSED, LABELS
from catalog.needs import Taxonomy
from catalog.offer import Status
from dialogs.wording import SOURCE

SPOKEN = (
    *("de", "en", "ar", "uk", "ru", "tr", "fa", "ps", "ku", "ti", "am", "so", "ur", "hi", "pa", "bn", "ta"),
    *("ne", "sq", "sr", "bs", "hr", "mk", "bg", "ro", "pl", "cs", "hu", "el", "es", "pt", "fr", "it", "nl"),
    *("vi", "zh", "th", "id", "sw", "ha"),
)
"""What is spoken at counters in Hesse, the most frequent first; an entry may name others as well."""


def choices_of(taxonomy: Taxonomy, typed: Typed) -> dict[str, Options]:
    """By the name of each field. What is chosen already is among them, even if it is new to us."""
    bodies = ((code, body.labels[SOURCE]) for code, body in taxonomy.bodies.items())
    statuses = [each for each in Status if each is not Status.DRAFT or typed.text("status") == Status.DRAFT]
    return {
        **{name: tuple(LABELS[kind].items()) for name, kind in CLOSED.items()},
        "status": tuple((each, LABELS[Status][each]) for each in statuses),
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
