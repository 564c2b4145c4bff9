"""An emergency in somebody's words: the card at once, and what else was said once they go on from it."""

from collections.abc import Mapping

from dialogs.beside import KEPT
from dialogs.commands import emergency_card
from dialogs.conversation import EMERGENCIES, HANDOVER
from dialogs.messages import Reply
from dialogs.naming import AT_MOST, LETTER_NEEDS, dated, noted, relayed
from dialogs.scene import Scene
from dialogs.script import Meaning

AFTERWARDS: Mapping[str, str] = {
    "emergency.violence": "family.violence",
    "emergency.suicide": "health.mental",
    "emergency.no_shelter": "housing.eviction",
}
"""The need that an emergency leaves behind: its offers go before those of whatever else was said."""


def emergency(scene: Scene, text: str, meaning: Meaning) -> Scene:
    """The card of the likeliest kind; with a case the guide gets the text as well."""
    kind = next(iter(meaning.emergencies))
    if scene.conversation.case is not None:
        return emergency_card(relayed(scene, text, meaning), kind).say(Reply(key=KEPT))
    asked = scene.front is not None and scene.front.questionnaire == HANDOVER
    scene = scene.in_words
    if asked:
        return emergency_card(scene.wanted(kind) if kind in EMERGENCIES else scene, kind)
    return emergency_card(_said_besides(scene, meaning, kind), kind)


def _said_besides(scene: Scene, meaning: Meaning, kind: str) -> Scene:
    """What else the message surely says is taken up once the person goes on from the card."""
    needs = meaning.sure or (LETTER_NEEDS if meaning.deadline else ())
    if not needs:
        return scene
    first = (AFTERWARDS[kind],) if kind in AFTERWARDS else ()
    scene = noted(scene, tuple(dict.fromkeys((*first, *needs)))[:AT_MOST])
    return dated(scene) if meaning.deadline else scene
