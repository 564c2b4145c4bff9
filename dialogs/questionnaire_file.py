"""Reads a questionnaire from TOML and refuses a bad one whole: every problem, with entry, line and remedy."""

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dialogs.messages import CHOICE_ID_BYTES
from dialogs.questionnaire import DONE, SEEN, SKIP, Derived, Keep, Question, Questionnaire
from dialogs.questionnaire_shape import Draft, Lines, draft, hint

RUN_ID_BYTES = 12
"""Room that a choice id leaves for the id of its run."""

FROM_TEXT = ("domain", "need")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What a questionnaire may name besides its own questions."""

    actions: frozenset[str]
    choices: frozenset[str]
    """Names of choices that the script supplies."""
    contents: frozenset[str]
    """Names of contents that the script supplies."""


class QuestionnaireError(Exception):
    """A questionnaire file cannot be used. For its author: `problems` names each entry and what to do."""

    def __init__(self, file: str, problems: list[str]) -> None:
        self.file, self.problems = file, tuple(problems)
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n  ".join([f"{file}: {count}", *problems]))


def load_questionnaire(path: Path, vocabulary: Vocabulary) -> Questionnaire:
    """The questionnaire in a TOML file. Raises QuestionnaireError with every problem at once."""
    try:
        text = path.read_text("utf-8")
        raw = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise QuestionnaireError(path.name, ["not written in UTF-8. Save it as UTF-8."]) from error
    except tomllib.TOMLDecodeError as error:
        raise QuestionnaireError(path.name, [f"not readable as TOML: {error}. Mend this place."]) from error
    lines = Lines(text)
    read = draft(raw, lines)
    problems = [*read.problems, *_problems(read, vocabulary, lines)]
    if problems:
        raise QuestionnaireError(path.name, problems)
    return read.questionnaire


def text_problems(questionnaire: Questionnaire, has: Callable[[str], bool], folder: str) -> Iterator[str]:
    """One sentence for each text that `folder` (such as locales/de) lacks."""
    for key in text_keys(questionnaire):
        if not has(key):
            yield f"no text '{key}' in {folder}. Add it or drop the choice."


def text_keys(questionnaire: Questionnaire) -> Iterator[str]:
    """Every text key that a run of the questionnaire can show, apart from what the script supplies."""
    for question in questionnaire.questions:
        key = f"{questionnaire.id}.{question.id}"
        if not (question.statement and question.show):
            yield key
        yield from (f"{key}.{choice.removeprefix('/')}" for choice in question.choices)
        if question.summary:
            yield f"{key}.short"


def _problems(read: Draft, vocabulary: Vocabulary, lines: Lines) -> Iterator[str]:
    # Conditions look only backwards, so each answer leaves one question fewer: every path ends. What is left
    # to prove is that each question can be left at all and that each condition can come true.
    earlier: dict[str, Question] = {}
    possible: dict[str, Collection[str] | None] = {}
    for question in read.questionnaire.questions:
        where = lines.where("question", question.id)
        if question.id in earlier:
            yield f"{where}: the id stands twice. Rename one."
        if question.id not in read.broken:
            yield from (f"{where}: {problem}" for problem in _exits(question))
            yield from (f"{where}: {problem}" for problem in _conditions(question, possible))
            yield from (f"{where}: {problem}" for problem in _names(question, vocabulary))
        earlier[question.id] = question
        possible[question.id] = None if question.id in read.broken else _values(question)
    taken = set(earlier)
    for derived in read.questionnaire.derived:
        where = lines.where("derived", derived.id)
        if derived.id in taken:
            yield f"{where}: the id stands twice. Rename one."
        taken.add(derived.id)
        yield from (f"{where}: {problem}" for problem in _derivation(derived, possible))
    yield from _never_derived(read, lines)


def _values(question: Question) -> Collection[str] | None:
    """The values an answer can have; None if only the script knows."""
    if question.choices_from is not None:
        return None
    return (SEEN,) if question.statement else _answers(question)


def _answers(question: Question) -> tuple[str, ...]:
    return tuple(choice for choice in question.choices if not choice.startswith("/"))


def _exits(question: Question) -> Iterator[str]:
    choosable = bool(_answers(question) or question.choices_from)
    if question.statement and (question.choices or question.choices_from):
        yield "a statement has no choices. Drop 'statement' or the choices."
    if question.choices and question.choices_from:
        yield "it has 'choices' and 'choices_from'. Drop one."
    if not (question.statement or choosable or question.skip):
        yield "it has no choices and cannot be skipped, so nobody could go on. Add choices or 'skip = true'."
    if question.multi and not choosable:
        yield "'multi' needs choices. Add them or drop 'multi'."
    if len(set(question.choices)) < len(question.choices):
        yield "a choice stands twice. Drop one."
    yield from _choice_problems(question)


def _choice_problems(question: Question) -> Iterator[str]:
    for choice in question.choices:
        if choice in (SKIP, DONE, "") or choice[:1] in "+-" or any(c in ":| " for c in choice):
            yield f"'{choice}' is a reserved word or sign. Choose another code."
        if RUN_ID_BYTES + len(f".{question.id}:+{choice}".encode()) > CHOICE_ID_BYTES:
            yield f"'{choice}' with the question's id is over 64 bytes, too long for a button. Shorten it."
    for choice in (*question.exclusive, *question.on):
        if question.choices_from is None and choice not in _answers(question):
            yield f"'{choice}' is not one of its choices.{hint(choice, _answers(question))}"


def _conditions(question: Question, possible: Mapping[str, Collection[str] | None]) -> Iterator[str]:
    for word in ("when", "unless"):
        for other, values in getattr(question, word).items():
            if other not in possible:
                yield f"'{word}' names '{other}', but no earlier question has that id.{hint(other, possible)}"
                continue
            for value in _impossible(values, possible[other]):
                near = hint(value, possible[other])
                yield f"'{word}' waits for '{value}', which '{other}' never has.{near}"


def _impossible(values: Collection[str], possible: Collection[str] | None) -> list[str]:
    return [] if possible is None else [value for value in values if value not in possible]


def _names(question: Question, vocabulary: Vocabulary) -> Iterator[str]:
    for word, known in (("choices_from", vocabulary.choices), ("show", vocabulary.contents)):
        name = getattr(question, word)
        if name is not None and name not in known:
            yield f"'{word}' is '{name}', which does not exist.{hint(name, known)}"
    if question.from_text is not None and question.from_text not in FROM_TEXT:
        yield f"'from_text' is '{question.from_text}'. Write one of: {', '.join(FROM_TEXT)}."
    for action in question.on.values():
        if action not in vocabulary.actions:
            yield f"'on' starts '{action}', which does not exist.{hint(action, vocabulary.actions)}"


def _derivation(derived: Derived, possible: Mapping[str, Collection[str] | None]) -> Iterator[str]:
    for name in derived.of:
        if name not in possible:
            yield f"'of' names '{name}', but no question has that id.{hint(name, possible)}"
    for rule in derived.rules:
        for name, values in rule.when.items():
            if name not in derived.of:
                yield f"a rule looks at '{name}', missing in 'of'. Add it there.{hint(name, derived.of)}"
            elif name in possible:
                for value in _impossible(values, possible[name]):
                    near = hint(value, possible[name])
                    yield f"a rule waits for '{value}', which '{name}' never has.{near}"


def _never_derived(read: Draft, lines: Lines) -> Iterator[str]:
    if read.problems:  # the derived value may be the one that could not be read
        return
    used = {name for derived in read.questionnaire.derived for name in derived.of}
    for question in read.questionnaire.questions:
        if question.keep is Keep.DERIVED and question.id not in used:
            where = lines.where("question", question.id)
            yield f"{where}: 'keep' is 'derived', but nothing is derived from it. Name it in an 'of'."
