"""Questions with conditions on earlier ones, and which is next; how a file of them is read is next door."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dialogs.conversation import Answers

SEEN = "seen"
"""The one answer of a statement: it was shown."""

SKIP = "skip"
DONE = "ok"

CONSENT = "consent"
"""The action of an answer that agrees to the answers being kept; there is no way back over it."""


class Keep(StrEnum):
    """How long an answer stays: this run, as long as the person is known, or until a value is derived."""

    RUN = "run"
    ALWAYS = "always"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, or a statement that is only shown. Its text key is `questionnaire.id`."""

    id: str
    choices: tuple[str, ...] = ()
    choices_from: str | None = None
    """Name of choices that the script supplies, instead of `choices`."""
    show: str | None = None
    """Name of content that the script supplies and that is shown first."""
    statement: bool = False
    multi: bool = False
    exclusive: tuple[str, ...] = ()
    """Choices of a multiple choice that stand for themselves and end it."""
    skip: bool = False
    pictures: bool = False
    keep: Keep = Keep.RUN
    from_text: str | None = None
    """What free text may fill in here: `domain` or `need`."""
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    on: Mapping[str, str] = field(default_factory=dict)
    """Choice to the name of the action that it starts."""
    progress: bool = False
    """Counts in "question 3 of 8"."""
    summary: bool = False
    """Stands in the summary that the person checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """If every named answer has one of the values, the derived value is `value`."""

    when: Mapping[str, tuple[str, ...]]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A value that follows from the answers `of`; those answers are dropped once it is known."""

    id: str
    of: tuple[str, ...]
    rules: tuple[Rule, ...]
    otherwise: str

    def value(self, answers: Answers) -> str:
        """The value of the first rule that holds, else `otherwise`."""
        return next((rule.value for rule in self.rules if _holds(rule.when, answers)), self.otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """An ordered list of questions. `version` goes up with every change that guides agreed on."""

    id: str
    version: int
    dated: str
    reason: str
    questions: tuple[Question, ...]
    derived: tuple[Derived, ...] = ()

    def __getitem__(self, question_id: str) -> Question:
        """The question. Raises KeyError if there is none of that id."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def __contains__(self, question_id: object) -> bool:
        return any(question.id == question_id for question in self.questions)

    def applying(self, answers: Answers) -> Iterator[Question]:
        """The questions that apply to someone with these answers, in order."""
        for question in self.questions:
            if self.applies(question, answers):
                yield question

    def applies(self, question: Question, answers: Answers) -> bool:
        """True if the question's conditions hold and nothing has been derived that makes it needless."""
        known = question.keep is Keep.DERIVED and any(
            question.id in derived.of and derived.id in answers for derived in self.derived
        )
        return not known and self.wanted(question, answers)

    def wanted(self, question: Question, answers: Answers) -> bool:
        """True if the question's conditions hold, whatever has been derived."""
        blocked = any(set(answers.get(other, ())) & set(values) for other, values in question.unless.items())
        return not blocked and _holds(question.when, answers)

    def pending(self, answers: Answers) -> Question | None:
        """The first question that applies and has no answer; None at the end."""
        return next((q for q in self.applying(answers) if q.id not in answers), None)

    def progress(self, answers: Answers, question: Question) -> tuple[int, int] | None:
        """Place of `question` among those that count, and their number; None if it does not count."""
        if not question.progress:
            return None
        counted = [q.id for q in self.questions if q.progress and self.wanted(q, answers)]
        return (counted.index(question.id) + 1, len(counted)) if question.id in counted else None


def _holds(conditions: Mapping[str, tuple[str, ...]], answers: Answers) -> bool:
    return all(set(answers.get(other, ())) & set(values) for other, values in conditions.items())
