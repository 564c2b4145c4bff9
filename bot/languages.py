"""Which of the offered languages the visitor's device prefers."""

from collections.abc import Iterable

ALSO_KNOWN_AS = {
    "prs": "fa",
    "ckb": "ku",
    "kmr": "ku",
    "iw": "he",
    "in": "id",
}  # what phones say: what we offer


def preferred(accept_language: str, offered: Iterable[str], otherwise: str = "en") -> str:
    """The first wanted language that is offered; if none is, `otherwise`, or what is offered first."""
    offered = tuple(offered)
    codes = {code.lower().replace("_", "-"): code for code in offered}
    for wanted in _wanted(accept_language[:500]):
        stem = wanted.partition("-")[0]
        for candidate in (wanted, stem, ALSO_KNOWN_AS.get(stem, "")):
            if candidate in codes:
                return codes[candidate]
    return otherwise if otherwise in offered else next(iter(offered), otherwise)


def first_wanted(accept_language: str) -> str:
    """The language the device wants most, without its country; empty if it says none."""
    return next(iter(_wanted(accept_language[:500])), "").partition("-")[0]


def _wanted(header: str) -> list[str]:
    weighed = []
    for place, part in enumerate(header.split(",")):
        code, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), place, code.strip().lower().replace("_", "-")))
        except ValueError:
            continue
    return [code for _, _, code in sorted(weighed) if code]
