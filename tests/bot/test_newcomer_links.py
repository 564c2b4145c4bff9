"""Ways between the doors: from the web chat into Telegram and back, and links that hang on a wall."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.doors import TELEGRAM
from bot.house import House
from bot.newcomer_desk import NewcomerDesk
from storage.store import Store
from tests.bot.people import Newcomer, counted, joined, rows, stored
from tests.doors import TOWN, Clock
from tests.telegram_door import ME, TelegramDoor

WELCOME_BACK = "Welcome back."
NO_LONGER = "This link no longer works."
ALREADY = "You already have a conversation in this chat."
AGREES = "Yes, I am 16 or older"


@pytest.fixture
def house(house: House) -> House:
    """As people reach it from outside, with the bot as a way to them."""
    return replace(house, public_url="https://wege.example", channels=frozenset({(TOWN, TELEGRAM)}))


@pytest.fixture
def door(house: House) -> Iterator[TelegramDoor]:
    with TelegramDoor(house, "en") as door:
        yield door


def code_of(house: House, newcomer: Newcomer) -> str:
    """A new code that the web chat gives."""
    return asyncio.run(NewcomerDesk(house).resume_code(TOWN, newcomer.address or ""))


def said_to(door: TelegramDoor, text: str) -> str:
    """Everything that comes in answer."""
    return "\n".join(door.chat.messages[at].text for at in door.write(text))


def link_in(door: TelegramDoor) -> str:
    """The address on the newest button."""
    return door.chat.messages[door.chat.changed[-1]].keys[-1][1]


def test_a_code_of_the_web_chat_leads_to_the_same_conversation(house: House, door: TelegramDoor) -> None:
    """What was shown last is shown again, and an answer given here counts there."""
    newcomer = Newcomer(house)
    newcomer.consents()
    answer = said_to(door, f"/start {code_of(house, newcomer)}")
    assert answer.startswith(WELCOME_BACK)
    asked = newcomer.looks().rendered[-1]
    assert asked.text in answer
    door.tap(door.chat.changed[-1], next(button.id for button in asked.buttons if "here" in button.id))
    assert [reply.key for reply in newcomer.looks().rendered] == ["intake.age"]


def test_whoever_comes_back_reads_their_own_language(house: House) -> None:
    """Not that of the phone at hand."""
    newcomer = Newcomer(house, language="uk")
    newcomer.consents()
    with TelegramDoor(house, "ar") as door:
        assert said_to(door, f"/start {code_of(house, newcomer)}").startswith("З поверненням")


@pytest.mark.parametrize(
    "written", [str.lower, lambda code: code.replace("-", "")], ids=["small", "together"]
)
def test_a_code_may_be_written_in_other_ways(house: House, door: TelegramDoor, written: object) -> None:
    newcomer = Newcomer(house)
    newcomer.consents()
    assert callable(written)
    assert WELCOME_BACK in said_to(door, f"/start {written(code_of(house, newcomer))}")


def test_what_a_guide_wrote_meanwhile_is_not_missed(house: House, door: TelegramDoor) -> None:
    """It was for the web chat, where nobody has looked; from now on it comes here."""
    newcomer, guide = Newcomer(house), joined(house)
    newcomer.asks_for_a_person()
    case = guide.takes()
    guide.writes(case, "Seen on the page.", "w1")
    newcomer.looks()
    guide.writes(case, "Come on Tuesday.", "w2")
    answer = said_to(door, f"/start {code_of(house, newcomer)}")
    assert "Come on Tuesday." in answer
    assert "Seen on the page." not in answer
    guide.writes(case, "Or on Friday.", "w3")
    assert "Or on Friday." in said_to(door, "/help")


def test_whoever_comes_back_after_long_finds_a_way_on(house: House, door: TelegramDoor, clock: Clock) -> None:
    """Retention has taken what was on the screen."""
    newcomer = Newcomer(house)
    newcomer.consents()
    code = code_of(house, newcomer)
    clock.now = clock.now.replace(month=12, day=28)
    stored(house, lambda store: store.retention.apply(clock.now))
    door.write(f"/start {code}")
    assert [data for _, data in door.chat.messages[door.chat.changed[-1]].keys] == [
        "/need",
        "/human",
        "/help",
    ]


@pytest.mark.parametrize("code", ["ABCD-EFGH-IJKL-MNOP", "spent"])
def test_a_code_that_is_not_valid_any_more_is_told_and_changes_nothing(
    house: House, door: TelegramDoor, code: str
) -> None:
    newcomer = Newcomer(house)
    newcomer.consents()
    if code == "spent":
        code = code_of(house, newcomer)
        with TelegramDoor(house, "en", person=ME + 1, session=door.session) as other:
            other.write(f"/start {code}")
    before = newcomer.looks()
    assert said_to(door, f"/start {code}").startswith(NO_LONGER)
    assert newcomer.looks() == before
    assert "What do you need" in said_to(door, "/need")


def test_codes_cannot_be_tried_out_from_a_chat(house: House, door: TelegramDoor) -> None:
    """Ten wrong ones an hour; another chat is not held up by that."""
    newcomer = Newcomer(house)
    newcomer.consents()
    code = code_of(house, newcomer)
    for _ in range(10):
        door.write("/start AAAA-BBBB-CCCC-DDDD")
    assert NO_LONGER in said_to(door, f"/start {code}")
    with TelegramDoor(house, "en", person=ME + 1, session=door.session) as other:
        assert WELCOME_BACK in said_to(other, f"/start {code}")


def test_a_chat_with_a_conversation_of_its_own_keeps_it(house: House, door: TelegramDoor) -> None:
    """And the code stays good."""
    newcomer = Newcomer(house)
    newcomer.consents()
    code = code_of(house, newcomer)
    door.says("/start", "English", "/human", AGREES)
    before = rows(house)["accounts"]
    assert said_to(door, f"/start {code}").startswith(ALREADY)
    assert rows(house)["accounts"] == before
    assert asyncio.run(NewcomerDesk(house).resume(TOWN, code, "here")) is not None


def test_a_guests_beginning_gives_way_to_the_conversation(house: House, door: TelegramDoor) -> None:
    """There was nothing in it but a language."""
    newcomer = Newcomer(house)
    newcomer.consents()
    door.says("/start", "English", "Housing")
    assert WELCOME_BACK in said_to(door, f"/start {code_of(house, newcomer)}")
    assert rows(house)["accounts"] == 1


def test_the_way_to_the_web_chat_leads_to_the_same_conversation(house: House, door: TelegramDoor) -> None:
    """By a link that works once; a new one makes the former void."""
    door.says("/start", "English", "/human", AGREES)
    first = said_to(door, "/web") and link_in(door)
    assert "works once" in said_to(door, "/web")
    link = link_in(door)
    assert link.startswith("https://wege.example/weiter/")
    desk = NewcomerDesk(house)
    assert asyncio.run(desk.resume(TOWN, first.rpartition("/")[2], "here")) is None
    address = asyncio.run(desk.resume(TOWN, link.rpartition("/")[2], "here"))
    web = Newcomer(house, address=address)
    assert web.looks().waiting
    web.says("/language de")
    assert "Hilfe" in said_to(door, "/help")


def test_a_guest_is_led_to_the_web_chats_first_page(house: House, door: TelegramDoor) -> None:
    """Nothing is kept of them, so there is nothing to come back to."""
    door.says("/start", "English", "Housing")
    assert "begin anew" in said_to(door, "/web")
    assert link_in(door) == "https://wege.example"


def test_where_nobody_reaches_the_pages_there_is_no_link(house: House) -> None:
    """And whoever asks for it hears so."""
    with TelegramDoor(replace(house, public_url=""), "en") as door:
        door.says("/start", "English")
        answer = said_to(door, "/web")
        assert "There is no web chat here" in answer
        assert "weiter/" not in answer


def test_a_link_on_a_wall_is_counted_once_for_each_account(house: House, door: TelegramDoor) -> None:
    """Also when it is followed again; the conversation goes on as without it."""
    assert "Good to know" in said_to(door, "/start kita")
    door.write("/start kita")
    with TelegramDoor(house, "en", person=ME + 1, session=door.session) as other:
        other.write("/start kita")
        other.write("/start registration_office")
    assert counted(house, "entries") == {("kita", TELEGRAM): 2, ("registration_office", TELEGRAM): 1}


@pytest.mark.parametrize("entry", ["KITA", "anything-else", "Nour_Haddad", "x" * 64])
def test_a_link_that_names_no_place_of_the_town_is_counted_as_another(
    house: House, door: TelegramDoor, entry: str
) -> None:
    """Whoever makes links puts what they like into them; nothing of it gets into the figures."""
    assert door.write(f"/start {entry}")
    assert counted(house, "entries") == {("other", TELEGRAM): 1}


def test_without_a_link_no_way_in_is_counted(house: House, door: TelegramDoor) -> None:
    door.says("/start", "English")
    assert counted(house, "entries") == {}


def test_coming_back_erases_nobody_but_the_guest(house: House, door: TelegramDoor) -> None:
    """The account has both ways afterwards."""
    newcomer = Newcomer(house)
    newcomer.consents()
    newcomer.says("/continue")  # the address of a guest goes with the first page under the new one
    door.write(f"/start {code_of(house, newcomer)}")

    def ways(store: Store) -> list[str]:
        account = store.accounts.find(TELEGRAM, str(ME))
        assert account is not None
        return [way.channel for way in store.accounts.addresses(account.id)]

    assert stored(house, ways) == [TELEGRAM, "webchat"]
