"""What a messenger's door does with a message before and after the desk, and how a town introduces itself."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.doors import TEAM_TELEGRAM, TELEGRAM
from bot.house import House
from bot.limits import CRIES, PER_CHAT, Limits
from bot.newcomer_desk import NewcomerDesk
from bot.settling import unreachable_there
from storage.errors import NotSaved
from tests.bot.people import joined, rows, stored
from tests.bot.postbox import Postbox
from tests.doors import TOWN, Clock
from tests.telegram_door import ME, TelegramDoor, written

TOO_FAST = "That was very fast."
BURST = int(PER_CHAT.burst)


@dataclass(slots=True)
class Seconds:
    """A clock for limits."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_whoever_is_too_fast_is_told_so_once_a_minute(house: House) -> None:
    """What they write beyond that is not read, and nobody else is slowed down."""
    seconds = Seconds()
    with TelegramDoor(house, "en", limits=Limits(seconds)) as door:
        for _ in range(BURST):
            door.write("/help")
        assert not any(TOO_FAST in text for text in door.texts)
        seen = rows(house)["updates"]
        told = [bool(door.write("/help")) for _ in range(5)]
        assert told == [True, False, False, False, False]
        assert TOO_FAST in door.texts[-1]
        assert rows(house)["updates"] == seen
        seconds.now += 59
        assert [bool(door.write("/help")) for _ in range(BURST)] == [True] * (BURST - 1) + [False]
        seconds.now += 1.1
        door.write("/help")
        door.write("/help")
        assert TOO_FAST in door.texts[-1]
        other = TelegramDoor(house, "en", person=ME + 1, session=door.session, limits=Limits(seconds))
        with other:
            assert other.write("/help")


def test_too_fast_is_told_in_the_language_of_the_conversation(house: House) -> None:
    """Which need not be the phone's."""
    with TelegramDoor(house, "en", limits=Limits(Seconds())) as door:
        door.write("/language de")
        for _ in range(BURST):
            door.write("/help")
        assert "Das war sehr schnell." in door.texts[-1]


@pytest.mark.parametrize("how", ["typed", "tapped"])
def test_an_emergency_is_always_answered(house: House, how: str) -> None:
    """However fast somebody was before."""
    with TelegramDoor(house, "en", limits=Limits(Seconds())) as door:
        for _ in range(BURST + 3):
            door.write("/help")
        shown = len(door.texts)
        if how == "typed":
            door.write("/emergency")
        else:
            door.tap(1, "/emergency")
        assert "112" in "".join(door.texts[shown:])


CRIES_FOR_HELP = {
    "de": "Hilfe, er schlägt mich",
    "en": "please help me he has a knife",
    "ar": "النجدة",
    "uk": "рятуйте",
}


@pytest.mark.parametrize("language", CRIES_FOR_HELP)
def test_a_cry_for_help_in_words_is_answered_however_fast_somebody_was(house: House, language: str) -> None:
    """In any language, whatever the phone speaks."""
    with TelegramDoor(house, "en", limits=Limits(Seconds())) as door:
        for _ in range(BURST + 1):
            door.write("/help")
        assert TOO_FAST in door.texts[-1]
        shown = len(door.texts)
        door.write(CRIES_FOR_HELP[language])
        assert "112" in "".join(door.texts[shown:]) or "110" in "".join(door.texts[shown:])


