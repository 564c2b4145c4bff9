"""Short answers that leave the open question where it is: its buttons are not sent again each time."""

from dataclasses import replace

from dialogs.asking import ask
from dialogs.messages import Args, Choice, Reply
from dialogs.scene import Scene

FEW = 4
"""Choices up to which a question is simply asked again."""

UNCLEAR = "unclear"
NOBODY = "unclear.nobody"
"""Said to who goes on writing after a guide has closed the case."""

KEPT = "relay.kept"
BESIDE = ("unclear", "small_talk.", "media.", KEPT)
"""What the keys of such answers begin with."""


def acknowledged(scene: Scene) -> Scene:
    """The letter is with the guide: a receipt and no question."""
    return alone(scene, Reply(key=KEPT))


def alone(scene: Scene, reply: Reply) -> Scene:
    """The answer and nothing more; a page keeps what it showed, such as the offers above the question."""
    return replace(scene.say(reply), page=(*scene.replies, reply, *_stays(scene)))


def beside(scene: Scene, key: str, *ways: Choice, args: Args | None = None) -> Scene:
    """The answer with `ways`, what can be done instead; a long question is repeated only on request."""
    reply = Reply(key=key, args=args or {}, choices=ways)
    asked, before = ask(scene.say(reply)), _stays(scene)
    question = asked.replies[-1]
    if not before or before[-1] != question:
        return asked
    if len(question.choices) > FEW:
        asked = scene.say(replace(reply, choices=_ways_on(scene, ways)))
    # a page keeps what it showed, the question and the offers above it: there it is not far to either
    return replace(asked, page=(reply, *before))


def _ways_on(scene: Scene, ways: tuple[Choice, ...]) -> tuple[Choice, ...]:
    more = [scene.command("/continue", "nav.question")]
    if scene.conversation.case is None and not any(way.id.startswith("/human") for way in ways):
        more.append(scene.command("/human", "menu.person"))
    return (*ways, *more)


def _stays(scene: Scene) -> tuple[Reply, ...]:
    """What was shown, without earlier answers of this kind."""
    return tuple(reply for reply in scene.conversation.shown if not reply.key.startswith(BESIDE))
