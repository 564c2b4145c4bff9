"""What answers mean to the catalogue: the one place where the questionnaire's words meet the catalogue's."""

from collections.abc import Mapping

from catalog.matching import Facts
from catalog.offer import Paper
from dialogs.conversation import Answers

# A group says which papers someone can show; where it allows several, all of them count.
PAPERS_OF_GROUP: Mapping[str, frozenset[str]] = {
    "1": frozenset({Paper.EU_LONGTERM}),
    "2": frozenset({Paper.SETTLEMENT}),
    "3": frozenset({Paper.PERMIT, Paper.BLUECARD}),
    "4": frozenset({Paper.PERMIT}),
    "5": frozenset({Paper.FICTION}),
    "6": frozenset({Paper.PAR24}),
    "7": frozenset({Paper.PERMIT}),
    "8": frozenset({Paper.PERMIT}),
    "10": frozenset({Paper.ENTITLEMENT_INTEGRATION_COURSE}),
    "11": frozenset({Paper.ENTITLEMENT_VOCATIONAL_COURSE}),
}

_SMALL = {"children_0_2", "children_3_5"}


def facts_of(answers: Answers) -> Facts:
    """The facts in these answers; what was skipped or never asked stays unknown."""
    household = set(answers.get("household", ()))
    return Facts(
        residence=PAPERS_OF_GROUP.get(_one(answers, "group") or "", frozenset()),
        age="under_16" if answers.get("consent") == ("under_16",) else _one(answers, "age"),
        has_young_children=bool(household & _SMALL) if household else None,
        german=_one(answers, "german"),
        barriers=frozenset(answers.get("barriers", ())) - {"nothing"},
    )


def _one(answers: Answers, question: str) -> str | None:
    return next(iter(answers.get(question, ())), None)
