"""How what is said looks as messages: texts, buttons in rows, what was answered, long texts in pieces."""

from datetime import UTC, datetime

import pytest

from bot.cards import MAP
from bot.channels.base import EMPTY, LONGEST_BUBBLE, Bubble, Key, bubbles, units
from bot.house import House
from bot.newcomer_bubbles import bubbles_of
from bot.posts import Part, Post, parts_of
from bot.rendering import button, render_one
from bot.town_script import TownScript
from catalog.offer import BookedBy
from dialogs.conversation import Conversation
from dialogs.messages import Args, Choice, Message, Reply
from tests.doors import TOWN

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def script(house: House) -> TownScript:
    return house.towns[TOWN].script


def made(script: TownScript, *parts: Part, language: str = "en") -> list[Bubble]:
    """As it comes out of the outbox."""
    return bubbles_of(script, Post.unpacked(Post(language=language, parts=parts).packed()), NOW)


def labels(bubble: Bubble) -> list[list[str]]:
    return [[key.label for key in row] for row in bubble.keys]


def question(*choices: Choice) -> Reply:
    return Reply(key="intake.household", choices=choices)


PARTNER = Choice(id="r1.household:+partner", key="intake.household.partner", ticked=False)
DONE = Choice(id="r1.household:ok", key="nav.done")
NEED = Choice(id="r1.need:housing", key="intake.need.housing")
LONG = Choice(id="r1.household:+elders", key="intake.household.elders", ticked=True)


def test_an_answered_question_shows_its_answer_and_nothing_to_tap(script: TownScript) -> None:
    (bubble,) = made(script, Part(reply=question(PARTNER, DONE), answer=PARTNER, replaces="17"))
    assert bubble.text.endswith("\n\n✓ Partner")
    assert (bubble.keys, bubble.replaces) == ((), "17")


def test_ticks_and_pictures_stand_before_the_label(script: TownScript) -> None:
    """A tick says whether it is set; what cannot be ticked has none."""
    (bubble,) = made(script, Part(reply=question(PARTNER, LONG, DONE, NEED)))
    house_icon = script.taxonomy.domains["housing"].icon
    assert house_icon
    assert [label for row in labels(bubble) for label in row] == [
        "☐ Partner",
        "☑ Parents or older people",
        "Done",
        f"{house_icon} Housing",
    ]


def test_every_need_and_something_else_have_a_picture_on_every_level(script: TownScript) -> None:
    """Who hardly reads is promised pictures to tap, on the second level as on the first."""
    wanted = {"need": ("housing",), "detail": script.taxonomy.domains["housing"].needs}
    first, second = (
        [
            *(Choice(id=f"r1.{question}:{code}", key=f"{prefix}.{code}") for code in codes),
            Choice(id=f"r1.{question}:other", key=f"intake.{question}.other"),
        ]
        for (question, codes), prefix in zip(wanted.items(), ("intake.need", "need"), strict=True)
    )
    assert [label for row in labels(made(script, Part(reply=question(*first)))[0]) for label in row] == [
        "🏠 Housing",
        "❓ Something else",
    ]
    assert [label for row in labels(made(script, Part(reply=question(*second)))[0]) for label in row] == [
        *(
            f"{script.taxonomy.need(code).icon} {script.text(f'need.{code}', 'en')}"
            for code in wanted["detail"]
        ),
        "❓ Something else",
    ]


def test_pages_keep_their_drawings(script: TownScript) -> None:
    """An emoji differs from phone to phone: a need's is for messengers alone."""
    need = Choice(id="r1.detail:housing.search", key="need.housing.search")
    shown = button(script, need, "en")
    assert (shown.icon, shown.emoji) == ("", script.taxonomy.need("housing.search").icon)


def test_two_short_buttons_share_a_row_and_a_long_one_has_its_own(script: TownScript) -> None:
    (bubble,) = made(script, Part(reply=question(DONE, NEED, LONG, DONE, LONG, DONE, DONE, DONE)))
    assert [len(row) for row in bubble.keys] == [2, 1, 1, 1, 2, 1]


def test_a_button_leads_to_https_and_any_other_address_stands_in_the_text(script: TownScript) -> None:
    """Messengers refuse buttons with other addresses, such as the demo's."""
    links = tuple(
        Choice(id=f"{scheme}://wege.example/weiter/x", key="telegram.web_open")
        for scheme in ("https", "http")
    )
    (bubble,) = made(script, Part(reply=Reply(key="telegram.web_guest", choices=links)))
    (row,) = bubble.keys
    assert [(key.url, key.data) for key in row] == [("https://wege.example/weiter/x", "")]
    assert bubble.text.endswith("\nhttp://wege.example/weiter/x")
    assert "https:" not in bubble.text


def test_a_letter_stands_as_it_was_written(script: TownScript) -> None:
    """Nothing in it is taken for a text of ours or a place to be filled; it is marked as a person's."""
    written = "=Hallo {name}, @key at:2026 \u2068%s\u2069"
    (bubble,) = made(script, Part(letter=written), language="de")
    assert written in bubble.text
    assert bubble.text.startswith("Mensch im Rathaus:")
    assert bubble.letter


