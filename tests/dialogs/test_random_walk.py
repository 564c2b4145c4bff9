"""Any sequence of taps, words, commands, time and guides gives a reply and never an exception."""

from collections.abc import Sequence
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.rendering import render
from bot.town_script import TownScript
from dialogs.conversation import Conversation, Owner
from dialogs.effects import ConsentGiven, HumanRequested
from dialogs.messages import CHOICE_ID_BYTES, Reply
from tests.dialogs.talk import TO_AGE, Talk, choices_in

Action: TypeAlias = tuple[str, int]
KEPT = TypeAdapter(Conversation)
TEXTS = (
    "Wohnung suchen",
    "Ja",
    "3",
    "٢",
    "أريد دورة لغة ألمانية",
    "Мені потрібен лікар",
    "ich brauche ein İftar",
    "خانه می‌خواهم",
    "ትምህርቲ ቋንቋ",
    "😀",
    "   ",
    "x" * 3000,
    "\u202eabc\u0000",
    "zurück",
    "asdf qwer",
)
COMMANDS = (
    "/start",
    "/need",
    "/easy",
    "/back",
    "/edit age",
    "/edit group",
    "/edit",
    "/continue",
    "/language",
    "/language ar",
    "/language de",
    "/language xx",
    "/human",
    "/emergency",
    "/card x",
    "/mydata",
    "/delete",
    "/privacy",
    "/help",
    "/nonsense",
)
ACTIONS = st.lists(
    st.one_of(
        # taps most of all, so that walks come far
        st.tuples(st.sampled_from(["tap"] * 6 + ["stale", "command", "text", "voice"]), st.integers(0, 40)),
        st.tuples(
            st.sampled_from(["tap"] * 4 + ["wait", "guide", "close", "text", "stale"]), st.integers(0, 40)
        ),
    ),
    min_size=3,
    max_size=30,
)
STARTS = st.sampled_from([(), ("/start",), TO_AGE[:5], TO_AGE])


class Walk:
    """Someone who does anything, and remembers every button they have ever seen."""

    def __init__(self, script: TownScript, start: Sequence[str]) -> None:
        self.talk, self.seen = Talk(script), ["r1.town:here", "g~c2r0_.need:lang"]
        for step in start:
            self.talk.taps(step)

    def goes(self, action: Action) -> bool:
        """Does one thing; False if it was no message."""
        kind, number = action
        talk = self.talk
        shown = [choice.id for choice in choices_in(talk.conversation.shown)]
        self.seen += shown
        match kind:
            case "tap":
                talk.send(choice=shown[number % len(shown)] if shown else "/start")
            case "stale":
                talk.send(choice=self.seen[number % len(self.seen)])
            case "command":
                talk.says(COMMANDS[number % len(COMMANDS)])
            case "text":
                talk.says(TEXTS[number % len(TEXTS)])
            case "voice":
                talk.send()
            case _:
                self._elsewhere(kind, number)
                return False
        return True

    def _elsewhere(self, kind: str, number: int) -> None:
        talk = self.talk
        if kind == "wait":
            talk.waits((-1, 0.1, 5, 30, 9000)[number % 5])
        elif kind == "guide" and talk.conversation.case is not None:
            talk.guide_takes()
        elif kind == "close" and talk.conversation.case is not None:
            talk.guide_closes()


@given(start=STARTS, actions=ACTIONS)
@settings(deadline=None, max_examples=120)
def test_every_message_gets_a_reply_unless_a_guide_answers(
    script: TownScript, start: tuple[str, ...], actions: list[Action]
) -> None:
    """Nobody is left without an answer, without a way on, or with a button that no channel carries."""
    walk = Walk(script, start)
    for action in actions:
        owner = walk.talk.conversation.owner
        if walk.goes(action):
            assert walk.talk.replies or owner is Owner.GUIDE or is_answered(walk.talk), action
            assert_fit_to_be_shown(walk.talk)


def is_answered(talk: Talk) -> bool:
    """One of several photos; the first was answered."""
    return talk.conversation.shown[0].key.startswith("media.guide.")


