"""A need that was named in words, or by the button beneath a letter, in place of the taps for it."""

from dialogs.asking import ask, stated
from dialogs.conversation import HANDOVER, INTAKE, NOT_UNDERSTOOD
from dialogs.effects import CaseDescribed, NeedNamed
from dialogs.runs import filled
from dialogs.scene import Scene


def named(scene: Scene, needs: tuple[str, ...]) -> Scene:
    """The scene with what fits these needs shown, and what is to be asked next."""
    asked, scene = scene.front, scene.understood.in_words
    run = next(run for run in scene.conversation.runs if run.questionnaire == INTAKE)
    scene = scene.runs(filled(run, needs, scene.script))
    scene = scene.do(NeedNamed(needs=scene.needs)) if scene.needs else scene
    if scene.conversation.case is not None:
        scene = scene.do(CaseDescribed(needs=scene.needs, urgency=scene.urgency))
    if asked is None or asked.questionnaire != HANDOVER or asked.reason == NOT_UNDERSTOOD:
        return ask(scene)
    # whoever asked for a person is shown what fits, and is still asked about that person
    scene = stated(scene)
    return ask(scene.runs(asked, *scene.conversation.runs))
