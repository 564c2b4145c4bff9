"""A need that was named in words, or by the button beneath a letter, in place of the taps for it."""

from dialogs.asking import ask, stated
from dialogs.conversation import HANDOVER, INTAKE, NOT_UNDERSTOOD
from dialogs.effects import CaseDescribed, NeedNamed, TextRelayed
from dialogs.messages import Reply
from dialogs.runs import answered, filled, questionnaire_of, statement_seen
from dialogs.scene import Scene
from dialogs.script import Meaning

DATED = "date_in_letter"
"""The answer to how urgent it is where a deadline may run."""

LETTER_NEEDS = ("admin.letters",)
"""What somebody needs who speaks of a deadline and of nothing that is known."""

AT_MOST = 3
"""Readings of one message that a person is asked to choose from."""


def named(scene: Scene, needs: tuple[str, ...], *, due: bool = False) -> Scene:
    """The scene with what fits these needs shown, and what is to be asked next. `due`: a deadline may run."""
    asked = scene.front
    scene = noted(scene, needs, due=due)
    if asked is None or asked.questionnaire != HANDOVER or asked.reason == NOT_UNDERSTOOD:
        return ask(scene)
    # whoever asked for a person is shown what fits, and is still asked about that person
    scene = stated(scene)
    return ask(scene.runs(asked, *scene.conversation.runs))


def noted(scene: Scene, needs: tuple[str, ...], *, due: bool = False) -> Scene:
    """The scene in which the intake knows these needs, and where to go first if a deadline may run."""
    scene = scene.understood.in_words
    run = next(run for run in scene.conversation.runs if run.questionnaire == INTAKE)
    scene = scene.runs(filled(run, needs, scene.script))
    scene = _hurried(scene, needs) if due else scene
    scene = scene.do(NeedNamed(needs=scene.needs)) if scene.needs else scene
    if scene.conversation.case is not None:
        scene = scene.do(CaseDescribed(needs=scene.needs, urgency=scene.urgency))
    return scene


def relayed(scene: Scene, text: str, meaning: Meaning) -> Scene:
    """The letter goes to the guide; if it speaks of a deadline, the case goes up in the queue."""
    scene = scene.do(TextRelayed(text=text))
    return scene.do(CaseDescribed(needs=meaning.sure, urgency=DATED)) if meaning.deadline else scene


def which(scene: Scene, needs: tuple[str, ...]) -> tuple[Reply, ...]:
    """Asks which of these is meant; a tap leads to what a named need leads to."""
    meant = (
        scene.command(f"/offers {need}", "unclear.need", {"need": f"@need.{need}"})
        for need in needs[:AT_MOST]
    )
    others = (scene.command("/need", "unclear.other"), scene.command("/human", "menu.person"))
    return (Reply(key="unclear.which", choices=(*meant, *others)),)


def dated(scene: Scene) -> Scene:
    """How urgent it is need not be asked any more; where to go first is still to be said."""
    run = scene.conversation.runs[0]
    questionnaire = questionnaire_of(run, scene.script)
    if "urgency" not in questionnaire:
        return scene
    return scene.put(answered(run, questionnaire["urgency"], (DATED,), scene.script))


def _hurried(scene: Scene, needs: tuple[str, ...]) -> Scene:
    """First where to go at once."""
    where = scene.script.contents("deadline", {"detail": needs}, scene.conversation.language, scene.now)
    scene = dated(scene.say(*where.replies))
    run = scene.conversation.runs[0]
    questionnaire = questionnaire_of(run, scene.script)
    if "deadline" not in questionnaire:
        return scene
    return scene.put(statement_seen(run, questionnaire["deadline"], scene.script))
