"""Shows what is pending: statements on the way, then the question; at the end what comes after it."""

from dataclasses import replace

from dialogs.conversation import HANDOVER, INTAKE, Purpose, Run
from dialogs.effects import IntakeFinished
from dialogs.messages import Args, Choice, Reply
from dialogs.questionnaire import DONE, SKIP, Question, Questionnaire
from dialogs.runs import answered, kept_after, options, pending, questionnaire_of, statement_seen
from dialogs.scene import Scene
from dialogs.script import Script

YOUTH = "offers.youth"
HANDOVERS = {"handover", "ask_person"}
"""Actions that lead to a person."""

WRITTEN = ("need", "need_more")
"""Questions that may be answered in words; what is written by whoever waits for a guide, the guide reads."""

MEANWHILE = "handover.meanwhile"
"""Stands where topics would be asked for: whoever waits for a guide may look for offers, and need not."""

WITH_GUIDE = "relay.with_guide"
"""Says who is speaking: a guide, while the bot's own questions rest."""


def ask(scene: Scene) -> Scene:
    """The scene with what is pending in the front run said; runs that are over make way for the next."""
    if scene.paused:
        return scene.say(Reply(key=WITH_GUIDE))
    while (run := scene.front) is not None:
        question = pending(run, scene.script)
        if question is None:
            scene = finish(scene, run)
        elif question.statement:
            scene = _state(scene, run, question)
        elif _settled(scene, question):
            scene = scene.put(answered(run, question, (), scene.script))
        else:
            return _question(scene, run, question)
    return scene.say(*menu(scene)) if _needs_a_way_on(scene) else scene


def stated(scene: Scene) -> Scene:
    """The scene with the statements said that stand before the next question, without that question."""
    while (run := scene.front) is not None:
        question = pending(run, scene.script)
        if question is None or not question.statement:
            break
        scene = _state(scene, run, question)
    return scene


def finish(scene: Scene, run: Run) -> Scene:
    """The scene after the front run came to its end."""
    scene = scene.runs(*scene.conversation.runs[1:])
    if run.questionnaire != INTAKE or not scene.conversation.agreed(Purpose.INTAKE):
        return scene
    known = kept_after(run, scene.script)
    scene = replace(scene, conversation=replace(scene.conversation, known=known))
    return scene.do(IntakeFinished(answers=run.answers))


def menu(scene: Scene) -> tuple[Reply, ...]:
    """What can be done when nothing is pending."""
    if scene.conversation.case is not None:
        return (meanwhile(scene),)
    # whoever has just said to be younger than 16 is shown who is there for them
    young = any(reply.key == YOUTH for reply in scene.replies)
    choices = (
        scene.command("/need", "menu.need"),
        *(() if young else (scene.command("/human", "menu.human"),)),
        scene.command("/help", "menu.help"),
    )
    return (Reply(key="menu.next", choices=choices),)


def meanwhile(scene: Scene) -> Reply:
    """For whoever waits for a guide."""
    return Reply(key=MEANWHILE, choices=(scene.command("/need", "handover.search"),))


def summary(script: Script, run: Run) -> tuple[tuple[str, ...], tuple[Choice, ...]]:
    """Lines of question and answer for the person to check, and a choice to change each."""
    questionnaire = questionnaire_of(run, script)
    lines: list[str] = []
    changes: list[Choice] = []
    for question in questionnaire.questions:
        if not question.summary:
            continue
        stem = f"{questionnaire.id}.{question.id}"
        rule = next((d for d in questionnaire.derived if question.id in d.of and d.id in run.answers), None)
        if rule is not None:
            lines.append(f"@{stem}.short|@{questionnaire.id}.{rule.id}.noted")
        elif question.id in run.answers:
            lines.append("|".join((f"@{stem}.short", *_labels(script, questionnaire, question, run))))
        else:
            continue
        args: Args = {"what": f"@{stem}.short"}
        changes.append(Choice(id=f"/edit {rule.id if rule else question.id}", key="nav.change", args=args))
    return tuple(lines), tuple(changes)


def _labels(script: Script, questionnaire: Questionnaire, question: Question, run: Run) -> tuple[str, ...]:
    values = run.answers[question.id]
    keys = {o.code: o.key for o in options(questionnaire, question, run.answers, script)}
    return tuple(f"@{keys[value]}" for value in values if value in keys) or ("@nav.skipped",)


def _needs_a_way_on(scene: Scene) -> bool:
    return not scene.replies or not scene.replies[-1].choices or scene.replies[-1].key == "offer.card"


def _settled(scene: Scene, question: Question) -> bool:
    # whoever already waits for a person is not asked again whether they want one, and
    # what they would write to an open question, the guide reads
    open_question = not (question.choices or question.choices_from)
    return scene.conversation.case is not None and (
        open_question or bool(HANDOVERS & set(question.on.values()))
    )


def _state(scene: Scene, run: Run, question: Question) -> Scene:
    if question.show is not None:
        contents = scene.script.contents(question.show, run.answers, scene.conversation.language, scene.now)
        scene = scene.say(*contents.replies).do(*contents.effects)
    else:
        scene = scene.say(Reply(key=f"{run.questionnaire}.{question.id}"))
    return scene.put(statement_seen(run, question, scene.script))


def _question(scene: Scene, run: Run, question: Question) -> Scene:
    questionnaire = questionnaire_of(run, scene.script)
    if question.show is not None:
        contents = scene.script.contents(question.show, run.answers, scene.conversation.language, scene.now)
        scene = scene.say(*contents.replies).do(*contents.effects)
    if HANDOVER in question.on.values():  # it asks for consent to letters: by which ways they go
        ways = scene.script.contents("letters", run.answers, scene.conversation.language, scene.now)
        scene = scene.say(*ways.replies)
    args: dict[str, int | str | tuple[str, ...]] = {}
    choices = _choices(scene, run, questionnaire, question)
    if question.id == "review":
        args["lines"], changes = summary(scene.script, run)
        choices = (*choices, *changes)
    place = questionnaire.progress(run.answers, question)
    if place is not None:
        args["step"], args["steps"] = place
    if question.pictures:
        args["pictures"] = 1
    key = f"{run.questionnaire}.{question.id}"
    if scene.conversation.case is not None and question.id in WRITTEN:
        key += ".waiting"
    return scene.say(Reply(key=key, args=args, choices=choices))


def _choices(scene: Scene, run: Run, questionnaire: Questionnaire, question: Question) -> tuple[Choice, ...]:
    stem = f"{scene.token}.{question.id}:"
    found: list[Choice] = []
    for option in options(questionnaire, question, run.answers, scene.script):
        if option.code == "/human" and scene.conversation.case is not None:
            continue
        if option.code.startswith("/"):
            found.append(scene.command(option.code, option.key))
        elif question.multi and option.code not in question.exclusive:
            on = option.code in run.draft
            found.append(Choice(id=f"{stem}{'-' if on else '+'}{option.code}", key=option.key, ticked=on))
        else:
            found.append(Choice(id=stem + option.code, key=option.key))
    if question.multi and run.draft:
        found.append(Choice(id=stem + DONE, key="nav.done"))
    if question.skip:
        found.append(Choice(id=stem + SKIP, key="nav.skip"))
    return tuple(found)
