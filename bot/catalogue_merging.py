"""Brings together what two people have made of one entry; where both changed the same, it decides nothing."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from catalog.offer import Offer


def merged(base: Offer, theirs: Offer, mine: Offer) -> Offer:
    """`mine`, with all that only they have changed since `base`; texts language by language."""
    changes = {
        field.name: _merged(getattr(base, field.name), getattr(theirs, field.name), getattr(mine, field.name))
        for field in fields(Offer)
    }
    return replace(mine, **changes)


def _merged(base: Any, theirs: Any, mine: Any) -> Any:
    if mine == base:
        return theirs
    if isinstance(base, Mapping) and theirs != base:
        codes = dict.fromkeys((*mine, *theirs))
        texts = {code: _merged(base.get(code), theirs.get(code), mine.get(code)) for code in codes}
        return {code: text for code, text in texts.items() if text}
    return mine
