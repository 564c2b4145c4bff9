"""Reads a questionnaire from TOML and refuses a bad one whole: every problem, with entry, line and remedy."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dialogs.messages import CHOICE_ID_BYTES
from dialogs.questionnaire import DONE, SKIP, Derived, Keep, Question, Questionnaire, Rule

RUN_ID_BYTES = 12
"""Room that a choice id leaves for the id of its run."""

FROM_TEXT = ("domain", "need")
_FIELDS = {field.name for field in fields(Question)}
_TUPLES = ("choices", "exclusive")
_CONDITIONS = ("when", "unless")


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
    text = path.read_text("utf-8")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise QuestionnaireError(path.name, [f"not readable as TOML: {error}"]) from error
    lines = _Lines(text)
    problems = list(_shape_problems(raw, lines))
    if problems:
        raise QuestionnaireError(path.name, problems)
    questionnaire = _build(raw)
    problems = list(_problems(questionnaire, vocabulary, lines))
    if problems:
        raise QuestionnaireError(path.name, problems)
    return questionnaire


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


@dataclass(frozen=True, slots=True)
class _Lines:
    text: str

    def where(self, question_id: str) -> str:
        found = re.search(rf'^\s*id\s*=\s*"{re.escape(question_id)}"', self.text, re.MULTILINE)
        line = f" (line {self.text.count(chr(10), 0, found.end()) + 1})" if found else ""
        return f"question '{question_id}'{line}"


def _shape_problems(raw: Mapping[str, Any], lines: _Lines) -> Iterator[str]:
    for key, kind in (("id", str), ("version", int), ("dated", str), ("reason", str), ("question", list)):
        if not isinstance(raw.get(key), kind):
            yield f"'{key}' is missing or not of type {kind.__name__}."
    questions = raw.get("question")
    for number, entry in enumerate(questions if isinstance(questions, list) else (), start=1):
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            yield f"question number {number}: 'id' is missing."
            continue
        for key in entry.keys() - _FIELDS:
            yield f"{lines.where(entry['id'])}: unknown entry '{key}'.{_hint(key, _FIELDS)}"
        yield from _value_problems(entry, lines.where(entry["id"]))


def _value_problems(entry: Mapping[str, Any], where: str) -> Iterator[str]:
    for key in _TUPLES:
        if not _texts(entry.get(key, [])):
            yield f'{where}: \'{key}\' must be a list of texts, such as ["yes", "no"].'
    for key in _CONDITIONS:
        value = entry.get(key, {})
        if not (isinstance(value, dict) and all(_texts(item) for item in value.values())):
            yield f"{where}: '{key}' must look like {{ town = [\"here\"] }}."
    if entry.get("keep", "run") not in tuple(Keep):
        yield f"{where}: 'keep' is '{entry['keep']}'. Write one of: {', '.join(Keep)}."
    for key in ("multi", "skip", "statement", "pictures", "progress", "summary"):
        if not isinstance(entry.get(key, False), bool):
            yield f"{where}: '{key}' must be true or false."


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _build(raw: Mapping[str, Any]) -> Questionnaire:
    return Questionnaire(
        id=raw["id"],
        version=raw["version"],
        dated=raw["dated"],
        reason=raw["reason"],
        questions=tuple(_question(entry) for entry in raw["question"]),
        derived=tuple(_derived(entry) for entry in raw.get("derived", [])),
    )


def _question(entry: Mapping[str, Any]) -> Question:
    values: dict[str, Any] = dict(entry)
    for key in _TUPLES:
        values[key] = tuple(entry.get(key, ()))
    for key in _CONDITIONS:
        values[key] = {other: tuple(codes) for other, codes in entry.get(key, {}).items()}
    values["keep"] = Keep(entry.get("keep", "run"))
    return Question(**values)


def _derived(entry: Mapping[str, Any]) -> Derived:
    rules = tuple(
        Rule(when={other: tuple(codes) for other, codes in rule["when"].items()}, value=rule["value"])
        for rule in entry["rules"]
    )
    return Derived(id=entry["id"], of=tuple(entry["of"]), rules=rules, otherwise=entry["otherwise"])


def _problems(questionnaire: Questionnaire, vocabulary: Vocabulary, lines: _Lines) -> Iterator[str]:
    # Conditions look only backwards, so each answer leaves one question fewer: every path ends. What is left
    # to prove is that each question can be left at all and that each condition can come true.
    earlier: dict[str, Question] = {}
    for question in questionnaire.questions:
        where = lines.where(question.id)
        if question.id in earlier:
            yield f"{where}: the id stands twice. Rename one."
        yield from (f"{where}: {problem}" for problem in _exits(question))
        yield from (f"{where}: {problem}" for problem in _conditions(question, earlier))
        yield from (f"{where}: {problem}" for problem in _names(question, vocabulary))
        earlier[question.id] = question
    for derived in questionnaire.derived:
        yield from (f"derived '{derived.id}': {problem}" for problem in _derivation(derived, earlier))


def _exits(question: Question) -> Iterator[str]:
    choosable = bool(question.choices or question.choices_from)
    if question.statement and choosable:
        yield "a statement has no choices. Drop 'statement' or the choices."
    if not (question.statement or choosable or question.skip):
        yield "it has no choices and cannot be skipped, so nobody could go on. Add choices or 'skip = true'."
    if question.multi and not choosable:
        yield "'multi' needs choices."
    if len(set(question.choices)) < len(question.choices):
        yield "a choice stands twice. Drop one."
    yield from _choice_problems(question)


def _choice_problems(question: Question) -> Iterator[str]:
    for choice in question.choices:
        if choice in (SKIP, DONE) or ":" in choice:
            yield f"'{choice}' is a reserved word. Choose another code."
        if RUN_ID_BYTES + len(f".{question.id}:+{choice}".encode()) > CHOICE_ID_BYTES:
            yield f"'{choice}' with the question's id is over 64 bytes, too long for a button. Shorten it."
    for choice in (*question.exclusive, *question.on):
        if question.choices and choice not in question.choices:
            yield f"'{choice}' is not one of its choices.{_hint(choice, question.choices)}"


def _conditions(question: Question, earlier: Mapping[str, Question]) -> Iterator[str]:
    for word in _CONDITIONS:
        for other, values in getattr(question, word).items():
            if other not in earlier:
                yield f"'{word}' names '{other}', but no earlier question has that id.{_hint(other, earlier)}"
                continue
            possible = earlier[other].choices
            for value in values:
                if possible and value not in possible:
                    yield f"'{word}' waits for '{value}', which '{other}' never has.{_hint(value, possible)}"


def _names(question: Question, vocabulary: Vocabulary) -> Iterator[str]:
    for word, known in (("choices_from", vocabulary.choices), ("show", vocabulary.contents)):
        name = getattr(question, word)
        if name is not None and name not in known:
            yield f"'{word}' is '{name}', which does not exist.{_hint(name, known)}"
    if question.from_text is not None and question.from_text not in FROM_TEXT:
        yield f"'from_text' is '{question.from_text}'. Write one of: {', '.join(FROM_TEXT)}."
    for action in question.on.values():
        if action not in vocabulary.actions:
            yield f"'on' starts '{action}', which does not exist.{_hint(action, vocabulary.actions)}"


def _derivation(derived: Derived, questions: Mapping[str, Question]) -> Iterator[str]:
    for name in derived.of:
        if name not in questions:
            yield f"'of' names '{name}', but no question has that id.{_hint(name, questions)}"
    for rule in derived.rules:
        for name, values in rule.when.items():
            if name not in derived.of:
                yield f"a rule looks at '{name}', missing in 'of'."
            elif name in questions and questions[name].choices:
                wrong = [value for value in values if value not in questions[name].choices]
                yield from (f"a rule waits for '{v}', which '{name}' never has." for v in wrong)


def _hint(word: str, possible: object) -> str:
    words = sorted(str(item) for item in possible) if hasattr(possible, "__iter__") else []
    close = get_close_matches(word, words, n=1)
    if close:
        return f" Did you mean '{close[0]}'?"
    return f" Known: {', '.join(words)}." if words and len(words) <= 12 else ""
