"""What a newcomer's turn leaves behind: rows and figures, each counted once, and no word of the person."""

import asyncio
from datetime import timedelta

import pytest

from bot.consequences import Turning, carry_out
from bot.house import House
from bot.jobs import end_contacts
from casework.ledger import Step
from casework.protocols import ContactRole, Kind, Minutes, Outcome, begun
from dialogs.effects import IntakeFinished
from storage.store import Store
from tests.bot.people import Newcomer, Worker, counted, rows, stored
from tests.doors import TOWN, Clock

SEARCH = "housing.search"


def steps(store: Store, newcomer: Newcomer) -> list[tuple[str, Step]]:
    account = store.accounts.find(newcomer.door, newcomer.address or "")
    assert account is not None
    person = store.persons.self_of(account.id, account.created_at)
    return [(entry.need, entry.step) for entry in store.ledger.of_person(person)]


def test_a_guest_leaves_figures_but_no_ledger_and_no_need(house: House, newcomer: Newcomer) -> None:
    newcomer.names_a_need()
    assert {"ledger", "persons", "cases"}.isdisjoint(rows(house))
    assert counted(house, "needs") == {}
    assert {need for need, _ in counted(house, "offers_shown")} == {SEARCH}


def test_a_need_counts_once_however_often_it_is_named(house: House, newcomer: Newcomer) -> None:
    newcomer.consents()
    newcomer.finishes()
    for _ in range(2):
        newcomer.names_a_need()
    assert counted(house, "needs") == {(SEARCH, "webchat"): 1}
    assert counted(house, "need_languages") == {("housing", "en"): 1}
    assert stored(house, lambda s: steps(s, newcomer)).count((SEARCH, Step.NAMED)) == 1


def test_offers_shown_again_are_not_counted_again(house: House, newcomer: Newcomer) -> None:
    """Shown to the guest, after the consent and to whoever comes back."""
    newcomer.consents()
    newcomer.finishes()
    newcomer.names_a_need()
    assert set(counted(house, "offers_shown").values()) == {1}


def test_another_person_with_the_same_need_is_counted(house: House) -> None:
    for _ in range(2):
        Newcomer(house).consents()
    assert counted(house, "needs") == {(SEARCH, "webchat"): 2}


def test_a_need_without_offers_is_one_gap(house: House, newcomer: Newcomer) -> None:
    newcomer.consents("work", "work.self_employment")
    newcomer.finishes()
    assert counted(house, "gaps") == {("work.self_employment",): 1}


def test_an_emergency_is_counted_before_any_consent(house: House, newcomer: Newcomer) -> None:
    newcomer.says("/emergency")
    newcomer.says("/emergency")
    assert counted(house, "emergencies") == {("emergency",): 1}
    assert "ledger" not in rows(house)


def test_consents_are_counted_by_purpose_and_refusals_too(house: House, newcomer: Newcomer) -> None:
    newcomer.consents()
    newcomer.asks_for_a_person()
    other = Newcomer(house)
    other.names_a_need()
    other.taps("urgency:has_time")
    other.taps("more:yes")
    other.taps("consent:only_information")
    assert counted(house, "consents") == {
        ("given_intake", "webchat"): 1,
        ("given_handover", "webchat"): 1,
        ("refused", "webchat"): 1,
    }


def test_a_finished_intake_counts_the_person_once_and_moves_with_the_group(
    house: House, newcomer: Newcomer, clock: Clock
) -> None:
    newcomer.consents()
    newcomer.finishes("settlement")
    assert counted(house, "capture_groups") == {("2", "self_declared"): 1}
    clock.now += timedelta(days=10)  # in December: the month in which it was first counted stays
    newcomer.names_a_need("work", "work.job_search")
    newcomer.taps("urgency:has_time")
    newcomer.taps("contact:no")
    assert counted(house, "captures") == {("webchat", "self_declared"): 1}
    months = stored(house, lambda s: [(t.cell.month, t.count) for t in s.tallies.rows("captures")])
    assert months == [("2026-11", 1)]


def test_another_group_moves_the_figure(house: House, newcomer: Newcomer, clock: Clock) -> None:
    newcomer.consents()
    newcomer.finishes("settlement")

    def finished_again(store: Store) -> None:
        account = store.accounts.find("webchat", newcomer.address or "")
        assert account is not None
        conversation = store.conversations.load(account.id)
        assert conversation is not None
        answers = {"town": ("here",), "detail": (SEARCH,), "group": ("1",)}
        carry_out(
            Turning(
                house=house,
                town=house.towns["erlenfels"],
                store=store,
                account=account,
                door="webchat",
                message_id="again",
                now=clock.now,
                conversation=conversation,
                contact=begun(account.id, "webchat", "en", clock.now),
                random_id="p1",
            ),
            (IntakeFinished(answers=answers),),
        )

    stored(house, finished_again)
    assert counted(house, "capture_groups") == {("1", "self_declared"): 1}
    assert counted(house, "captures") == {("webchat", "self_declared"): 1}


