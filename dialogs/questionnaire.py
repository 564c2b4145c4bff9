"""Questions with conditions on earlier ones, and which is next; how a file of them is read is next door."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from dialogs.conversation import Answers

Conditions: TypeAlias = tuple[tuple[str, frozenset[str], bool], ...]
"""`when` and `unless` ready to be looked up: question, values, and whether an answer among them hinders."""

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
class Option:
    """A choice as it can be shown: its code and the key of its label."""

    code: str
    key: str


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
    _conditions: Conditions = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_conditions", _ready(self.when, self.unless))

    def wanted(self, answers: Answers) -> bool:
        """True if the conditions hold, whatever has been derived."""
        return _hold(self._conditions, answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """If every named answer has one of the values, the derived value is `value`."""

    when: Mapping[str, tuple[str, ...]]
    value: str
    _conditions: Conditions = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_conditions", _ready(self.when))

    def holds(self, answers: Answers) -> bool:
        """True if the rule speaks for these answers."""
        return _hold(self._conditions, answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A value that follows from the answers `of`; those answers are dropped once it is known."""

    id: str
    of: tuple[str, ...]
    rules: tuple[Rule, ...]
    otherwise: str

    def value(self, answers: Answers) -> str:
        """The value of the first rule that holds, else `otherwise`."""
        return next((rule.value for rule in self.rules if rule.holds(answers)), self.otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """An ordered list of questions. `version` goes up with every change that guides agreed on.

    What follows from the list alone is worked out once, when it is made.
    """

    id: str
    version: int
    dated: str
    reason: str
    questions: tuple[Question, ...]
    derived: tuple[Derived, ...] = ()

    places: Mapping[str, int] = field(init=False, repr=False, compare=False)
    """Question id to its place in the list."""
    options: Mapping[str, tuple[Option, ...]] = field(init=False, repr=False, compare=False)
    """Question id to its own choices, in order; none where the script supplies them."""
    codes: Mapping[str, Mapping[str, int]] = field(init=False, repr=False, compare=False)
    """Question id to the codes of `options`, each with its place."""
    from_text: tuple[Question, ...] = field(init=False, repr=False, compare=False)
    """Questions that free text may fill in."""
    lasting: frozenset[str] = field(init=False, repr=False, compare=False)
    """Ids of answers and derived values that are still known when a run is over."""
    sources: Mapping[str, tuple[Question, ...]] = field(init=False, repr=False, compare=False)
    """Derived id to the questions that it follows from, in order."""
    _needless: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    """Id of a question that is not kept to the derived ids that make it needless."""
    _counted: tuple[Question, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, value in _worked_out(self).items():
            object.__setattr__(self, name, value)

    def __getitem__(self, question_id: str) -> Question:
        """The question. Raises KeyError if there is none of that id."""
        return self.questions[self.places[question_id]]

    def __contains__(self, question_id: object) -> bool:
        return question_id in self.places

    def applies(self, question: Question, answers: Answers) -> bool:
        """True if the question's conditions hold and nothing has been derived that makes it needless."""
        if question.keep is Keep.DERIVED:
            for derived in self._needless[question.id]:
                if derived in answers:
                    return False
        return question.wanted(answers)

    def pending(self, answers: Answers) -> Question | None:
        """The first question that applies and has no answer; None at the end."""
        for question in self.questions:
            if question.id not in answers and self.applies(question, answers):
                return question
        return None

    def progress(self, answers: Answers, question: Question) -> tuple[int, int] | None:
        """Place of `question` among those that count, and their number; None if it does not count."""
        if not question.progress:
            return None
        counted = [q.id for q in self._counted if q.wanted(answers)]
        return (counted.index(question.id) + 1, len(counted)) if question.id in counted else None


def _worked_out(questionnaire: Questionnaire) -> dict[str, object]:
    questions, derived = questionnaire.questions, questionnaire.derived
    options = {q.id: tuple(_options(questionnaire.id, q)) for q in questions}
    lasting = {q.id for q in questions if q.keep is Keep.ALWAYS} | {d.id for d in derived}
    return {
        "places": {questions[place].id: place for place in reversed(range(len(questions)))},
        "options": options,
        "codes": {name: codes_of(found) for name, found in options.items()},
        "from_text": tuple(q for q in questions if q.from_text is not None),
        "lasting": frozenset(lasting),
        "sources": {d.id: tuple(q for q in questions if q.id in d.of) for d in derived},
        "_needless": {q.id: tuple(d.id for d in derived if q.id in d.of) for q in questions},
        "_counted": tuple(q for q in questions if q.progress),
    }


def codes_of(options: tuple[Option, ...]) -> dict[str, int]:
    """The codes of choices, each with its place among them."""
    return {option.code: place for place, option in enumerate(options)}


def _options(questionnaire: str, question: Question) -> Iterator[Option]:
    for code in question.choices:
        yield Option(code=code, key=f"{questionnaire}.{question.id}.{code.removeprefix('/')}")


def _ready(
    when: Mapping[str, tuple[str, ...]], unless: Mapping[str, tuple[str, ...]] | None = None
) -> Conditions:
    asked = [(other, frozenset(values), False) for other, values in when.items()]
    return (*asked, *((other, frozenset(values), True) for other, values in (unless or {}).items()))


def _hold(conditions: Conditions, answers: Answers) -> bool:
    for other, values, hinders in conditions:  # noqa: SIM110 - with `all` a message takes half as long again
        if values.isdisjoint(answers.get(other, ())) is not hinders:
            return False
    return True
