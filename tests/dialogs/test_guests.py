"""A guest's answers travel in the buttons: nothing of them is kept, and made-up buttons do no harm."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.town_script import TownScript
from dialogs.conversation import Conversation, Purpose
from dialogs.effects import ConsentGiven, ErasureRequested, HumanRequested
from dialogs.messages import CHOICE_ID_BYTES
from tests.dialogs.talk import TO_CONSENT, TO_OFFERS, Talk, choices_in

KEPT = TypeAdapter(Conversation)
TOKENS = st.from_regex(r"g~([a-e]1r[0-9]_([a-z{}~][0-9-]{0,3}){0,9}~?){0,4}", fullmatch=True)
ENDS = st.sampled_from(
    ["", ".need:lang", ".town:here", ".consent:yes", ".paper:fiction", ".ask:yes", ".household:+partner"]
)


def kept_apart_from_ids(talk: Talk) -> Any:
    """The conversation as storage keeps it, without the ids of choices."""
    kept = KEPT.dump_python(talk.conversation, mode="json")
    for reply in kept["shown"]:
        for choice in reply["choices"]:
            del choice["id"]
    return kept


def test_what_a_guest_answers_is_in_the_buttons_only(script: TownScript) -> None:
    """After different answers the same is kept, but for the ids of what can be tapped."""
    one, other = Talk(script), Talk(script)
    one.taps(*TO_OFFERS, "urgency:today")
    other.taps(*TO_OFFERS, "urgency:this_week")
    assert kept_apart_from_ids(one) == kept_apart_from_ids(other)


def test_a_guests_needs_stand_nowhere_but_in_what_is_shown(script: TownScript) -> None:
    """The offers on the screen name their need; nothing else of the conversation does."""
    talk = Talk(script)
    for step in TO_CONSENT:
        talk.taps(step)
        kept = KEPT.dump_python(talk.conversation, mode="json")
        assert (kept["runs"], kept["known"], kept["consents"], kept["case"]) == ([], {}, [], None)
        del kept["shown"]
        assert not [need for need in script.taxonomy.needs if need in str(kept)]


@pytest.mark.parametrize(
    ("answer", "ways"),
    [
        ("consent:only_information", {"/need g~", "/human g~", "/help g~"}),
        ("consent:under_16", {"/need g~", "/help g~"}),
    ],
)
def test_who_does_not_agree_leaves_no_trace(script: TownScript, answer: str, ways: set[str]) -> None:
    """At the end the button holds nothing, and neither does the conversation.

    Whoever is under 16 has just read who is there for them, and is not asked to claim otherwise.
    """
    talk = Talk(script)
    talk.taps(*TO_CONSENT, answer)
    assert talk.conversation.guest
    assert not talk.conversation.runs
    assert {c.id for c in choices_in(talk.replies[-1:])} == ways


@pytest.mark.parametrize("again", ["the older question", "the older command"])
def test_what_was_understood_meanwhile_is_not_lost_by_an_older_button(script: TownScript, again: str) -> None:
    """Chats keep every question: the first "yes" still stands above what has been said since."""
    talk = Talk(script)
    talk.taps("/start", "/language de")
    command = talk.send(choice="/help").replies[-1].choices[1].id
    talk.says("/human")
    yes = talk.choice("ask:yes").id
    talk.says("Ich suche eine Wohnung")
    assert talk.asks == "handover.ask"
    if again == "the older command":
        talk.send(choice=command)
        yes = talk.choice("ask:yes").id
    talk.send(choice=yes)
    requested = [effect for effect in talk.effects if isinstance(effect, HumanRequested)]
    assert [effect.needs for effect in requested] == [("housing.search",)]
    assert "handover.write_again" in talk.keys


@pytest.mark.parametrize("made_up", ["g~b1r4_~c2r0_ab1d0f.ask:yes", "g~b1r4_.ask:yes"])
def test_a_reason_that_no_button_has_is_none(script: TownScript, made_up: str) -> None:
    """Or a code that nobody knows would stand in the case and in the figures."""
    talk = Talk(script)
    talk.taps("/start", "/language de", "/human")
    talk.send(choice=made_up)
    requested = [effect for effect in talk.effects if isinstance(effect, HumanRequested)]
    assert [effect.reason for effect in requested] in ([], ["asked"])


def test_a_fresh_start_forgets_what_was_not_understood(script: TownScript) -> None:
    """Nobody is asked to write again what they do not remember."""
    talk = Talk(script)
    talk.taps("/start", "/language de")
    talk.says("xkcd qwrt")
    talk.taps("/start", "/human", "ask:yes")
    assert talk.keys == ("handover.waiting", "handover.meanwhile")


def test_who_only_tapped_is_not_asked_to_write_again(script: TownScript) -> None:
    """There is nothing that could have been lost."""
    talk = Talk(script)
    talk.taps(*TO_OFFERS, "/human", "ask:yes")
    assert talk.keys == ("handover.waiting", "intake.urgency")
    assert "handover.write_again" not in talk.keys


@pytest.mark.parametrize("text", ["xkcd qwrt", "Ich suche eine Wohnung", "Mein Mann schlägt mich"])
def test_who_wrote_before_is_asked_to_write_again(script: TownScript, text: str) -> None:
    """Understood or not: the guide sees at most the topic."""
    talk = Talk(script)
    talk.taps("/start", "/language de")
    talk.says(text)
    talk.says("/human")
    talk.taps("ask:yes")
    assert "handover.write_again" in talk.keys


def test_a_kept_conversation_reads_back_as_it_was(script: TownScript) -> None:
    """Storage keeps JSON; tuples, times and enums come back as such."""
    talk = Talk(script)
    for step in (*TO_CONSENT, "consent:yes", "town:here", "age:skip", "german:good", "household:+partner"):
        talk.taps(step)
        assert KEPT.validate_json(KEPT.dump_json(talk.conversation)) == talk.conversation


def test_every_old_button_of_a_guest_goes_on_from_where_it_was(script: TownScript) -> None:
    """Each button leads to the same screen later as it did when it was new."""
    talk, led_to = Talk(script), {}
    for step in TO_CONSENT:
        talk.taps(step)
        moment = talk.conversation
        for choice in choices_in(moment.shown):
            talk.conversation = moment
            talk.send(choice=choice.id)
            led_to[choice.id] = talk.keys
        talk.conversation = moment
    late = talk.conversation
    for choice_id, keys in led_to.items():
        talk.conversation = late
        talk.send(choice=choice_id)
        assert talk.keys == keys or choice_id.startswith("/language"), choice_id


def test_old_buttons_of_a_guest_are_stale_after_consent(script: TownScript) -> None:
    """What was kept from then on is not overwritten by what travelled in a button before."""
    talk = Talk(script)
    talk.taps(*TO_CONSENT)
    old = talk.choice("consent:yes").id
    talk.taps("consent:yes", "town:here")
    before = talk.answers
    talk.send(choice=old)
    assert talk.answers == before
    assert talk.asks == "intake.age"


def test_a_consent_cannot_be_carried_in_a_button(script: TownScript) -> None:
    """Someone who makes up an id that says "agreed" is asked like everybody else."""
    talk = Talk(script)
    talk.send(choice="g~c2r0_ab0d2fg2i0j0m0.age:27_59")
    assert talk.asks == "intake.consent"
    assert talk.conversation.guest


def test_prompts_do_not_pile_up_in_a_guests_buttons(script: TownScript) -> None:
    """Each prompt takes the place of the one before, so an id never outgrows what a channel allows."""
    talk = Talk(script)
    talk.taps(*TO_CONSENT)
    for command in ("/human", "/delete") * 5:
        talk.says(command)
        assert all(len(c.id.encode()) <= CHOICE_ID_BYTES for c in choices_in(talk.replies))
    talk.taps("ask:no")
    assert talk.asks == "intake.consent"


def test_typed_words_are_read_against_the_question_that_is_open(script: TownScript) -> None:
    """Above it there may be a greeting with a button of its own."""
    talk = Talk(script)
    talk.taps("/start", "/language de", "need:lang", "/easy")
    talk.says("Wohnen")
    assert talk.asks == "intake.detail"
    assert talk.choice("detail:housing.search").key == "need.housing.search"


@given(choice=st.one_of(st.text(max_size=90), st.builds(lambda a, b: a + b, TOKENS, ENDS)))
@example("g~c2r0_" + "d" + "9" * 5000)
@example("g~" + "~".join(["c2r0_"] * 900))
@example("g~c2r0_ab0d2fg2i0j0m0n0o0p0q0r0s5x0y0z0.review:right")
@example("/language g~c2r0_ab0")
@example("/emergency emergency.my-name")
@example("")
@settings(deadline=None, max_examples=150)
def test_a_made_up_button_gives_a_reply_and_does_no_harm(script: TownScript, choice: str) -> None:
    """Whatever comes in as an id: something is shown, and nobody has agreed or handed over by it."""
    talk = Talk(script)
    talk.taps(*TO_OFFERS)
    turn = talk.send(choice=choice)
    assert turn.replies
    assert not turn.conversation.runs
    harmful = [e for e in turn.effects if isinstance(e, ConsentGiven | ErasureRequested | HumanRequested)]
    tapped_what_a_real_button_says = choice.endswith((".consent:yes", ".ask:yes", ".person:yes"))
    assert not harmful or tapped_what_a_real_button_says
    assert all(len(c.id.encode()) <= CHOICE_ID_BYTES for c in choices_in(turn.replies))


@given(choice=st.one_of(st.text(max_size=90), st.builds(lambda a, b: a + b, TOKENS, ENDS)))
@settings(deadline=None, max_examples=100)
def test_a_made_up_button_changes_no_answer_that_is_kept(script: TownScript, choice: str) -> None:
    """After consent an id counts only if it is that of the run and question at hand."""
    talk = Talk(script)
    talk.taps(*TO_CONSENT, "consent:yes", "town:here")
    before = talk.answers
    turn = talk.send(choice=choice)
    assert turn.replies
    assert choice.startswith("/") or talk.answers == before


@given(text=st.text(max_size=60))
@settings(deadline=None, max_examples=100)
def test_any_text_gives_a_reply(script: TownScript, text: str) -> None:
    """People write anything, in any script."""
    talk = Talk(script)
    talk.taps(*TO_OFFERS)
    assert talk.says(text).replies


def test_a_handover_keeps_the_needs_in_the_case_and_the_guest_a_guest(script: TownScript) -> None:
    """Its consent is for the case alone; the answers stay in the buttons."""
    talk = Talk(script)
    talk.taps(*TO_OFFERS)
    talk.says("/human")
    turn = talk.taps("ask:yes")
    assert [c.purpose for c in turn.conversation.consents] == [Purpose.HANDOVER]
    assert not turn.conversation.runs
    assert [e.needs for e in turn.effects if isinstance(e, HumanRequested)] == [("lang.first_orientation",)]