def test_a_few_texts_a_minute_are_looked_at_of_whoever_is_too_fast(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes time that belongs to others; before that none is looked at twice."""
    looked_at, seconds = list[str](), Seconds()

    def look(desk: NewcomerDesk, town: str, text: str, language: str) -> bool:
        looked_at.append(text)
        return False

    monkeypatch.setattr(NewcomerDesk, "is_cry", look)
    with TelegramDoor(house, "en", limits=Limits(seconds)) as door:
        for _ in range(BURST):
            door.write("/help")
        assert looked_at == []
        for _ in range(20):
            door.write("again")
        door.tap(1, "/help")
        assert looked_at == ["again"] * int(CRIES.burst)
        assert door.texts[-1].startswith(TOO_FAST)


def test_nobody_is_left_without_help_because_somebody_else_writes_much(house: House) -> None:
    """Each has their own few texts that are looked at."""
    limits = Limits(Seconds())
    with TelegramDoor(house, "en", limits=limits) as door:
        other = TelegramDoor(house, "en", person=ME + 1, session=door.session, limits=limits)
        with other:
            for each in (door, other):
                for _ in range(BURST + 1):
                    each.write("/help")
            for _ in range(20):
                door.write("again")
            changed = other.write(CRIES_FOR_HELP["en"])
            assert any("112" in other.chat.messages[at].text for at in changed)


def test_the_numbers_come_before_the_notice_about_the_messenger(house: House) -> None:
    """Whoever begins with an emergency reads first whom to call."""
    with TelegramDoor(house, "en") as door:
        door.write("/emergency")
        assert "112" in door.texts[0]
        assert "Telegram belongs to a company" in door.texts[1]
        door.write("/need")
        assert not any("Telegram belongs" in text for text in door.texts[2:])


@pytest.mark.parametrize(
    ("device", "language"), [("ar", "ar"), ("ar-EG", "ar"), ("UK", "uk"), ("xx", "en"), ("", "en")]
)
def test_the_first_answer_is_in_the_phones_language(house: House, device: str, language: str) -> None:
    """If it is not offered, in English."""
    with TelegramDoor(house, device) as door:
        door.write("/start")
        assert door.texts[0] == house.towns[TOWN].script.text("telegram.notice.alone", language)


def test_the_notice_leads_to_the_web_chat_where_there_is_one(house: House) -> None:
    house = replace(house, public_url="https://wege.example/")
    with TelegramDoor(house, "en") as door:
        door.write("/start")
        notice = door.chat.messages[door.chat.changed[0]]
        assert notice.keys == (("Rather use the web chat", "https://wege.example"),)


def test_what_could_not_be_saved_reaches_whoever_fetches(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that it comes again."""

    def full(*_: object) -> None:
        raise NotSaved("The disk is full.")

    with TelegramDoor(house, "en") as door:
        with monkeypatch.context() as broken:
            broken.setattr("storage.conversations.Conversations.save", full)
            with pytest.raises(NotSaved):
                door.write("/start")
        assert door.write("/start")


def test_a_message_that_can_never_be_handled_is_given_up(house: House, tmp_path: Path) -> None:
    """A damaged row of one person must not hold up everybody else for ever; the log quotes nothing."""
    with TelegramDoor(house, "en") as door, TelegramDoor(house, "en", person=ME + 1) as other:
        door.write("/start")
        with closing(sqlite3.connect(tmp_path / "data" / "data.db")) as connection:
            connection.execute("UPDATE conversations SET sealed = zeroblob(length(sealed))")
            connection.commit()
        with capture_logs() as logs:
            assert door.write("/help") == []
        (line,) = [line for line in logs if line["event"] == "message given up"]
        assert (line["bot"], line["error"]) == (f"newcomers of {TOWN}", "WrongKey")
        assert line.keys() == {"event", "log_level", "bot", "error"}
        assert other.write("/start")


def test_a_blocked_bot_is_told_to_the_guide_once_and_forgotten_when_they_are_back(
    house: House, clock: Clock
) -> None:
    """The guide's case shows it from then on; that they are back is told once too."""
    house = replace(house, channels=frozenset({(TOWN, TELEGRAM), (TOWN, TEAM_TELEGRAM)}))
    guide = joined(house)
    stored(house, lambda s: s.member_addresses.put(guide.signed_in.id, TEAM_TELEGRAM, "guide", clock()))
    team = Postbox()
    with TelegramDoor(house, "en", others={(TOWN, TEAM_TELEGRAM): team}) as door:
        door.says("/start", "English", "/human", "Yes, I am 16 or older")
        case = guide.takes()
        for status in ("kicked", "kicked", "member"):
            door.happens({"my_chat_member": membership(status)})
            view = asyncio.run(guide.desk.view(guide.signed_in, case))
            assert view is not None
            assert view.line.unreachable is (status == "kicked")
        door.write("/help")
    assert [text.partition(", ")[0] for text in team.texts if "erreichbar" in text] == [
        "Fall 1: Die Person ist auf Telegram nicht erreichbar",
        "Fall 1: Die Person ist wieder auf Telegram erreichbar.",
    ]


@pytest.mark.parametrize("first_word", ["/help", "/web"])
def test_who_writes_again_is_back_reads_what_they_missed_and_the_guide_hears_it_once(
    house: House, clock: Clock, first_word: str
) -> None:
    """No word of the messenger about the block is needed, and a command is a word like any other."""
    channels = frozenset({(TOWN, TELEGRAM), (TOWN, TEAM_TELEGRAM)})
    house = replace(house, channels=channels, public_url="https://wege.example")
    guide, team = joined(house), Postbox()
    stored(house, lambda s: s.member_addresses.put(guide.signed_in.id, TEAM_TELEGRAM, "guide", clock()))
    with TelegramDoor(house, "en", others={(TOWN, TEAM_TELEGRAM): team}) as door:
        door.says("/start", "English", "/human", "Yes, I am 16 or older")
        case = guide.takes()
        stored(house, lambda store: unreachable_there(house, TELEGRAM, str(ME), clock(), store))
        assert guide.writes(case, "Missed.").startswith("Gespeichert")
        door.write(first_word)
        door.write("/help")
        assert sum("Missed." in text for text in door.texts) == 1
    told = "Die Person ist wieder auf Telegram erreichbar. Was Sie ihr geschrieben haben, bekommt sie jetzt."
    assert [text for text in team.texts if "wieder" in text] == [f"Fall 1: {told}"]


def membership(status: str) -> dict[str, object]:
    bot = {"id": 42, "is_bot": True, "first_name": "Kurze Wege"}
    gone = {"status": "kicked", "user": bot, "until_date": 0}
    there = {"status": "member", "user": bot}
    return {
        "chat": {"id": ME, "type": "private"},
        "from": {"id": ME, "is_bot": False, "first_name": "Nour"},
        "date": 0,
        "old_chat_member": there if status == "kicked" else gone,
        "new_chat_member": gone if status == "kicked" else there,
    }


def test_a_town_introduces_itself_in_every_language_and_in_german_for_everybody_else(house: House) -> None:
    """Within what Telegram takes: 120 and 512 characters, commands of 3 to 256."""
    with TelegramDoor(house, "en") as door:
        made = {each.language: each for each in door.door.introductions()}
    script = house.towns[TOWN].script
    assert made.keys() == {"", *script.languages}
    assert made[""].commands == made["de"].commands
    for each in made.values():
        assert "Erlenfels" in each.short
        assert len(each.short) <= 120
        assert len(each.description) <= 512
        assert {name for name, _ in each.commands} >= {"start", "need", "human", "emergency", "delete"}
        assert all(3 <= len(text) <= 256 for _, text in each.commands)


def test_the_web_chat_is_a_command_where_people_can_reach_it(house: House) -> None:
    def names(house: House) -> list[str]:
        with TelegramDoor(house, "en") as door:
            return [name for name, _ in next(door.door.introductions()).commands]

    assert "web" not in names(house)
    assert "web" in names(replace(house, public_url="https://wege.example"))


def test_every_command_of_the_menu_is_understood(house: House) -> None:
    """A menu must not offer what is answered with "I did not understand"."""
    house = replace(house, public_url="https://wege.example")
    with TelegramDoor(house, "en") as door:
        names = [name for name, _ in next(door.door.introductions()).commands]
        for name in names:
            shown = len(door.texts)
            door.write(f"/{name}")
            assert not any("did not understand" in text for text in door.texts[shown:]), name


def test_the_same_update_twice_is_answered_once(house: House, clock: Clock) -> None:
    """Telegram brings one again if it has not heard that the first arrived."""
    with TelegramDoor(house, "en") as door:
        start = written("/start", clock.now)
        assert door.happens(start)
        assert door.happens(start) == []
