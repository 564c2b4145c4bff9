"""A guest's answers travel in the buttons: nothing is kept, and yet each tap goes on from where it is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.conversation import HANDOVER, INTAKE, PROMPTS, REASONS, TYPED, Conversation, Purpose, Run
from dialogs.messages import CHOICE_ID_BYTES, Message, Reply
from dialogs.questionnaire import CONSENT, SEEN, Question, Questionnaire
from dialogs.runs import codes, consistent, options, questionnaire_of, renewed
from dialogs.script import Script

MARK = "g~"
_TOKEN = re.compile(r"g~[a-z0-9_~-]*")
_SEGMENT = re.compile(r"([a-z])(\d{1,4})r(\d{1,2})_((?:[a-z][0-9-]*)*)")
_ANSWER = re.compile(r"([a-z])([0-9-]*)")


def token(conversation: Conversation, script: Script) -> str:
    """What choice ids start with: the front run's id, or for a guest the runs themselves."""
    if conversation.agreed(Purpose.INTAKE):
        return conversation.runs[0].id if conversation.runs else ""
    return MARK + "~".join(_segment(run, script) for run in conversation.runs)


def front(token: str) -> str:
    """The part of such a token that belongs to the run in front."""
    return token.removeprefix(MARK).partition("~")[0]


def awake(conversation: Conversation, message: Message, script: Script) -> Conversation:
    """The conversation with a guest's runs: an answer goes on from its own button, all else from what was
    shown last.

    Runs that are kept are brought to the present version of their questionnaire.
    """
    if conversation.agreed(Purpose.INTAKE):
        runs = tuple(
            renewed(run, script) for run in conversation.runs if run.questionnaire in script.questionnaires
        )
        return conversation if runs == conversation.runs else replace(conversation, runs=runs)
    return replace(conversation, runs=_carried(message.choice or "", conversation.shown, script))


def asleep(conversation: Conversation, shown: tuple[Reply, ...], now: datetime) -> Conversation:
    """The conversation as it may be kept, with what is shown: a guest's runs and answers are left out."""
    if conversation.agreed(Purpose.INTAKE):
        return replace(conversation, heard_at=now, shown=shown)
    return replace(conversation, heard_at=now, shown=shown, runs=(), known={})


def _carried(tapped: str, shown: Sequence[Reply], script: Script) -> tuple[Run, ...]:
    own = _first((tapped,), script)
    if own and own[0].questionnaire not in PROMPTS and not tapped.startswith("/"):
        return own
    # the question that is open stands last
    last = _first((choice.id for reply in reversed(shown) for choice in reply.choices), script)
    if not own or tapped.startswith("/"):
        return last or own
    # what a prompt interrupts may have gone on since then
    rest = [run for run in last if run.questionnaire not in PROMPTS]
    return (own[0], *(rest or own[1:]))


def _first(choice_ids: Iterable[str], script: Script) -> tuple[Run, ...]:
    """The runs in the first of these ids that carries any."""
    for choice_id in choice_ids:
        # a longer id than any button has was made by somebody else
        found = _TOKEN.search(choice_id) if len(choice_id.encode()) <= CHOICE_ID_BYTES else None
        if found:
            return tuple(_runs(found[0], script))
    return ()


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
    if questionnaire.id != (INTAKE if reason == TYPED else HANDOVER):  # it was made up
        reason = ""
    return Run(
        id="",
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        answers=kept,
        given=tuple([name for name in answers if name in kept]),
        reason=reason,
    )