def test_a_long_text_is_several_messages_with_the_buttons_beneath_the_last() -> None:
    """The first takes the place of what is changed; the letter counts as read with the last."""
    text = "\n\n".join(f"{number} " + "wort " * 300 for number in range(9))
    keys = ((Key(label="Weiter", data="/continue"),),)
    parts = bubbles(Bubble(text=text, keys=keys, replaces="7", quotes="8", letter=True))
    assert len(parts) == 5
    assert all(units(part.text) <= LONGEST_BUBBLE for part in parts)
    assert [part.keys for part in parts] == [(), (), (), (), keys]
    assert [(part.replaces, part.quotes) for part in parts] == [("7", "8"), *[("", "")] * 4]
    assert parts[-1].letter


def test_a_short_text_is_one_message_that_keeps_everything() -> None:
    whole = Bubble(text="Hallo", keys=((Key(label="x", data="x"),),), replaces="7", quotes="8", letter=True)
    assert bubbles(whole) == [whole]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_message_is_never_empty(text: str) -> None:
    """No messenger takes one."""
    assert [part.text for part in bubbles(Bubble(text=text))] == [EMPTY]


def test_cards_of_offers_that_are_gone_are_left_out_but_something_is_said(script: TownScript) -> None:
    """The outbox may be hours old when the network is back."""
    gone = Part(reply=Reply(key="offer.card", args={"offer": "gone", "need": "housing.search", "why": ()}))
    done = script.text(DONE_REPLY.key, "en")
    # it keeps its place without a text: how many messages of a row have gone is counted
    assert [bubble.text for bubble in made(script, gone, Part(reply=DONE_REPLY))] == ["", done]
    (way_on,) = made(script, gone)
    assert {key.data for row in way_on.keys for key in row} == {"/need", "/human", "/help"}


DONE_REPLY = Reply(key="intake.thanks")


def test_no_button_carries_more_than_a_messenger_takes() -> None:
    """64 bytes; it is found out when the button is made, and not by the messenger's refusal."""
    Key(label="x", data="ä" * 32)
    with pytest.raises(ValueError, match="64 bytes"):
        Key(label="x", data="ä" * 32 + "x")


def card_of(offer: str, key: str = "offer.card") -> Reply:
    args: Args = {"offer": offer, "need": "law.documents", "why": ()}
    return Reply(key=key, args=args, choices=(Choice(id=f"/card {offer}", key="offer.german_button"),))


@pytest.mark.parametrize(
    ("language", "label"), [("de", "Karte"), ("en", "Map"), ("ar", "الخريطة"), ("uk", "Карта")]
)
def test_beneath_a_card_stands_the_map_that_the_page_links_to(
    script: TownScript, language: str, label: str
) -> None:
    reply = card_of("buergerbuero-erlenfels")
    (bubble,) = made(script, Part(reply=reply), language=language)
    shown = render_one(script, reply, language, NOW)
    assert shown is not None
    assert shown.card is not None
    (link,) = [line.href for line in shown.card.lines if line.kind == "address"]
    assert link == f"{MAP}Am%20Haselbach%201%2C%2065999%20Erlenfels%20%28Taunus%29"
    (counter,), (on_map,) = bubble.keys
    assert counter.data == "/card buergerbuero-erlenfels"
    assert on_map == Key(label=label, url=link)


def test_no_map_leads_to_a_place_that_must_stay_unknown(script: TownScript) -> None:
    """Nor to one that there is not: by telephone, or where a guide books."""
    without = [offer for offer in script.offers if offer.address is None or offer.booked_by is BookedBy.GUIDE]
    assert any(offer.address_secret for offer in without)
    for offer in without:
        (bubble,) = made(script, Part(reply=card_of(offer.id)))
        assert [key.url for row in bubble.keys for key in row] == [""], offer.id


def test_the_card_for_the_counter_has_no_map(script: TownScript) -> None:
    """Whoever shows it is there."""
    (bubble,) = made(script, Part(reply=card_of("buergerbuero-erlenfels", "offer.german")))
    assert [key.url for row in bubble.keys for key in row] == [""]


def tapped(choice: str) -> Message:
    return Message(id="1", choice=choice)


def test_a_tap_edits_its_question_and_the_next_follows() -> None:
    before, asked = Conversation(language="en"), question(PARTNER, DONE)
    before = Conversation(language="en", shown=(asked,))
    next_one = Reply(key="intake.since")
    assert parts_of(before, tapped(DONE.id), [next_one], "17") == [
        Part(reply=asked, answer=DONE, replaces="17"),
        Part(reply=next_one),
    ]


def test_a_tick_takes_the_place_of_its_own_question() -> None:
    before = Conversation(language="en", shown=(question(PARTNER, DONE),))
    again = question(LONG, DONE)
    assert parts_of(before, tapped(PARTNER.id), [again], "17") == [Part(reply=again, replaces="17")]


@pytest.mark.parametrize(
    ("message", "reference"),
    [
        (tapped("/human"), "17"),
        (tapped("r0.household:ok"), "17"),
        (tapped(DONE.id), ""),
        (Message(id="1", text="Done"), ""),
    ],
    ids=["a command", "not shown any more", "where messages have no reference", "typed"],
)
def test_otherwise_no_message_is_touched(message: Message, reference: str) -> None:
    before, reply = Conversation(language="en", shown=(question(DONE),)), Reply(key="intake.since")
    assert parts_of(before, message, [reply], reference) == [Part(reply=reply)]
