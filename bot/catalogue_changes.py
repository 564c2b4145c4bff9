"""What differs between two states of an entry, field by field in German; it keeps neither."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from bot.catalogue_words import FIELDS, NOTHING, language_name, told
from catalog.needs import Taxonomy
from catalog.offer import Offer, Texts

BY_LANGUAGE = frozenset(
    {"name", "description", "eligibility_description", "schedule_description", "application_process"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field, with what stood there and what stands there now; a dash for nothing."""

    label: str
    before: str
    after: str


def differences(before: Offer, after: Offer, taxonomy: Taxonomy) -> tuple[Difference, ...]:
    """In the order of the fields, texts language by language; empty if both say the same."""
    found: list[Difference] = []
    for field in fields(Offer):
        former, latter = getattr(before, field.name), getattr(after, field.name)
        if former != latter:
            found += _of_field(field.name, former, latter, taxonomy)
    return tuple(found)


def _of_field(name: str, former: Any, latter: Any, taxonomy: Taxonomy) -> Iterator[Difference]:
    label = FIELDS.get(name, name)
    if name in BY_LANGUAGE:
        yield from _by_language(label, former, latter)
        return
    before, after = told(name, former, taxonomy), told(name, latter, taxonomy)
    if before != after:
        yield Difference(label=label, before=before, after=after)
    elif name == "cost":
        yield from _by_language("Kosten in Worten", former.fees_description, latter.fees_description)
    elif name == "required_documents":
        former, latter = _in_each_language(former), _in_each_language(latter)
        yield from _by_language(label, former, latter)
    elif name == "capacity":
        yield Difference(label="Plätze: Stand vom", before=_updated(former), after=_updated(latter))
    else:  # the same words for what is not the same, such as another order of needs that are gone
        yield Difference(label=label, before=str(former), after=str(latter))


def _by_language(label: str, former: Texts, latter: Texts) -> Iterator[Difference]:
    for code in dict.fromkeys((*former, *latter)):
        before, after = former.get(code) or NOTHING, latter.get(code) or NOTHING
        if before != after:
            yield Difference(label=f"{label} ({language_name(code)})", before=before, after=after)


def _in_each_language(documents: tuple[Texts, ...]) -> dict[str, str]:
    codes = dict.fromkeys(code for texts in documents for code in texts)
    return {code: "\n".join(texts.get(code, NOTHING) for texts in documents) for code in codes}


def _updated(capacity: Any) -> str:
    return f"{capacity.updated:%d.%m.%Y}" if capacity.updated else NOTHING
