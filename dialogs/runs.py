"""How answers come into a run and go out of it again; nothing here is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogs.conversation import Answers, Run
from dialogs.questionnaire import CONSENT, SEEN, Keep, Option, Question, Questionnaire, codes_of
from dialogs.script import Script

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
    return questionnaire.options[question.id]


def codes(
    questionnaire: Questionnaire, question: Question, answers: Answers, script: Script
) -> Mapping[str, int]:
    """As `options`, but the codes alone, each with its place."""
    if question.choices_from is not None:
        return codes_of(script.choices(question.choices_from, answers))
    return questionnaire.codes[question.id]


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
    places = questionnaire.from_text
    first, last = questionnaire.places[places[0].id], questionnaire.places[places[-1].id]
    filled_in = {question.id for question in places}
    stale = {q.id for q in questionnaire.questions[last + 1 :] if q.keep is Keep.RUN}
    answers = {k: v for k, v in run.answers.items() if k not in stale and k not in filled_in}
    # help comes first: whoever wrote what they need has begun, and needs no introduction before the answer
    introduction = [q.id for q in questionnaire.questions[:first]]
    answers |= dict.fromkeys(introduction, (SEEN,))
    given = list(dict.fromkeys((*(name for name in run.given if name in answers), *introduction)))
    for question in places:
        if not questionnaire.applies(question, answers):
            continue
        answers[question.id] = _among(codes(questionnaire, question, answers, script), question, needs)
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
    possible = codes(questionnaire, question, answers, script) if question else ()
    draft = tuple(code for code in run.draft if code in possible)
    return replace(run, version=questionnaire.version, answers=answers, given=given, draft=draft)


def needs_in(run: Run, script: Script) -> tuple[str, ...]:
    """Codes of the needs named in this run; empty if none is known yet."""
    for question in questionnaire_of(run, script).from_text:
        if question.from_text == "need":
            return tuple(code for code in run.answers.get(question.id, ()) if code != OTHER)
    return ()


def kept_after(run: Run, script: Script) -> Answers:
    """What is still known when the run is over: answers kept for good and derived values."""
    lasting = questionnaire_of(run, script).lasting
    return {name: values for name, values in run.answers.items() if name in lasting}


def consistent(questionnaire: Questionnaire, answers: Answers, script: Script) -> dict[str, tuple[str, ...]]:
    """The answers whose question applies and whose values are among its choices, in order."""
    kept = {d.id: answers[d.id] for d in questionnaire.derived if d.id in answers}
    for question in questionnaire.questions:
        values = answers.get(question.id)
        if values is None or not questionnaire.applies(question, kept):
            continue
        if question.statement or codes(questionnaire, question, kept, script).keys() >= {*values}:
            kept[question.id] = values
    for rule in questionnaire.derived:
        if rule.id in kept and not questionnaire.sources[rule.id][0].wanted(kept):
            del kept[rule.id]
    return kept


def derived(questionnaire: Questionnaire, answers: Answers) -> dict[str, tuple[str, ...]]:
    """The answers with what can be derived, without the answers it was derived from (`keep = "derived"`)."""
    known = dict(answers)
    for rule in questionnaire.derived:
        if rule.id in known:
            continue
        sources = [question for question in questionnaire.sources[rule.id] if question.wanted(known)]
        if not sources or any(question.id not in known for question in sources):
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


def _among(possible: Mapping[str, int], question: Question, needs: Sequence[str]) -> tuple[str, ...]:
    domains = tuple(dict.fromkeys(code.partition(".")[0] for code in needs))
    wanted = needs if question.from_text == "need" else domains
    found = tuple(code for code in wanted if code in possible)
    # a domain of the second screen is reached through "something else" on the first
    elsewhere = not found or (question.from_text == "domain" and len(found) < len(wanted))
    return (*found, OTHER) if elsewhere and OTHER in possible else found


def statement_seen(run: Run, question: Question, script: Script) -> Run:
    """The run after a statement was shown."""
    return answered(run, question, (SEEN,), script)
