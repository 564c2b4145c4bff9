"""Every step of a guide at the desk: what it says, what it changes, and what it writes down."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.case_views import CaseView, Done
from bot.house import House
from casework.cases import Status
from casework.team import Role
from dialogs.conversation import Owner
from tests.bot.people import Newcomer, Worker, joined, rows, stored
from tests.doors import Clock

NOT_YOURS = "Dieser Fall gehört Ihnen nicht. Übernehmen Sie ihn zuerst."
FASTER = "Da war jemand schneller: Der Fall hat sich geändert. Sehen Sie noch einmal nach."
GONE = "Diesen Fall gibt es nicht mehr. Vielleicht hat die Person alles gelöscht."
NOT_ALLOWED = "Das darf Ihre Rolle nicht. Fragen Sie die Leitung."


@pytest.fixture
def case(guide: Worker, newcomer: Newcomer) -> str:
    """An open case of someone who looks for a flat."""
    newcomer.consents()
    newcomer.asks_for_a_person()
    return guide.only_case()


@pytest.fixture
def other(house: House) -> Worker:
    return joined(house, Role.DEPUTY, "Ben Weiß")


def take(worker: Worker, case: str) -> Done:
    return asyncio.run(worker.desk.take(worker.signed_in, case))


def close(worker: Worker, case: str, outcome: str = "answered") -> Done:
    return asyncio.run(worker.desk.close(worker.signed_in, case, outcome))


def write(worker: Worker, case: str, text: str, number: str = "w1") -> Done:
    return asyncio.run(worker.desk.write(worker.signed_in, case, text, number))


def seen(worker: Worker, case: str) -> CaseView:
    view = asyncio.run(worker.desk.view(worker.signed_in, case))
    assert view is not None
    return view


def test_the_queue_shows_a_case_in_german(guide: Worker, case: str) -> None:
    (line,) = asyncio.run(guide.desk.queue(guide.signed_in)).open
    assert (line.number, line.language, line.needs) == (1, "Englisch", ("Wohnung suchen",))
    assert (line.urgency, line.reason) == ("hat Zeit", "hat nach einem Menschen gefragt")
    assert line.status == "open"


def test_taking_a_case_makes_one_owner_and_silences_the_bot(
    guide: Worker, other: Worker, newcomer: Newcomer, case: str
) -> None:
    assert take(guide, case) == Done(
        ok=True, sentence="Fall 1 gehört jetzt Ihnen. Der Bot schweigt, Sie schreiben."
    )
    assert newcomer.looks().owner == Owner.GUIDE
    assert [reply.key for reply in newcomer.looks().rendered] == ["handover.taken"]
    assert take(other, case) == Done(ok=False, sentence=FASTER)
    assert newcomer.says("When can I come?").replies == ()


def test_two_guides_at_once_make_one_owner(guide: Worker, other: Worker, case: str) -> None:
    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(lambda worker: take(worker, case), (guide, other)))
    assert sorted(one.ok for one in done) == [False, True]
    winner = guide if done[0].ok else other
    assert stored(guide.house, lambda s: [c.owner for c in s.cases.owned()]) == [winner.signed_in.id]


def test_not_now_leaves_the_case_to_the_others(guide: Worker, other: Worker, case: str) -> None:
    done = asyncio.run(guide.desk.not_now(guide.signed_in, case))
    assert done == Done(ok=True, sentence="Fall 1 bleibt offen für die anderen.")
    assert other.only_case() == guide.only_case() == case
    take(other, case)
    assert asyncio.run(guide.desk.not_now(guide.signed_in, case)) == Done(ok=False, sentence=FASTER)


def test_giving_back_opens_the_case_and_tells_the_person(
    guide: Worker, other: Worker, newcomer: Newcomer, case: str
) -> None:
    take(guide, case)
    assert asyncio.run(other.desk.give_back(other.signed_in, case)) == Done(ok=False, sentence=NOT_YOURS)
    done = asyncio.run(guide.desk.give_back(guide.signed_in, case))
    assert done == Done(ok=True, sentence="Fall 1 ist wieder offen.")
    view = newcomer.looks()
    assert (view.owner, view.waiting) == (Owner.BOT, True)
    assert [reply.key for reply in view.rendered] == ["handover.given_back"]
    newcomer.says("I am still here")
    assert [letter.text for letter in seen(other, case).letters] == ["I am still here"]


def test_closing_gives_the_conversation_back_in_the_persons_language(
    guide: Worker, newcomer: Newcomer, case: str
) -> None:
    take(guide, case)
    newcomer.says("/language ar")
    done = close(guide, case)
    assert done == Done(
        ok=True,
        sentence="Fall 1 ist abgeschlossen, das Kontaktprotokoll geschrieben – ohne die Person.",
    )
    view = newcomer.looks()
    assert (view.owner, view.waiting, view.language) == (Owner.BOT, False, "ar")
    assert [reply.key for reply in view.rendered] == ["handover.closed"]
    assert view.rendered[0].text == guide.house.towns["erlenfels"].script.text("handover.closed", "ar")


def test_after_a_close_asking_again_opens_a_new_case(guide: Worker, newcomer: Newcomer, case: str) -> None:
    take(guide, case)
    close(guide, case)
    newcomer.seen = newcomer.looks().rendered
    newcomer.taps("/human")
    if any(button.id.endswith("ask:yes") for button in newcomer.buttons):
        newcomer.taps("ask:yes")
    (line,) = asyncio.run(guide.desk.queue(guide.signed_in)).open
    assert (line.number, line.id != case) == (2, True)


def test_only_the_owner_closes_and_writes(guide: Worker, other: Worker, case: str) -> None:
    for attempt in (close(guide, case), write(guide, case, "Guten Tag")):
        assert attempt == Done(ok=False, sentence=NOT_YOURS)
    take(guide, case)
    for attempt in (close(other, case), write(other, case, "Guten Tag")):
        assert attempt == Done(ok=False, sentence=NOT_YOURS)
    assert seen(guide, case).letters == ()


def test_an_outcome_that_is_not_on_the_list_is_told_as_such(guide: Worker, case: str) -> None:
    take(guide, case)
    done = close(guide, case, "gewonnen")
    assert done == Done(ok=False, sentence="Wählen Sie zuerst, wie der Fall ausgegangen ist.")
    assert seen(guide, case).line.status == Status.OWNED


def test_an_empty_letter_is_not_written(guide: Worker, case: str) -> None:
    take(guide, case)
    empty = Done(ok=False, sentence="Die Nachricht ist leer. Schreiben Sie zuerst einen Text.")
    assert write(guide, case, " \u202e\n ") == empty
    assert seen(guide, case).letters == ()


def test_the_same_letter_twice_is_written_and_noted_once(
    guide: Worker, newcomer: Newcomer, case: str
) -> None:
    take(guide, case)
    assert write(guide, case, "Guten Tag") == Done(ok=True, sentence="Geschrieben an Fall 1.")
    before = rows(guide.house)
    assert write(guide, case, "Guten Tag") == Done(ok=True, sentence="Geschrieben an Fall 1.")
    assert rows(guide.house) == before
    assert [letter.text for letter in newcomer.looks().letters] == ["Guten Tag"]


def test_a_letter_from_the_person_shows_the_needs_in_it_in_german(
    guide: Worker, newcomer: Newcomer, case: str
) -> None:
    take(guide, case)
    newcomer.says("I also look for a German course")
    (letter,) = seen(guide, case).letters
    assert letter.author == "newcomer"
    assert letter.needs
    assert all(not need.startswith("need.") for need in letter.needs)
    (line,) = asyncio.run(guide.desk.queue(guide.signed_in)).mine
    assert line.unread == 0


def test_unread_counts_until_the_owner_reads(
    guide: Worker, other: Worker, newcomer: Newcomer, case: str
) -> None:
    take(guide, case)
    newcomer.says("one more thing")
    seen(other, case)
    assert asyncio.run(guide.desk.queue(guide.signed_in)).mine[0].unread == 1
    seen(guide, case)
    assert asyncio.run(guide.desk.queue(guide.signed_in)).mine[0].unread == 0


def test_answers_are_shown_in_german(guide: Worker, newcomer: Newcomer, case: str) -> None:
    newcomer.says("/continue")
    newcomer.taps("town:here")
    newcomer.taps("age:27_59")
    answers = dict(seen(guide, case).answers)
    assert answers["Alter"] == "27 bis 59"
    assert len(answers) == 2


def test_reading_and_every_step_is_noted(guide: Worker, other: Worker, case: str) -> None:
    assert seen(other, case).read_before == 0
    take(guide, case)
    write(guide, case, "Guten Tag")
    close(other, case)
    close(guide, case)
    noted = stored(guide.house, lambda s: s.audit.of_case(case))
    assert [(line.member, line.what) for line in reversed(noted)] == [
        (other.signed_in.id, "case.read"),
        (guide.signed_in.id, "case.take"),
        (guide.signed_in.id, "case.write"),
        (guide.signed_in.id, "case.close"),
    ]


def test_an_answer_nobody_picked_up_for_a_day_shows(
    guide: Worker, newcomer: Newcomer, case: str, clock: Clock
) -> None:
    take(guide, case)
    write(guide, case, "Guten Tag")
    clock.now += timedelta(hours=24)
    assert asyncio.run(guide.desk.queue(guide.signed_in)).not_picked_up == 0
    clock.now += timedelta(seconds=1)
    assert asyncio.run(guide.desk.queue(guide.signed_in)).not_picked_up == 1
    newcomer.looks()
    assert asyncio.run(guide.desk.queue(guide.signed_in)).not_picked_up == 0


def test_an_erased_case_is_gone_for_the_guide(guide: Worker, newcomer: Newcomer, case: str) -> None:
    take(guide, case)
    newcomer.says("/delete")
    newcomer.taps("ask:yes")
    assert asyncio.run(guide.desk.view(guide.signed_in, case)) is None
    for attempt in (close(guide, case), write(guide, case, "Guten Tag"), take(guide, case)):
        assert attempt == Done(ok=False, sentence=GONE)


@pytest.mark.parametrize("role", [Role.LEAD, Role.VOLUNTEER])
def test_who_may_not_read_cases_sees_and_moves_none(house: House, case: str, role: Role) -> None:
    worker = joined(house, role, "Ohne Einblick")
    board = asyncio.run(worker.desk.queue(worker.signed_in))
    assert (board.open, board.mine, board.others, board.not_picked_up) == ((), (), (), 0)
    assert asyncio.run(worker.desk.view(worker.signed_in, case)) is None
    for attempt in (
        take(worker, case),
        close(worker, case),
        write(worker, case, "Guten Tag"),
        asyncio.run(worker.desk.not_now(worker.signed_in, case)),
        asyncio.run(worker.desk.give_back(worker.signed_in, case)),
    ):
        assert attempt == Done(ok=False, sentence=NOT_ALLOWED)
    assert stored(house, lambda s: s.audit.of_case(case)) == ()


def test_a_letter_longer_than_a_message_is_refused_and_not_cut(guide: Worker, case: str) -> None:
    take(guide, case)
    done = write(guide, case, "a" * 2001)
    assert done == Done(ok=False, sentence="Die Nachricht ist zu lang: höchstens 2000 Zeichen, es sind 2001.")
    assert seen(guide, case).letters == ()
