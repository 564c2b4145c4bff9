"""A guest's answers travel in the buttons: nothing is kept, and yet each tap goes on from where it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.conversation import Conversation, Purpose, Run
from dialogs.messages import CHOICE_ID_BYTES, Message, Reply
from dialogs.questionnaire import CONSENT, SEEN, Question, Questionnaire
from dialogs.runs import codes, consistent, options, questionnaire_of, renewed
from dialogs.script import Script

MARK = "g~"
REASONS = ("", "asked", "watch", "not_understood")
"""Why a prompt was put in front; its place here is what a button carries."""

_TOKEN = re.compile(r"g~[a-z0-9_~-]*")
_SEGMENT = re.compile(r"([a-z])(\d{1,4})r(\d)_((?:[a-z][0-9-]*)*)")
_ANSWER = re.compile(r"([a-z])([0-9-]*)")


def token(conversation: Conversation, script: Script) -> str:
    """What choice ids start with: the front run's id, or for a guest the runs themselves."""
    if conversation.agreed(Purpose.INTAKE):
        return conversation.runs[0].id if conversation.runs else ""
    return MARK + "~".join(_segment(run, script) for run in conversation.runs)


def awake(conversation: Conversation, message: Message, script: Script) -> Conversation:
    """The conversation with a guest's runs read from what was tapped, else from what was shown last.

    Runs that are kept are brought to the present version of their questionnaire.
    """
    if conversation.agreed(Purpose.INTAKE):
        runs = tuple(
            renewed(run, script) for run in conversation.runs if run.questionnaire in script.questionnaires
        )
        return conversation if runs == conversation.runs else replace(conversation, runs=runs)
    for carried in _carried(message, conversation.shown):
        return replace(conversation, runs=tuple(_runs(carried, script)))
    return replace(conversation, runs=())


def asleep(conversation: Conversation, shown: tuple[Reply, ...], now: datetime) -> Conversation:
    """The conversation as it may be kept, with what is shown: a guest's runs and answers are left out."""
    if conversation.agreed(Purpose.INTAKE):
        return replace(conversation, heard_at=now, shown=shown)
    return replace(conversation, heard_at=now, shown=shown, runs=(), known={})


def _carried(message: Message, shown: Sequence[Reply]) -> Iterator[str]:
    for choice_id in _carriers(message, shown):
        # a longer id than any button has was made by somebody else
        found = _TOKEN.search(choice_id) if len(choice_id.encode()) <= CHOICE_ID_BYTES else None
        if found:
            yield found[0]


def _carriers(message: Message, shown: Sequence[Reply]) -> Iterator[str]:
    yield message.choice or ""
    for reply in reversed(shown):  # the question that is open stands last
        yield from (choice.id for choice in reply.choices)


def _segment(run: Run, script: Script) -> str:
    questionnaire = questionnaire_of(run, script)
    answers = "".join(
        [
            chr(ord("a") + questionnaire.places[name])
            + _places(questionnaire, questionnaire[name], run, script)
            for name in run.given
        ]
    )
    letter = chr(ord("a") + sorted(script.questionnaires).index(run.questionnaire))
    return f"{letter}{run.version}r{REASONS.index(run.reason)}_{answers}"


def _places(questionnaire: Questionnaire, question: Question, run: Run, script: Script) -> str:
    if question.statement:
        return ""
    places = codes(questionnaire, question, run.answers, script)
    return "-".join([str(places[value]) for value in run.answers[question.id] if value in places])


def _runs(carried: str, script: Script) -> Iterator[Run]:
    names = sorted(script.questionnaires)
    seen: set[str] = set()
    for part in carried.removeprefix(MARK).split("~"):
        found = _SEGMENT.fullmatch(part)
        if found is None or ord(found[1]) - ord("a") >= len(names) or found[1] in seen:
            continue
        seen.add(found[1])
        questionnaire = script.questionnaires[names[ord(found[1]) - ord("a")]]
        reason = REASONS[int(found[3])] if int(found[3]) < len(REASONS) else ""
        if int(found[2]) == questionnaire.version:  # the places of another version mean something else
            yield _run(questionnaire, reason, found[4], script)


def _run(questionnaire: Questionnaire, reason: str, code: str, script: Script) -> Run:
    answers: dict[str, tuple[str, ...]] = {}
    for letter, places in _ANSWER.findall(code):
        place = ord(letter) - ord("a")
        if place >= len(questionnaire.questions):
            continue
        question = questionnaire.questions[place]
        offered = options(questionnaire, question, answers, script)
        chosen = [int(number) for number in places.split("-") if number]
        values = (
            (SEEN,) if question.statement else tuple([offered[n].code for n in chosen if n < len(offered)])
        )
        # An id can be made up by anybody: a consent counts only when it is tapped, not when it is carried.
        if (values or question.skip) and CONSENT not in [question.on.get(value) for value in values]:
            answers[question.id] = values
    kept = consistent(questionnaire, answers, script)
    return Run(
        id="",
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        answers=kept,
        given=tuple([name for name in answers if name in kept]),
        reason=reason,
    )