def test_who_lives_elsewhere_is_no_captured_person(house: House, newcomer: Newcomer) -> None:
    newcomer.consents()
    newcomer.taps("town:elsewhere")
    assert counted(house, "captures") == {}


def test_asking_twice_for_a_person_opens_one_case(house: House, newcomer: Newcomer) -> None:
    newcomer.consents()
    newcomer.asks_for_a_person()
    assert "handover.already" in [reply.key for reply in newcomer.says("/human").replies]
    (case,) = stored(house, lambda s: s.cases.queue())
    assert (case.needs, case.urgency, case.reason, case.language) == ((SEARCH,), "has_time", "asked", "en")
    assert counted(house, "handovers") == {("asked", "webchat"): 1}
    assert counted(house, "handover_topics") == {("housing", "has_time"): 1}


def test_what_is_answered_while_a_case_waits_describes_it(house: House, newcomer: Newcomer) -> None:
    """Whoever asks for a person first says afterwards what it is about."""
    newcomer.asks_for_a_person()
    newcomer.names_a_need()
    newcomer.taps("urgency:today")
    (case,) = stored(house, lambda store: store.cases.queue())
    assert (case.needs, case.urgency) == (("housing.search",), "today")


def test_a_case_that_begins_with_an_emergency_stands_out(house: House, newcomer: Newcomer) -> None:
    """Whatever else it is about."""
    newcomer.says("I want to kill myself")
    newcomer.asks_for_a_person()
    (case,) = stored(house, lambda store: store.cases.queue())
    assert (case.needs[0], case.urgency) == ("emergency.suicide", "alarm")


def test_what_is_typed_while_waiting_becomes_letters_in_order(house: House, newcomer: Newcomer) -> None:
    newcomer.asks_for_a_person()
    for text in ("The letter is from the town hall", "It says Friday", "Please help"):
        newcomer.says(text)
    newcomer.send(newcomer.sent)
    (case,) = stored(house, lambda s: s.cases.queue())
    letters = stored(house, lambda s: s.letters.of_case(case.id))
    assert [letter.text for letter in letters] == [
        "The letter is from the town hall",
        "It says Friday",
        "Please help",
    ]


def test_four_hours_of_silence_end_a_contact_as_codes_alone(
    house: House, newcomer: Newcomer, clock: Clock
) -> None:
    newcomer.consents()
    clock.now += timedelta(hours=3, minutes=59)
    assert stored(house, lambda s: end_contacts(house, s)) == 0
    clock.now += timedelta(minutes=1)
    assert stored(house, lambda s: end_contacts(house, s)) == 1
    assert stored(house, lambda s: end_contacts(house, s)) == 0
    (protocol,) = stored(house, lambda s: s.protocols.all("2026-11", "2026-11"))
    assert (protocol.month, protocol.day, protocol.channel, protocol.language) == (
        "2026-11",
        None,
        "webchat",
        "en",
    )
    assert (protocol.topics, protocol.kind) == (("housing",), Kind.NEEDS_CAPTURE)
    assert (protocol.outcome, protocol.minutes) == (Outcome.OFFERS_SHOWN, Minutes.UNDER_5)
    assert protocol.role is ContactRole.BOT
    assert counted(house, "contacts") == {("newcomer", "webchat", "needs_capture"): 1}
    assert "contacts" not in rows(house)


def test_a_message_after_four_hours_begins_a_new_contact_without_the_job(
    house: House, newcomer: Newcomer, clock: Clock
) -> None:
    newcomer.says("/emergency")
    clock.now += timedelta(hours=4)
    newcomer.says("/help")
    (protocol,) = stored(house, lambda s: s.protocols.all("2026-11", "2026-11"))
    assert protocol.kind is Kind.EMERGENCY
    assert rows(house)["contacts"] == 1


def test_closing_a_case_ends_the_contact_with_the_guide_in_it(
    house: House, newcomer: Newcomer, guide: Worker
) -> None:
    newcomer.asks_for_a_person()
    case = guide.takes()
    guide.writes(case, "Guten Tag")
    asyncio.run(guide.desk.close(guide.signed_in, case, "answered"))
    (protocol,) = stored(house, lambda s: s.protocols.all("2026-11", "2026-11"))
    assert (protocol.kind, protocol.outcome) == (Kind.HANDOVER, Outcome.HANDOVER)
    assert protocol.role is ContactRole.GUIDE
    assert "contacts" not in rows(house)


def test_an_erasure_changes_no_figure(house: House, newcomer: Newcomer) -> None:
    newcomer.consents()
    before = {table: counted(house, table) for table in ("needs", "offers_shown", "consents")}
    newcomer.says("/delete")
    newcomer.taps("ask:yes")
    assert {table: counted(house, table) for table in before} == before
    assert len(stored(house, lambda s: s.protocols.all("2026-11", "2026-11"))) == 1


@pytest.mark.parametrize("door", ["webchat", "terminal"])
def test_the_channel_is_counted_as_the_door_that_was_used(house: House, door: str) -> None:
    Newcomer(house, door=door, address=None).consents()
    assert counted(house, "needs") == {(SEARCH, door): 1}
    assert house.towns[TOWN].id == TOWN
