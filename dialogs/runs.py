"""How answers come into a run and go out of it again; nothing here is shown."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.conversation import Answers, Run
from dialogs.questionnaire import CONSENT, SEEN, Keep, Question, Questionnaire
from dialogs.script import Option, Script

OTHER = "other"
"""The choice "something else", which free text falls back to where its domain is not on the first screen."""


def questionnaire_of(run: Run, script: Script) -> Questionnaire:
    """The run's questionnaire in its present version."""
    return script.questionnaires[run.questionnaire]


def pending(run: Run, script: Script) -> Question | None:
    """The next question of the run; None at its end."""
    return questionnaire_of(run, script).pending(run.answers)


def options(
    questionnaire: Questionnaire, question: Question, answers: Answers, script: Script
) -> tuple[Option, ...]:
    """The choices of a question for someone with these answers, in order; empty for a statement."""
    if question.choices_from is not None:
        return script.choices(question.choices_from, answers)
    stem = f"{questionnaire.id}.{question.id}"
    return tuple(Option(code=code, key=f"{stem}.{code.removeprefix('/')}") for code in question.choices)


def answered(run: Run, question: Question, values: Sequence[str], script: Script) -> Run:
    """The run after an answer (empty: skipped); what no longer applies goes, what follows is derived."""
    questionnaire = questionnaire_of(run, script)
    answers = derived(
        questionnaire, consistent(questionnaire, {**run.answers, question.id: tuple(values)}, script)
    )
    given = (*(name for name in run.given if name != question.id), question.id)
    return replace(run, answers=answers, given=_still(given, answers, questionnaire), draft=())


def taken_back(run: Run, script: Script) -> Run | None:
    """The run without its last answer and the statements after it; None if none was given since consent."""
    questionnaire = questionnaire_of(run, script)
    for place in range(len(run.given) - 1, -1, -1):
        question = questionnaire[run.given[place]]
        if any(question.on.get(value) == CONSENT for value in run.answers.get(question.id, ())):
            return None  # what was agreed to is taken back by erasing, not by a step back
        if not question.statement:
            return _without(replace(run, given=run.given[: place + 1]), question.id, script)
    return None


def edited(run: Run, name: str, script: Script) -> Run | None:
    """The run without the answer or derived value `name`, to be asked again; None if there is none."""
    return _without(run, name, script) if name in run.answers else None


def ticked(run: Run, code: str, on: bool) -> Run:
    """The run with one tick of a multiple choice set or unset; doing it twice changes nothing more."""
    if on == (code in run.draft):
        return run
    rest = tuple(other for other in run.draft if other != code)
    return replace(run, draft=(*rest, code) if on else rest)


def filled(run: Run, needs: Sequence[str], script: Script) -> Run:
    """The run with needs from text where taps would have put them; what depends on them is asked anew."""
    questionnaire = questionnaire_of(run, script)
    places = [question for question in questionnaire.questions if question.from_text is not None]
    last = questionnaire.questions.index(places[-1])
    filled_in = {question.id for question in places}
    stale = {q.id for q in questionnaire.questions[last + 1 :] if q.keep is Keep.RUN}
    answers = {k: v for k, v in run.answers.items() if k not in stale and k not in filled_in}
    # help comes first: whoever wrote what they need has begun, and needs no introduction before the answer
    introduction = [q.id for q in questionnaire.questions[: questionnaire.questions.index(places[0])]]
    answers |= dict.fromkeys(introduction, (SEEN,))
    given = list(dict.fromkeys((*(name for name in run.given if name in answers), *introduction)))
    for question in places:
        if not questionnaire.applies(question, answers):
            continue
        codes = [option.code for option in options(questionnaire, question, answers, script)]
        values = _among(codes, question, needs)
        answers[question.id] = values
        given.append(question.id)
    answers = consistent(questionnaire, answers, script)
    return replace(run, answers=answers, given=_still(given, answers, questionnaire), draft=())


