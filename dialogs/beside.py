"""Short answers that leave the open question where it is: its buttons are not sent again each time."""

from dataclasses import replace

from dialogs.asking import ask
from dialogs.messages import Args, Choice, Reply
from dialogs.scene import Scene
from dialogs.script import Meaning

FEW = 4
"""Choices up to which a question is simply asked again."""

TOPICS = ("intake.need", "intake.need.waiting")
UNCLEAR = "unclear"
NOBODY = "unclear.nobody"
"""Said to who goes on writing after a guide has closed the case."""

KEPT = "relay.kept"
BESIDE = ("unclear", "small_talk.", "media.", "relay.")
"""What the keys of such answers begin with."""


def acknowledged(scene: Scene, meaning: Meaning) -> Scene:
    """The letter is with the guide: a receipt, whom to call meanwhile and a way to offers; no question."""
    numbers = scene.script.contents(
        "numbers", {"detail": meaning.needs}, scene.conversation.language, scene.now
    ).replies
    replies = (Reply(key=KEPT), *numbers)
    # where there is somebody to call, a guess is worth a button too
    likely = meaning.sure or (meaning.needs if numbers else ())
    offers = tuple(
        scene.command(f"/offers {need}", "relay.offers", {"need": f"@need.{need}"}) for need in likely[:1]
    )
    return alone(scene, *replies[:-1], replace(replies[-1], choices=offers))


def alone(scene: Scene, *replies: Reply) -> Scene:
    """The answer and nothing more; a page keeps what it showed, such as the offers above the question."""
    return replace(scene.say(*replies), page=(*scene.replies, *replies, *_stays(scene)))


def beside(scene: Scene, key: str, *ways: Choice, args: Args | None = None) -> Scene:
    """The answer with `ways`, what can be done instead; a long question is repeated only on request."""
    reply = Reply(key=key, args=args or {}, choices=ways)
    asked, before = ask(scene.say(reply)), _stays(scene)
    question = asked.replies[-1]
    if not before or before[-1] != question:
        return asked
    if len(question.choices) > FEW:
        topics = () if question.key in TOPICS else (scene.command("/need", "nav.topics"),)
        reply = replace(reply, choices=(*ways, *topics))
        asked = scene.say(replace(reply, choices=_ways_on(scene, reply.choices)))
    # a page keeps what it showed, the question and the offers above it: there it is not far to either
    return replace(asked, page=(reply, *before))


def _ways_on(scene: Scene, ways: tuple[Choice, ...]) -> tuple[Choice, ...]:
    question = scene.command("/continue", "nav.question")
    person = scene.command("/human", "menu.person")
    asked_for = scene.conversation.case is not None or any(way.id.startswith("/human") for way in ways)
    return (question, *ways) if asked_for else (question, *ways, person)


def _stays(scene: Scene) -> tuple[Reply, ...]:
    """What was shown, without earlier answers of this kind."""
    return tuple(reply for reply in scene.conversation.shown if not reply.key.startswith(BESIDE))
