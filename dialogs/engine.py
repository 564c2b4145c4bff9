"""One message in, one turn out. Pure: time and randomness come in, what should be done goes out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dialogs.actions import act
from dialogs.asking import ask
from dialogs.beside import BESIDE, NOBODY, UNCLEAR, acknowledged, alone, beside
from dialogs.commands import TAPPED_ONLY, command, help_, human, need, start
from dialogs.conversation import INTAKE, NOT_UNDERSTOOD, Conversation, Owner, Run
from dialogs.effects import CaseDescribed, Effect, MediaRefused, NeedNamed
from dialogs.emergencies import emergency
from dialogs.guests import asleep, awake, front
from dialogs.messages import TEXT_LENGTH, Choice, Media, Message, Reply
from dialogs.naming import LETTER_NEEDS, named, relayed, which
from dialogs.questionnaire import DONE, SKIP, Question
from dialogs.runs import answered, codes, pending, questionnaire_of, ticked
from dialogs.scene import Scene
from dialogs.script import Meaning, Script
from dialogs.understanding import meant
from dialogs.wording import SOURCE

PAUSE = timedelta(hours=4)
"""After so long a silence with a run unfinished, the person is asked whether to go on."""

BINDING = ("consent", "handover", "erase")
"""Actions that a number or a near label does not start: only a tap, or the label word for word."""

INSTEAD: Mapping[Media, tuple[tuple[str, str], ...]] = {
    Media.VOICE: (
        ("/human", "media.voice.human"),
        ("/visit", "media.voice.visit"),
        ("/easy", "media.voice.easy"),
    ),
    Media.FILE: (("/human", "menu.human"),),
}
"""What can be done instead of sending such a thing: command and label."""

TO_GUIDE: Mapping[Media, str] = {
    Media.VOICE: "media.guide.voice",
    Media.FILE: "media.guide.file",
    Media.TOO_LONG: "media.too_long",
}
"""What is said of it to whoever waits for a guide, or has one."""

AT_ONCE = timedelta(minutes=1)
"""Several photos are sent as several messages; one answer within this time is enough."""

COMMAND = re.compile(r"/[A-Za-z_]{1,32}")
"""One that there is not: nobody means it as a letter."""

CLOSED = "handover.closed"
GREETING, REQUEST = "greeting", "request"
TRIES = 3
"""Messages in a row that are not understood before a person is offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one message led to. No replies means silence: a guide owns the conversation."""

    conversation: Conversation
    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...]


def advance(
    script: Script, conversation: Conversation, message: Message, now: datetime, new_id: Callable[[], str]
) -> Turn:
    """The turn that `message` leads to.

    `new_id` gives ids for runs, at most 12 bytes of `A-Za-z0-9_-`. The conversation in the turn is the one to
    keep: a guest's answers are in the buttons and not in it.
    """
    scene = Scene(script=script, conversation=awake(conversation, message, script), now=now, new_id=new_id)
    scene = _heard(scene, message)
    ended = asleep(scene.conversation, scene.page or scene.replies or conversation.shown, now)
    return Turn(conversation=ended, replies=scene.replies, effects=scene.effects)


def _heard(scene: Scene, message: Message) -> Scene:
    if message.choice is not None:
        return _tapped(scene, message.choice)
    if message.text is not None and message.text.strip():
        return _typed(scene, message.text.strip())
    return _not_text(scene, message.media or Media.FILE)


def _not_text(scene: Scene, media: Media) -> Scene:
    """Says kindly what is understood here, and offers a person."""
    if scene.conversation.case is not None:
        return _not_to_guide(scene, media)
    if media is Media.TOO_LONG:
        return beside(scene, f"media.{media}", args={"n": TEXT_LENGTH})
    return beside(scene, f"media.{media}", *(scene.command(*way) for way in INSTEAD[media]))


def _not_to_guide(scene: Scene, media: Media) -> Scene:
    """It does not reach the guide, and who has the conversation hears that there was something."""
    last, heard = scene.conversation.shown[:1], scene.conversation.heard_at
    if last and last[0].key in TO_GUIDE.values() and heard is not None and scene.now - heard < AT_ONCE:
        return scene
    too_long = media is Media.TOO_LONG
    ways = () if too_long else (scene.command("/visit", "media.voice.visit"),)
    scene = alone(
        scene, Reply(key=TO_GUIDE[media], args={"n": TEXT_LENGTH} if too_long else {}, choices=ways)
    )
    return scene.do(MediaRefused(media=media)) if scene.conversation.owner is Owner.GUIDE else scene


def _tapped(scene: Scene, choice: str) -> Scene:
    if choice.startswith("/"):
        return command(scene, choice) or ask(scene)
    run = scene.front
    stem, _, code = choice.partition(":")
    carried, _, name = stem.rpartition(".")
    question = pending(run, scene.script) if run is not None else None
    stale = question is None or question.id != name or front(carried) != front(scene.token)
    if run is None or question is None or stale or scene.paused:
        return ask(scene)
    return _chosen(scene, run, question, code)


def _chosen(scene: Scene, run: Run, question: Question, code: str) -> Scene:
    possible = codes(questionnaire_of(run, scene.script), question, run.answers, scene.script)
    sign, rest = code[:1], code[1:]
    scene = scene.understood
    if question.multi and sign in "+-" and rest in possible and rest not in question.exclusive:
        return ask(scene.put(ticked(run, rest, sign == "+")))
    if question.multi and code == DONE and run.draft:
        return _answer(scene, run, question, run.draft)
    if question.skip and code == SKIP:
        return _answer(scene, run, question, ())
    if code in possible and (not question.multi or code in question.exclusive):
        return _answer(scene, run, question, (code,))
    return ask(scene)


def _answer(scene: Scene, run: Run, question: Question, values: tuple[str, ...]) -> Scene:
    before, was_urgent = scene.needs, scene.urgency
    scene = scene.put(answered(run, question, values, scene.script))
    needs, urgency = scene.needs, scene.urgency
    if needs and needs != before:
        scene = scene.do(NeedNamed(needs=needs))
    if scene.conversation.case is not None and (needs, urgency) != (before, was_urgent):
        scene = scene.do(CaseDescribed(needs=needs, urgency=urgency))
    return act(scene, question.on.get(values[0]) if values else None)


def _typed(scene: Scene, text: str) -> Scene:
    if text.startswith("/") and not text.startswith(TAPPED_ONLY):
        commanded = command(scene, text)
        if commanded is not None:
            return commanded
    meaning = scene.script.understand(text, scene.conversation.language)
    if meaning.emergencies:
        return emergency(scene, text, meaning)
    if COMMAND.fullmatch(text):
        return help_(scene, "")
    if scene.conversation.owner is Owner.GUIDE:
        return _to_guide(scene, text, meaning)
    choice = _meant(scene, text)
    if choice is not None and (not _binding(scene, choice) or _word_for_word(scene, text, choice)):
        return _tapped(scene, choice.id)
    if scene.conversation.case is not None:
        return acknowledged(relayed(scene, text, meaning), meaning)
    return _in_own_words(scene, meaning)


def _in_own_words(scene: Scene, meaning: Meaning) -> Scene:
    """A person who is asked for goes before what the text may need besides."""
    if meaning.human:
        return human(scene.understood, "")
    if meaning.small_talk:
        return _small_talk(scene.understood, meaning.small_talk)
    if _is_closed(scene):
        return _to_nobody(scene, meaning.needs)
    if meaning.deadline:  # a deadline does not wait for a question to be answered
        return named(scene, meaning.needs or LETTER_NEEDS, due=True)
    if meaning.doubt:
        return alone(scene.understood, *which(scene, meaning.needs))
    if meaning.needs:
        return named(scene, meaning.needs)
    return _resumed(scene) or _missed(scene)


def _small_talk(scene: Scene, kind: str) -> Scene:
    """A greeting begins where nothing is going on; to everything else there is a kind word."""
    key = f"small_talk.{kind}"
    if _is_closed(scene):
        return _last(scene, NOBODY if kind in (GREETING, REQUEST) else key)
    if kind in (GREETING, REQUEST) and scene.front is None:
        return start(scene, "")
    if kind == REQUEST:
        return need(scene, "")
    return (_resumed(scene) if kind == GREETING else None) or beside(scene, key)


def _to_nobody(scene: Scene, needs: tuple[str, ...]) -> Scene:
    """What is written after a guide has closed the case was likely meant for the guide: nobody reads it."""
    return named(scene.say(_again(scene, NOBODY)), needs) if needs else _last(scene, NOBODY)


def _is_closed(scene: Scene) -> bool:
    return any(reply.key == CLOSED for reply in scene.conversation.shown)


def _last(scene: Scene, key: str) -> Scene:
    """The answer stands last on a page, and only it has buttons."""
    told = _again(scene, key)
    scene = alone(scene, told)
    return replace(scene, page=(*(replace(reply, choices=()) for reply in scene.page[1:]), told))


def _again(scene: Scene, key: str) -> Reply:
    return Reply(
        key=key, choices=(scene.command("/human", "menu.human"), scene.command("/need", "menu.need"))
    )


def _meant(scene: Scene, text: str) -> Choice | None:
    shown = scene.conversation.shown
    # the question may stand far above what was answered last: nobody counts up to there
    counted = not (shown and shown[0].key.startswith(BESIDE))
    return meant(text, shown, scene.script, scene.conversation.language, counted=counted)


def _binding(scene: Scene, choice: Choice) -> bool:
    run = scene.front
    question = pending(run, scene.script) if run is not None else None
    return question is not None and question.on.get(choice.id.rpartition(":")[2]) in BINDING


def _word_for_word(scene: Scene, text: str, choice: Choice) -> bool:
    for code in (scene.conversation.language, SOURCE):
        if scene.script.normalise(text, code) == scene.script.label(choice.key, code, choice.args):
            return True
    return False


def _to_guide(scene: Scene, text: str, meaning: Meaning) -> Scene:
    if not scene.paused:  # "erase everything?" is open; a "1" would answer the guide, not that
        choice = _meant(scene, text)
        if choice is not None and _word_for_word(scene, text, choice):
            return _tapped(scene, choice.id)
    return relayed(scene, text, meaning)


def _resumed(scene: Scene) -> Scene | None:
    heard = scene.conversation.heard_at
    run = scene.front
    if (
        heard is None
        or scene.now - heard < PAUSE
        or run is None
        or run.questionnaire != INTAKE
        or not run.given
    ):
        return None
    return ask(scene.begin("resume"))


def _missed(scene: Scene) -> Scene:
    missed = scene.conversation.missed + 1
    scene = replace(scene, conversation=replace(scene.conversation, missed=missed % TRIES))
    if missed >= TRIES:
        return ask(scene.say(Reply(key="unclear.person")).begin("handover", reason=NOT_UNDERSTOOD))
    return beside(scene, UNCLEAR)