def renewed(run: Run, script: Script) -> Run:
    """The run as the present version of its questionnaire has it; what that does not know is left out."""
    questionnaire = questionnaire_of(run, script)
    if run.version == questionnaire.version:
        return run
    answers = derived(questionnaire, consistent(questionnaire, run.answers, script))
    given = _still([name for name in run.given if name in questionnaire], answers, questionnaire)
    question = questionnaire.pending(answers)
    codes = {o.code for o in options(questionnaire, question, answers, script)} if question else set()
    draft = tuple(code for code in run.draft if code in codes)
    return replace(run, version=questionnaire.version, answers=answers, given=given, draft=draft)


def needs_in(run: Run, script: Script) -> tuple[str, ...]:
    """Codes of the needs named in this run; empty if none is known yet."""
    for question in questionnaire_of(run, script).questions:
        if question.from_text == "need":
            return tuple(code for code in run.answers.get(question.id, ()) if code != OTHER)
    return ()


def kept_after(run: Run, script: Script) -> Answers:
    """What is still known when the run is over: answers kept for good and derived values."""
    questionnaire = questionnaire_of(run, script)
    lasting = {q.id for q in questionnaire.questions if q.keep is Keep.ALWAYS}
    lasting |= {d.id for d in questionnaire.derived}
    return {name: values for name, values in run.answers.items() if name in lasting}


def consistent(questionnaire: Questionnaire, answers: Answers, script: Script) -> dict[str, tuple[str, ...]]:
    """The answers whose question applies and whose values are among its choices, in order."""
    kept = {d.id: answers[d.id] for d in questionnaire.derived if d.id in answers}
    for question in questionnaire.questions:
        if question.id in answers and questionnaire.applies(question, kept):
            codes = {option.code for option in options(questionnaire, question, kept, script)}
            if question.statement or set(answers[question.id]) <= codes:
                kept[question.id] = answers[question.id]
    for rule in questionnaire.derived:
        first = next(q for q in questionnaire.questions if q.id in rule.of)
        if rule.id in kept and not questionnaire.wanted(first, kept):
            del kept[rule.id]
    return kept


def derived(questionnaire: Questionnaire, answers: Answers) -> dict[str, tuple[str, ...]]:
    """The answers with what can be derived, without the answers it was derived from (`keep = "derived"`)."""
    known = dict(answers)
    for rule in questionnaire.derived:
        sources = [q for q in questionnaire.questions if q.id in rule.of and questionnaire.wanted(q, known)]
        if rule.id in known or not sources or any(q.id not in known for q in sources):
            continue
        known[rule.id] = (rule.value(known),)
        for question in sources:
            if question.keep is Keep.DERIVED:
                del known[question.id]
    return known


def _without(run: Run, name: str, script: Script) -> Run:
    questionnaire = questionnaire_of(run, script)
    gone = {name} | {d.id for d in questionnaire.derived if name in d.of or name == d.id}
    answers = consistent(questionnaire, {k: v for k, v in run.answers.items() if k not in gone}, script)
    given = tuple(other for other in run.given if other != name)
    return replace(run, answers=answers, given=_still(given, answers, questionnaire), draft=())


def _still(given: Sequence[str], answers: Answers, questionnaire: Questionnaire) -> tuple[str, ...]:
    sources = {name for rule in questionnaire.derived if rule.id in answers for name in rule.of}
    return tuple(name for name in given if name in answers or name in sources)


def _among(codes: Sequence[str], question: Question, needs: Sequence[str]) -> tuple[str, ...]:
    domains = tuple(dict.fromkeys(code.partition(".")[0] for code in needs))
    wanted = needs if question.from_text == "need" else domains
    found = tuple(code for code in wanted if code in codes)
    # a domain of the second screen is reached through "something else" on the first
    elsewhere = not found or (question.from_text == "domain" and len(found) < len(wanted))
    return (*found, OTHER) if elsewhere and OTHER in codes else found


def statement_seen(run: Run, question: Question, script: Script) -> Run:
    """The run after a statement was shown."""
    return answered(run, question, (SEEN,), script)
