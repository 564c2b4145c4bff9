"""Who can no longer be reached on Telegram, whose chat has moved, and what is too long for one message."""

from datetime import UTC, datetime

from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.posts import Part, Post
from bot.team_notes import Note
from casework.team import Role
from storage import Store
from tests.e2e.bots import NEWCOMERS, TEAM, Bots, join_team, tap
from tests.telegram.bot_api import BotApi
from tests.telegram.control import eventually
from tests.telegram.phones import Person

LONG = "\n\n".join(f"{number}. " + "Wort " * 40 for number in range(50))
"""Three messages of at most 4096."""


def asks_for_a_person(nour: Person) -> None:
    nour.say("/start")
    tap(nour, "/language en")
    nour.say("/human")
    tap(nour, ".ask:yes")


def test_a_guide_hears_that_the_person_has_blocked_the_bot(bots: Bots, bot_api: BotApi) -> None:
    """And the person hears from the guide again once they have let the bot in."""
    nour, anna = bot_api.person(NEWCOMERS, language="en"), bot_api.person(TEAM, language="de")
    joining = bots.invite_to_chat(Role.GUIDE, "sternmiere9038")
    bots.start()
    join_team(anna, joining)
    asks_for_a_person(nour)
    anna.waits_for("Fall 1 wartet.")
    anna.tap("Übernehmen")
    own = anna.waits_for("Fall 1 gehört jetzt Ihnen.")
    nour.block()
    anna.waits_for("nicht erreichbar")
    anna.say("Hören Sie mich?", reply_to=own.id)
    anna.waits_for("Gespeichert für Fall 1.")
    nour.unblock()
    anna.waits_for("wieder auf Telegram erreichbar. Was Sie ihr geschrieben haben, bekommt sie jetzt.")
    nour.waits_for("Hören Sie mich?")
    nour.say("Here I am")
    anna.waits_for("Here I am")
    anna.say("Wie schön", reply_to=own.id)
    nour.waits_for("Wie schön")
    assert bots.stop() == 0
    assert len([text for text in anna.reads() if "nicht erreichbar" in text]) == 1


def test_both_bots_follow_a_chat_that_has_another_number_now(bots: Bots, bot_api: BotApi) -> None:
    """What could not be sent comes there, and so does all that follows."""
    nour, anna = bot_api.person(NEWCOMERS, language="en"), bot_api.person(TEAM, language="de")
    there = {person: bot_api.person(person.token, language="en") for person in (nour, anna)}
    joining = bots.invite_to_chat(Role.VOLUNTEER, "sternmiere9038")
    bots.start()
    join_team(anna, joining)
    asks_for_a_person(nour)
    nour.waits_for("I have passed it on")
    for person, elsewhere in there.items():
        elsewhere.say("/start")
        eventually(elsewhere.reads)
        bot_api.faults.moved(person.token, elsewhere.id, method="sendMessage", chat=person.id)
        person.say("/help")
    there[nour].waits_for("I am a program of the town")
    there[anna].waits_for("/stop trennt diesen Chat")
    there[nour].say("a letter")
    there[nour].waits_for("Your message is with")
    assert bots.stop() == 0
    assert bots.inside(letters) == ["a letter"]


def letters(store: Store) -> list[str]:
    (case,) = store.cases.queue()
    return [letter.text for letter in store.letters.of_case(case.id)]


def test_what_is_too_long_comes_in_pieces_cut_between_paragraphs(bots: Bots, bot_api: BotApi) -> None:
    """Telegram refuses more than 4096 characters in one message."""
    nour, anna = bot_api.person(NEWCOMERS, language="en"), bot_api.person(TEAM, language="de")
    for person in (nour, anna):
        person.say("/start")  # so that they have a chat

    def leave(store: Store) -> None:
        now = datetime.now(UTC)
        account = store.accounts.create(TELEGRAM, str(nour.id), now, keep_address=True)
        post = Post(language="en", parts=(Part(letter=LONG),))
        store.outbox.add(account.id, TELEGRAM, str(nour.id), post.packed(), now)
        store.outbox.add(None, TEAM_TELEGRAM, str(anna.id), Note(text=LONG).packed(), now)

    bots.inside(leave)
    bots.start()
    for person in (nour, anna):
        person.waits_for("49. ")
        pieces = [text for text in person.reads() if "Wort" in text]
        assert len(pieces) == 3
        assert all(len(piece) <= 4096 for piece in pieces)
        assert "".join(pieces).count("Wort") == LONG.count("Wort")
    assert bots.stop() == 0
