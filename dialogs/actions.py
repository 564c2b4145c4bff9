"""What an answer starts besides the next question: a table from names in questionnaire files."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs.asking import MEANWHILE, ask, meanwhile, summary
from dialogs.conversation import (
    ASKED,
    EMERGENCIES,
    INTAKE,
    NOT_UNDERSTOOD,
    PROMPTS,
    TYPED,
    WATCH,
    Consent,
    Conversation,
    Purpose,
)
from dialogs.effects import ConsentGiven, ConsentRefused, ErasureRequested, HumanRequested, NeedNamed
from dialogs.letters import LETTER, is_yellow, may_be_due, needs_of_letter
from dialogs.messages import Reply
from dialogs.naming import noted
from dialogs.questionnaire import CONSENT
from dialogs.runs import pending
from dialogs.scene import Scene


def agree(scene: Scene) -> Scene:
    """Consent to keeping the answers: the runs that travelled in buttons become stored runs."""
    runs = tuple(replace(run, id=scene.new_id()) for run in scene.conversation.runs)
    scene = _consented(scene.runs(*runs), Purpose.INTAKE)
    return scene.do(NeedNamed(needs=scene.needs)) if scene.needs else scene


def refuse(scene: Scene) -> Scene:
    """Only information: that is counted, nothing else happens."""
    return scene.do(ConsentRefused())


def hand_over(scene: Scene) -> Scene:
    """Consent to a human reading along, and the wish for one."""
    reason, has_typed = _reason(scene), _has_typed(scene)
    scene = _without_prompt(scene)
    if scene.conversation.case is not None:
        return scene.say(Reply(key="handover.already"))
    needs, urgency = scene.needs, scene.urgency
    if reason in EMERGENCIES:
        needs, reason = (reason, *(need for need in needs if need != reason)), ASKED
    scene = _consented(scene, Purpose.HANDOVER)
    scene = replace(scene, conversation=replace(scene.conversation, case=0, missed=0))
    scene = scene.do(HumanRequested(needs=needs, urgency=urgency, reason=reason))
    waiting = scene.script.contents("waiting", {}, scene.conversation.language, scene.now)
    scene = scene.say(*waiting.replies).do(*waiting.effects)
    scene = scene.say(Reply(key="handover.write_again")) if has_typed else scene
    return scene.say(meanwhile(scene)) if _asks_for_a_topic(scene) else scene


def ask_person(scene: Scene) -> Scene:
    """A person for a need that calls for one: the handover asks its own consent."""
    return scene.begin("handover", reason=WATCH)


def stay(scene: Scene) -> Scene:
    """No handover: back to what the prompt interrupted."""
    return _without_prompt(scene)


def start_anew(scene: Scene) -> Scene:
    """The unfinished run is left; what is known of the person stays."""
    return scene.anew()


def look(scene: Scene) -> Scene:
    """Shows the answers so far, then goes on."""
    scene = _without_prompt(scene)
    lines = summary(scene.script, scene.front)[0] if scene.front is not None else ()
    return scene.say(Reply(key="resume.answers", args={"lines": lines})) if lines else scene


def letter(scene: Scene) -> Scene:
    """What was said of a letter becomes what is needed; of the letter nothing more is known, or kept."""
    run = scene.front
    if run is None or run.questionnaire != LETTER:
        return scene
    scene = scene.runs(*scene.conversation.runs[1:])
    scene = scene.say(Reply(key="letter.yellow")) if is_yellow(run.answers) else scene
    return noted(scene, needs_of_letter(run.answers), due=may_be_due(run.answers))


def erase(scene: Scene) -> Scene:
    """Everything goes; what remains is the language of the goodbye."""
    fresh = Conversation(language=scene.conversation.language, heard_at=scene.now)
    goodbye = Reply(key="erase.done", choices=())
    return replace(scene, conversation=fresh).do(ErasureRequested()).say(goodbye)


ACTIONS: Mapping[str, Callable[[Scene], Scene]] = {
    CONSENT: agree,
    "refuse": refuse,
    "handover": hand_over,
    "ask_person": ask_person,
    "stay": stay,
    "go_on": stay,
    "look": look,
    LETTER: letter,
    "start_anew": start_anew,
    "erase": erase,
}


def act(scene: Scene, action: str | None) -> Scene:
    """The scene after an answer's action, with what is then pending."""
    if action is None:
        return ask(scene)
    scene = ACTIONS[action](scene)
    rests = bool(scene.replies) and scene.replies[-1].key == MEANWHILE
    return scene if action == "erase" or rests else ask(scene)


def _consented(scene: Scene, purpose: Purpose) -> Scene:
    conversation, version = scene.conversation, scene.script.consent_versions[purpose]
    if any(consent.purpose is purpose and consent.version == version for consent in conversation.consents):
        return scene
    consent = Consent(purpose=purpose, version=version, language=conversation.language, at=scene.now)
    conversation = replace(conversation, consents=(*conversation.consents, consent))
    return replace(scene, conversation=conversation).do(ConsentGiven(purpose=purpose))


def _without_prompt(scene: Scene) -> Scene:
    run = scene.front
    return (
        scene.runs(*scene.conversation.runs[1:])
        if run is not None and run.questionnaire in PROMPTS
        else scene
    )


def _reason(scene: Scene) -> str:
    run = scene.front
    if run is None or run.questionnaire != INTAKE:
        return run.reason if run is not None and run.reason else ASKED
    return WATCH if run.answers.get("person") == ("yes",) and "contact" not in run.answers else ASKED


def _asks_for_a_topic(scene: Scene) -> bool:
    run = scene.front
    if run is None or run.questionnaire != INTAKE:
        return run is None
    question = pending(run, scene.script)
    return question is not None and (question.id == "notice" or question.from_text is not None)


def _has_typed(scene: Scene) -> bool:
    """Whether words were written that nobody keeps: of them a guide sees at most the needs understood."""
    return any(run.reason in (TYPED, NOT_UNDERSTOOD) for run in scene.conversation.runs)
