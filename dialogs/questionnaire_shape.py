"""Reads the entries of a questionnaire file and tells which have the wrong shape, not what they mean."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any

from dialogs.questionnaire import Derived, Keep, Question, Questionnaire, Rule

_HEADER = {"id": str, "version": int, "dated": str, "reason": str, "question": list}
_QUESTION = {field.name for field in fields(Question) if field.init}
_DERIVED = {field.name for field in fields(Derived)}
_TUPLES = ("choices", "exclusive")
_CONDITIONS = ("when", "unless")
_NAMES = ("choices_from", "show", "from_text")
_FLAGS = ("multi", "skip", "statement", "pictures", "progress", "summary")
_ID = re.compile(r"[a-z][a-z0-9_]*")
LAST_VERSION = 9999
"""A guest's buttons have room for four digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What could be read of a file, and what could not. Of broken questions only the id is known."""

    questionnaire: Questionnaire
    broken: frozenset[str]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Finds the line on which an entry stands, for the person who looks for it."""

    text: str

    def where(self, kind: str, entry_id: str) -> str:
        """Such as `question 'paper' (line 41)`."""
        found = re.search(rf'^\s*id\s*=\s*["\']{re.escape(entry_id)}["\']', self.text, re.MULTILINE)
        line = f" (line {self.text.count(chr(10), 0, found.end()) + 1})" if found else ""
        return f"{kind} '{entry_id}'{line}"


def draft(raw: Mapping[str, Any], lines: Lines) -> Draft:
    """The questionnaire as far as it can be read."""
    problems = list(_header_problems(raw))
    questions: list[Question] = []
    broken: set[str] = set()
    for number, entry in enumerate(_listed(raw, "question"), start=1):
        own = list(_question_problems(number, entry, lines))
        problems += own
        if not own:
            questions.append(_question(entry))
        elif isinstance(entry, dict) and isinstance(entry.get("id"), str):
            questions.append(Question(id=entry["id"]))
            broken.add(entry["id"])
    derived: list[Derived] = []
    for number, entry in enumerate(_listed(raw, "derived"), start=1):
        own = list(_derived_problems(number, entry, lines))
        problems += own
        derived += [_derived(entry)] if not own else []
    known = {key: raw[key] if _is(raw.get(key), kind) else kind() for key, kind in _HEADER.items()}
    del known["question"]
    questionnaire = Questionnaire(**known, questions=tuple(questions), derived=tuple(derived))
    return Draft(questionnaire=questionnaire, broken=frozenset(broken), problems=tuple(problems))


def hint(word: str, possible: object) -> str:
    """The nearest of the possible words, or all of them if they are few."""
    words = sorted(str(item) for item in possible) if hasattr(possible, "__iter__") else []
    close = get_close_matches(word, words, n=1)
    if close:
        return f" Did you mean '{close[0]}'?"
    return f" Known: {', '.join(words)}." if words and len(words) <= 12 else ""


def _header_problems(raw: Mapping[str, Any]) -> Iterator[str]:
    known = {*_HEADER, "derived"}
    for key in sorted(raw.keys() - known):
        yield f"unknown entry '{key}'.{hint(key, known)}"
    for key, kind in _HEADER.items():
        if not _is(raw.get(key), kind):
            yield f"'{key}' is missing or not of type {kind.__name__}. {_REMEDIES[key]}"
    if raw.get("question") == []:
        yield f"there is no question. {_REMEDIES['question']}"
    if _is(raw.get("version"), int) and not 1 <= raw["version"] <= LAST_VERSION:
        yield f"'version' is {raw['version']}. Count from 1 to {LAST_VERSION}."
    if not isinstance(raw.get("derived", []), list):
        yield "'derived' must be written as [[derived]], once for each value."


_REMEDIES = {
    "id": 'Write a name such as id = "intake".',
    "version": "Write version = 1 and count up with each change.",
    "dated": 'Write the day in quotation marks, such as dated = "2026-11-23".',
    "reason": 'Write why this version was made, such as reason = "First version."',
    "question": "Write [[question]] above each question.",
}


def _question_problems(number: int, entry: Any, lines: Lines) -> Iterator[str]:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        yield f"question number {number}: 'id' is missing or no text. Write id = \"name\"."
        return
    where = lines.where("question", entry["id"])
    yield from _id_problems(entry["id"], where)
    for key in sorted(entry.keys() - _QUESTION):
        yield f"{where}: unknown entry '{key}'.{hint(key, _QUESTION)}"
    for key in _TUPLES:
        if not _texts(entry.get(key, [])):
            yield f'{where}: \'{key}\' must be a list of texts, such as ["yes", "no"].'
    for key in _CONDITIONS:
        if not _condition(entry.get(key, {})):
            yield f"{where}: '{key}' must look like {{ town = [\"here\"] }}."
    yield from _simple_problems(entry, where)


def _simple_problems(entry: Mapping[str, Any], where: str) -> Iterator[str]:
    for key in _NAMES:
        if not isinstance(entry.get(key, ""), str):
            yield f"{where}: '{key}' must be one name, such as {key} = \"offers\"."
    for key in _FLAGS:
        if not isinstance(entry.get(key, False), bool):
            yield f"{where}: '{key}' must be true or false."
    if entry.get("keep", "run") not in tuple(Keep):
        yield f"{where}: 'keep' is '{entry['keep']}'. Write one of: {', '.join(Keep)}."
    on = entry.get("on", {})
    if not (isinstance(on, dict) and all(isinstance(action, str) for action in on.values())):
        yield f"{where}: 'on' must look like {{ yes = \"handover\" }}."


def _derived_problems(number: int, entry: Any, lines: Lines) -> Iterator[str]:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        yield f"derived value number {number}: 'id' is missing or no text. Write id = \"name\"."
        return
    where = lines.where("derived", entry["id"])
    yield from _id_problems(entry["id"], where)
    for key in sorted(entry.keys() - _DERIVED):
        yield f"{where}: unknown entry '{key}'.{hint(key, _DERIVED)}"
    if not (_texts(entry.get("of")) and entry["of"]):
        yield f"{where}: 'of' must name the questions it follows from, such as [\"paper\"]."
    if not isinstance(entry.get("otherwise"), str):
        yield f"{where}: 'otherwise' is missing. Write the value if no rule holds, such as \"unclear\"."
    rules = entry.get("rules")
    for place, rule in enumerate(rules if isinstance(rules, list) else [None], start=1):
        if not _rule(rule):
            yield f'{where}: rule {place} must look like {{ when = {{ paper = ["a"] }}, value = "1" }}.'


def _id_problems(entry_id: str, where: str) -> Iterator[str]:
    if not _ID.fullmatch(entry_id):
        yield f"{where}: an id has small letters, digits and _ only, because buttons carry it. Rename it."


def _is(value: object, kind: type) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def _listed(raw: Mapping[str, Any], key: str) -> list[Any]:
    value = raw.get(key)
    return value if isinstance(value, list) else []


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _condition(value: object) -> bool:
    return isinstance(value, dict) and all(_texts(item) for item in value.values())


def _rule(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"when", "value"}
        and _condition(value["when"])
        and isinstance(value["value"], str)
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
