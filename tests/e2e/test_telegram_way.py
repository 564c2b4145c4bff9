"""A newcomer and two guides go the whole way on Telegram, with the real process and both its bots."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.team_notes import quoted
from casework.team import Role
from storage import Store
from tests.e2e.bots import NEWCOMERS, TEAM, Bots, found_button, join_team, tap
from tests.e2e.people import HANDOVER, QUESTIONS, TO_CONSENT, Guide
from tests.telegram.bot_api import BotApi
from tests.telegram.calls import Call, faults_of
from tests.telegram.control import eventually
from tests.telegram.phones import Person, Shown

TO_OFFERS, FROM_OFFERS = TO_CONSENT[1:3], TO_CONSENT[3:]
ASKED = "مرحبا، متى تبدأ الدورة؟ اسمي ياسمين"
ANSWERED = "Guten Tag! Der Kurs beginnt am Montag um 9 Uhr. Telefon: 069 90009100"
THANKED = "شكرا جزيلا لكم"
PLACE = "Haus am Kirschgarten 12"
NOUR, ANNA, OMAR = 610_007_331, 620_008_442, 630_009_553
"""Their chats: numbers that stand nowhere else."""
IN_CHAT, TO_DESK, TO_CONNECT = "sternmiere9038", "waldkauz7741", "bachstelze6650"
PHONES = ("Nour Feldlerche", "Anna Feldlerche", "Omar Feldlerche")


@pytest.fixture
def people(bots: Bots, bot_api: BotApi) -> tuple[Person, Person, Person]:
    """A newcomer who has not written yet, a guide who joined in the chat, one who came from the desk."""
    nour = bot_api.person(NEWCOMERS, NOUR, PHONES[0])
    anna = bot_api.person(TEAM, ANNA, PHONES[1], "de")
    omar = bot_api.person(TEAM, OMAR, PHONES[2], "de")
    joining = bots.invite_to_chat(Role.GUIDE, IN_CHAT)
    at_the_desk = bots.invite(Role.GUIDE, TO_DESK)
    bots.start()
    desk = Guide(bots.address)
    desk.enter(at_the_desk, "Omar Guide")
    desk.away()
    bots.stop()
    connecting = bots.invite_to_chat(Role.GUIDE, TO_CONNECT, "Omar Guide")
    bots.start()
    join_team(anna, joining)
    join_team(omar, connecting)
    return nour, anna, omar


def test_the_whole_way_on_telegram_in_arabic_and_german(
    bots: Bots, bot_api: BotApi, people: tuple[Person, Person, Person]
) -> None:
    nour, anna, omar = people
    answer_everything(nour)
    take_over(nour, anna, omar)
    write_to_each_other(nour, anna)
    be_reminded(bots, nour, anna)
    close(nour, anna)
    delete_everything(nour, anna)
    bots.wait_until(lambda: not bots.waiting_in_outbox())
    assert bots.stop() == 0
    check_nothing_is_left(bots)
    check_the_calls(bot_api)
    check_the_log(bots)


def answer_everything(nour: Person) -> None:
    nour.say("/start")
    notice = eventually(nour.reads)[0]
    assert "ليست مشفّرة" in notice, "what Telegram means for their words comes before the first answer"
    tap(nour, "/language ar", *TO_OFFERS)
    eventually(lambda: found_button(nour.sees(), FROM_OFFERS[0]))
    cards = [each for each in nour.sees() if data_of(each).startswith("/card ")]
    assert 1 <= len(cards) <= 3
    tap(nour, *FROM_OFFERS, *QUESTIONS, *HANDOVER)
    nour.waits_for("أرسلتُ طلبكم")


def take_over(nour: Person, anna: Person, omar: Person) -> None:
    for each in (anna, omar):
        told = each.waits_for("Fall 1 wartet.").text
        assert "Erster Deutschkurs" in told
        assert "Arabisch" in told
    anna.tap("Übernehmen")
    own = anna.waits_for("Fall 1 gehört jetzt Ihnen.")
    assert own.edited, "the message that offered the case becomes the owner's"
    others = omar.waits_for(f"Fall 1: übernommen von {quoted('Anna Feldlerche')}.")
    assert (others.edited, others.labels) == (True, [])
    assert [text for text in omar.reads() if "wartet." in text] == []
    nour.waits_for("الآن يكتب لكم إنسان")


def write_to_each_other(nour: Person, anna: Person) -> None:
    nour.say(ASKED)
    asked = anna.waits_for(ASKED)
    assert asked.text.startswith("Fall 1 schreibt:")
    anna.say(ANSWERED, reply_to=asked.id)
    anna.waits_for("Geschrieben an Fall 1.")
    assert nour.waits_for(ANSWERED).text.startswith("شخص في البلدية"), "who speaks is told"
    nour.say(THANKED)
    anna.waits_for(THANKED)
    assert len([text for text in nour.reads() if ANSWERED in text]) == 1


def be_reminded(bots: Bots, nour: Person, anna: Person) -> None:
    """An appointment and a shift in an hour and a half, and two starts: each hears of theirs once."""

    def plan(store: Store) -> None:
        starts_at = datetime.now(UTC) + timedelta(minutes=90)
        (case,) = store.cases.owned()
        store.appointments.make(case, starts_at, place=PLACE, bring="", remind=True)
        shift = store.shifts.add("Sprachcafé", PLACE, starts_at, starts_at + timedelta(hours=1))
        store.shifts.assign(shift.id, case.owner or "", starts_at)

    bots.stop()
    bots.inside(plan)
    bots.start()
    for each in (nour, anna):
        each.waits_for(PLACE)
    bots.wait_until(lambda: not bots.waiting_in_outbox())  # before that a kill may repeat one to each
    bots.kill()
    bots.start()
    bots.wait_until(lambda: not bots.waiting_in_outbox())
    for each in (nour, anna):
        assert len([text for text in each.reads() if PLACE in text]) == 1


def close(nour: Person, anna: Person) -> None:
    anna.tap("Abschließen")
    tap(anna, ":answered")
    anna.waits_for("Fall 1 ist abgeschlossen")
    nour.waits_for("انتهت المحادثة")


def delete_everything(nour: Person, anna: Person) -> None:
    nour.say("/delete")
    tap(nour, ".ask:yes")
    goodbye = nour.waits_for("تم حذف كل شيء")
    what_telegram_keeps = nour.waits_for("ما هو مكتوب في هذه الدردشة")
    assert [goodbye, what_telegram_keeps] == nour.sees()[-2:]
    eventually(lambda: not [text for text in anna.reads() if ASKED in text or THANKED in text])


def data_of(message: Shown) -> str:
    return " ".join(button.data for row in message.buttons for button in row)


def check_nothing_is_left(bots: Bots) -> None:
    """No case, and nothing that waits to be said; the process is stopped."""

    def left(store: Store) -> tuple[int, int]:
        in_a_year = datetime.now(UTC) + timedelta(days=365)
        return store.outbox.waiting_since(in_a_year), len(store.cases.queue()) + len(store.cases.owned())

    assert bots.inside(left) == (0, 0)


def check_the_calls(bot_api: BotApi) -> None:
    """Every call is one that Telegram knows, was taken, and every tap was answered."""
    calls = [call for token in (NEWCOMERS, TEAM) for call in bot_api.calls(token)]
    fetches = [call for token in (NEWCOMERS, TEAM) for call in bot_api.calls(token, "getUpdates")]
    assert len(calls) > 50
    assert len(fetches) > 20
    assert faults_of(calls + fetches) == []
    assert [call.description for call in calls if refused(call)] == []
    taps = [each for token in (NEWCOMERS, TEAM) for each in bot_api.taps(token)]
    assert len(taps) > 20
    assert [each for each in taps if not each["answers"]] == []
    assert [each for token in (NEWCOMERS, TEAM) for each in bot_api.unconfirmed(token)] == []


def refused(call: Call) -> bool:
    return not call.ok and call.status is not None


def check_the_log(bots: Bots) -> None:
    """What happened is there, and nothing of whom, where or what."""
    assert '"bot connected"' in bots.logs
    secrets = [NEWCOMERS, TEAM, *(token.partition(":")[2] for token in (NEWCOMERS, TEAM))]
    secrets += [IN_CHAT, TO_DESK, TO_CONNECT, PLACE, *PHONES, "Feldlerche", "Omar Guide"]
    secrets += [str(chat) for chat in (NOUR, ANNA, OMAR)]
    secrets += [word for text in (ASKED, ANSWERED, THANKED) for word in text.split() if len(word) > 4]
    assert [secret for secret in secrets if secret in bots.logs] == []
