"""How likely a message is an emergency by being like others; cries for help are heard elsewhere."""

from collections.abc import Callable, Mapping

from catalog.lessons import HARMLESS, NOTHING
from catalog.needs import EMERGENCY

LONG = 30  # words from which a message counts as long


def alarm(scores: Mapping[str, float], due: float, length: int, known: float) -> float:
    """What speaks for an emergency of any kind, less what speaks for anything else.

    `scores` by code, `due` that of a deadline; `length` in words; `known`: the share of known words.
    The shares are those of a logistic regression over the development messages of all languages.
    """
    first, second, *others = _descending(scores, lambda code: code.startswith(EMERGENCY))
    need, next_need, *_ = _descending(scores, is_need)
    return (
        first
        + 0.45 * second
        + 0.31 * sum(others)
        - 0.48 * need
        - 0.59 * next_need
        - 0.34 * scores.get(HARMLESS, 0.0)
        - 0.33 * scores.get(NOTHING, 0.0)
        - 0.51 * due
        + 0.23 * min(length / LONG, 1.0)
        - 0.23 * known
    )


def is_need(code: str) -> bool:
    """Whether a code that examples stand for is one of a need, and of no emergency."""
    return code not in {NOTHING, HARMLESS} and not code.startswith(EMERGENCY)


def _descending(scores: Mapping[str, float], among: Callable[[str], bool]) -> list[float]:
    """The scores of these codes, at least two."""
    return [*sorted((score for code, score in scores.items() if among(code)), reverse=True), 0.0, 0.0]
