"""Which translations of an entry may say what the German text no longer says, in German; it keeps nothing."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bot.catalogue_words import FIELDS, language_name
from catalog.offer import Offer, Texts
from dialogs.wording import SOURCE


def older_texts(states: Sequence[Offer]) -> tuple[str, ...]:
    """A sentence for each field whose German text has changed since somebody last wrote it in a language.

    `states`: of one entry, the oldest first, of which all translations are taken for right.
    """
    older: dict[str, set[str]] = {}
    for former, latter in pairwise(states):
        before, after = dict(_texts(former)), dict(_texts(latter))
        for name, texts in after.items():
            older[name] = _behind(before[name], texts, older.get(name, set()))
    return tuple(_told(name, codes) for name, codes in older.items() if codes)


def _behind(before: Texts, after: Texts, behind: set[str]) -> set[str]:
    kept = {code for code, text in after.items() if code != SOURCE and text and text == before.get(code)}
    return kept if after.get(SOURCE) != before.get(SOURCE) else kept & behind


def _told(name: str, codes: set[str]) -> str:
    languages = ", ".join(sorted(map(language_name, codes)))
    verb = "ist" if len(codes) == 1 else "sind"
    return f"{FIELDS[name]}: {languages} {verb} vielleicht älter als der deutsche Text."


def _texts(offer: Offer) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "name", offer.name
    yield "description", offer.description
    yield "eligibility_description", offer.eligibility_description
    yield "schedule_description", offer.schedule_description
    yield "application_process", offer.application_process
    yield "cost", offer.cost.fees_description
    codes = dict.fromkeys(code for texts in offer.required_documents for code in texts)
    yield (
        "required_documents",
        {code: "\n".join(texts.get(code, "") for texts in offer.required_documents) for code in codes},
    )