def assert_fit_to_be_shown(talk: Talk) -> None:
    for choice in choices_in(talk.replies):
        assert len(choice.id.encode()) <= CHOICE_ID_BYTES, choice.id
    for rendered in render(talk.script, talk.replies, talk.conversation.language, talk.now):
        assert rendered.card is not None or (rendered.text and rendered.text != rendered.key), rendered.key
        assert all(button.label and "." not in button.label.strip(".")[:9] for button in rendered.buttons)
    assert len(talk.conversation.runs) <= 2
    assert KEPT.validate_json(KEPT.dump_json(talk.conversation)) == talk.conversation


@given(start=STARTS, actions=ACTIONS)
@settings(deadline=None, max_examples=60)
def test_nothing_is_kept_and_nothing_handed_over_without_a_consent(
    script: TownScript, start: tuple[str, ...], actions: list[Action]
) -> None:
    """At every moment the conversation holds no more than was agreed to."""
    walk = Walk(script, start)
    for action in actions:
        walk.goes(action)
        conversation = walk.talk.conversation
        if conversation.guest:
            assert (conversation.runs, conversation.known, conversation.case) == ((), {}, None)
        for effect in walk.talk.effects:
            if isinstance(effect, HumanRequested):
                assert [c.purpose.value for c in conversation.consents].count("handover")
            if isinstance(effect, ConsentGiven):
                assert conversation.agreed(effect.purpose)


@given(start=STARTS, actions=ACTIONS)
@settings(deadline=None, max_examples=60)
def test_a_switch_of_language_shows_the_same_again(
    script: TownScript, start: tuple[str, ...], actions: list[Action]
) -> None:
    """At any moment: the same texts and the same buttons, in another language."""
    walk = Walk(script, start)
    for action in actions:
        walk.goes(action)
    before = walk.talk.conversation
    if not before.shown or before.shown[-1].key in ("welcome", "language.menu"):
        return
    for language in ("uk", "ar", before.language):
        walk.talk.says(f"/language {language}")
        assert walk.talk.conversation.language == language
        assert same(walk.talk.replies) == same(before.shown)
    assert walk.talk.conversation.runs == before.runs


@given(start=STARTS, actions=ACTIONS, number=st.integers(0, 200))
@settings(deadline=None, max_examples=100)
def test_a_stale_button_applies_nothing(
    script: TownScript, start: tuple[str, ...], actions: list[Action], number: int
) -> None:
    """A button of another run or question only shows again what is open."""
    walk = Walk(script, start)
    for action in actions:
        walk.goes(action)
    conversation = walk.talk.conversation
    if not conversation.runs:
        return
    pending_again = walk.talk.send(choice="none.of:these")
    now = {choice.id.partition(":")[0] for choice in choices_in(pending_again.replies)}
    old = [one for one in walk.seen if not one.startswith("/") and one.partition(":")[0] not in now]
    walk.talk.conversation = conversation
    tapped = walk.talk.send(choice=old[number % len(old)])
    assert tapped.replies == pending_again.replies
    assert tapped.conversation.runs == pending_again.conversation.runs


@given(numbers=st.lists(st.integers(0, 40), min_size=45, max_size=45))
@settings(deadline=None, max_examples=60)
def test_every_path_of_answers_ends(script: TownScript, numbers: list[int]) -> None:
    """Whatever is chosen, after at most one answer to each question nothing is left to ask."""
    talk = Talk(script)
    talk.taps("/start", "/language de")
    for number in numbers:
        own = [
            c.id for c in choices_in(talk.replies[-1:]) if not c.id.startswith("/") and c.ticked is not True
        ]
        if not own:
            break
        talk.send(choice=own[number % len(own)])
    assert talk.asks in ("menu.next", "handover.meanwhile")


@pytest.mark.parametrize("way", ["+partner", "+elders"])
def test_the_same_tick_twice_changes_nothing(talk: Talk, way: str) -> None:
    """As when someone taps again because the answer was slow."""
    talk.taps(*TO_AGE, "age:skip", "german:skip", "household:+partner", "household:+elders")
    before = talk.conversation
    run = before.runs[0].id
    talk.send(choice=f"{run}.household:{way}")
    assert talk.conversation == before


def same(replies: tuple[Reply, ...]) -> list[tuple[str, list[str]]]:
    return [(reply.key, [choice.id for choice in reply.choices]) for reply in replies]
