"""Which shown choice a typed text means: its number, its label or nearly its label; knows no needs."""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from dialogs.messages import Choice, Reply
from dialogs.script import Script
from dialogs.wording import SOURCE

NEAR = 82
"""Least likeness (0 to 100) of a typed text to a label: "german corse" has 96 to "German course"."""

AHEAD = 6
"""How far the best label must be ahead of the second, else the text means neither."""


def meant(
    text: str, shown: Sequence[Reply], script: Script, language: str, *, counted: bool = True
) -> Choice | None:
    """The choice meant by `text`, or None. Labels count in the person's language and in German.

    `counted`: a number stands for a choice.
    """
    typed = script.normalise(text, language)
    if typed.isdecimal():
        return _numbered(int(typed), shown) if counted else None
    choices = [choice for reply in shown for choice in reply.choices]
    scored = sorted(_scored(typed, choices, script, language), key=lambda pair: -pair[0])
    if not scored or scored[0][0] < NEAR:
        return None
    best, second = scored[0], next((s for s in scored[1:] if s[1].id != scored[0][1].id), None)
    if best[0] < 100 and second is not None and best[0] - second[0] < AHEAD:
        return None
    return best[1]


def _numbered(number: int, shown: Sequence[Reply]) -> Choice | None:
    """Whoever counts, counts the choices of the question: it stands last."""
    choices = next((reply.choices for reply in reversed(shown) if reply.choices), ())
    return choices[number - 1] if 1 <= number <= len(choices) else None


def _scored(
    typed: str, choices: Sequence[Choice], script: Script, language: str
) -> Iterator[tuple[float, Choice]]:
    for choice in choices:
        for code in dict.fromkeys((language, SOURCE)):
            label = script.label(choice.key, code, choice.args)
            if label:
                yield fuzz.ratio(typed, label), choice
