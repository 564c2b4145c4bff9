"""Ids for entries that come without one: made from the name, the same again for the same entry."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, count
from typing import Any

from bot.files.entries import Entries
from catalog.offer import Offer

LONGEST = 48  # characters, so that a number fits behind
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def with_ids(entries: Entries, known: Iterable[Offer]) -> Entries:
    """The entries, each with an id; remarks name those that were made.

    An entry without id is the known one of the same name and organization if the file has no other row for
    it; so the same file twice means the same entries.
    """
    shown = {offer.id: (offer.name.get("de", ""), offer.organization) for offer in known}
    taken = {str(row["id"]) for row in entries.rows if row.get("id")}
    rows, remarks = list(entries.rows), []
    for place, row in enumerate(entries.rows):
        if not row.get("id"):
            made = next(name for name in _candidates(row) if _is_free(name, row, taken, shown))
            taken.add(made)
            where = f"row {entries.numbers[place]}" if entries.numbers else f"entry {place + 1}"
            remarks.append(f"{where} had no id and is '{made}' now")
            rows[place] = {**row, "id": made}
    return replace(entries, rows=tuple(rows), remarks=(*entries.remarks, *remarks))


def slug(text: str) -> str:
    """Small letters, digits and hyphens; "eintrag" if nothing of the text can be kept."""
    bare = unicodedata.normalize("NFKD", text[:200].casefold().translate(_GERMAN))
    kept = re.sub(r"[^a-z0-9]+", "-", bare.encode("ascii", "ignore").decode()).strip("-")
    return kept[:LONGEST].strip("-") if len(kept) > 1 else "eintrag"


def _candidates(row: Mapping[str, Any]) -> Iterator[str]:
    first = slug(_name(row))
    return chain([first], (f"{first}-{number}" for number in count(2)))


def _is_free(
    name: str, row: Mapping[str, Any], taken: set[str], shown: Mapping[str, tuple[str, str]]
) -> bool:
    same = shown.get(name) == (_name(row), str(row.get("organization", "")).strip())
    return name not in taken and (name not in shown or same)


def _name(row: Mapping[str, Any]) -> str:
    name = row.get("name", "")
    text = name.get("de", "") if isinstance(name, Mapping) else name
    return str(text).strip()
