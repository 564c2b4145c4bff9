"""Checks at the desk: what is due, what one tap does to what newcomers see, and what a visit leaves."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.case_views import Done
from bot.check_steps import FORBIDDEN, GONE, LONGEST_FOUND, VisitWish
from bot.house import House
from bot.offer_checks import CheckBoard, EntryChecks, OfferChecks
from bot.offer_lines import german_hours
from bot.shown_offers import shown_offers
from casework.team import Role
from catalog.freshness import CONTACT, Check, Result
from storage.catalogue import Change
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.people import Newcomer, Worker, joined, stored
from tests.doors import TOWN, Clock

GARDEN, DRIVING = "interkultureller-garten", "fuehrerschein-hintertaunus"
VISIT = VisitWish(day="2026-11-20", result="right", found="Viele Leute, alles wie im Eintrag.")
CHANGE = Change(by="guide", why="new hours", at=NOW)


def note(worker: Worker, offer: str, result: str) -> Done:
    return asyncio.run(OfferChecks(worker.house).note(worker.signed_in, offer, result))


def visit(worker: Worker, wish: VisitWish = VISIT, offer: str = GARDEN, form: str = "f1") -> Done:
    return asyncio.run(OfferChecks(worker.house).visit(worker.signed_in, offer, wish, form))


def board(worker: Worker) -> CheckBoard:
    return asyncio.run(OfferChecks(worker.house).board(worker.signed_in))


def of_offer(worker: Worker, offer: str = GARDEN) -> EntryChecks:
    found = asyncio.run(OfferChecks(worker.house).of_offer(worker.signed_in, offer))
    assert found is not None
    return found


def due(worker: Worker) -> list[str]:
    return [line.entry.id for line in board(worker).due]


def checks(house: House, offer: str = GARDEN) -> tuple[Check, ...]:
    return stored(house, lambda store: store.checks.of_offer(offer))


def shown(house: House) -> set[str]:
    return {offer.id for offer in stored(house, shown_offers)}


def test_what_was_not_checked_longest_stands_first(guide: Worker) -> None:
    """With number and hours at hand, and with what newcomers see of it."""
    first, second = board(guide).due[:2]
    assert (first.entry.id, second.entry.id) == (DRIVING, GARDEN)
    assert (first.last, first.state) == ("04.03.2026", "mit „bitte vorher anrufen“")
    assert (first.entry.tel, first.entry.hours) == (
        "tel:+496990009111",
        "Mo–Fr 08:00–12:00; Feiertage geschlossen",
    )
    assert (first.entry.shared, second.entry.shared) == (True, False)


def test_one_tap_takes_an_entry_from_the_list_and_says_who_looked(house: House, guide: Worker) -> None:
    version = stored(house, lambda store: store.catalogue.latest()[GARDEN].version)
    assert note(guide, GARDEN, "right").ok
    assert GARDEN not in due(guide)
    assert of_offer(guide).last == "23.11.2026, Gül Aydın (Integrationsguide)"
    assert stored(house, lambda store: store.catalogue.latest()[GARDEN].version) == version


def test_newcomers_see_at_their_next_message_what_was_checked(
    house: House, guide: Worker, newcomer: Newcomer, clock: Clock
) -> None:
    """Seven months old, the entry asks them to call first; checked, it does not."""
    clock.now = NOW + timedelta(days=150)
    newcomer.says("hello")
    before = house.towns[TOWN].script.by_id[GARDEN].assured_date
    note(guide, GARDEN, "right")
    newcomer.says("hello")
    after = house.towns[TOWN].script.by_id[GARDEN].assured_date
    assert (before.isoformat(), after.isoformat()) == ("2026-04-20", "2027-04-22")


def test_what_is_closed_is_shown_no_more_until_it_is_right_again(house: House, guide: Worker) -> None:
    note(guide, GARDEN, "closed")
    assert GARDEN not in shown(house)
    assert [line.what for line in board(guide).wrong] == ["gibt es nicht mehr"]
    assert GARDEN not in due(guide)
    note(guide, GARDEN, "right")
    assert GARDEN in shown(house)
    assert board(guide).wrong == ()


def test_what_has_changed_stays_shown_and_stands_there_until_it_is_edited(
    house: House, guide: Worker
) -> None:
    note(guide, GARDEN, "changed")
    assert GARDEN in shown(house)
    (line,) = board(guide).wrong
    assert (line.entry.id, line.who, line.quarter) == (GARDEN, "Gül Aydın (Integrationsguide)", "")

    def edit(store: Store) -> None:
        offer = next(one for one in store.catalogue.offers() if one.id == GARDEN)
        store.catalogue.put_offers((replace(offer, note="neue Zeiten"),), CHANGE)

    stored(house, edit)
    assert board(guide).wrong == ()


def test_the_same_tap_twice_is_one_check_and_another_result_is_another(house: House, guide: Worker) -> None:
    for result in ("right", "right", "changed"):
        note(guide, GARDEN, result)
    assert [check.result for check in checks(house)] == [Result.CHANGED, Result.RIGHT]


@pytest.mark.parametrize("role", Role, ids=str)
def test_guides_deputies_and_leads_may_and_volunteers_may_not(house: House, role: Role) -> None:
    worker = joined(house, role, "Ada")
    allowed = role is not Role.VOLUNTEER
    assert note(worker, GARDEN, "right").ok is allowed
    assert visit(worker).ok is allowed
    assert bool(due(worker)) is allowed
    assert len(checks(house)) == (2 if allowed else 0)
    if not allowed:
        assert note(worker, GARDEN, "right").sentence == FORBIDDEN
        assert asyncio.run(OfferChecks(house).of_offer(worker.signed_in, GARDEN)) is None


@pytest.mark.parametrize("offer", ["unknown", "", "../x", "x" * 500])
def test_an_entry_that_is_not_here_is_gone(house: House, guide: Worker, offer: str) -> None:
    assert note(guide, offer, "right").sentence == GONE
    assert visit(guide, offer=offer).sentence == GONE
    assert stored(house, lambda store: store.checks.newest()) == {}


def test_a_visit_stands_with_the_entry_and_counts_from_its_day(house: House, guide: Worker) -> None:
    assert visit(guide).ok
    (line,) = of_offer(guide).checks
    assert (line.on, line.visit, line.found) == ("20.11.2026", True, VISIT.found)
    assert of_offer(guide).last == "20.11.2026, Gül Aydın (Integrationsguide)"
    assert GARDEN not in due(guide)


def test_the_same_form_is_one_visit(house: House, guide: Worker) -> None:
    assert [visit(guide).ok, visit(guide).ok] == [True, True]
    assert len(checks(house)) == 1
    visit(guide, form="f2")
    assert len(checks(house)) == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"day": ""},
        {"day": "gestern"},
        {"day": "2026-11-24"},
        {"day": "2025-11-21"},
        {"result": ""},
        {"result": "burnt"},
        {"found": ""},
        {"found": " \n\u200b "},
        {"found": "x" * (LONGEST_FOUND + 1)},
    ],
    ids=[
        "no day",
        "no date",
        "tomorrow",
        "too long ago",
        "nothing",
        "no result",
        "no words",
        "blank",
        "too long",
    ],
)
def test_what_is_no_visit_is_refused(house: House, guide: Worker, changed: dict[str, str]) -> None:
    done = visit(guide, replace(VISIT, **changed))
    assert not done.ok
    assert done.sentence.endswith(".")
    assert checks(house) == ()


def test_words_of_a_visit_lose_what_could_turn_them_around(house: House, guide: Worker) -> None:
    visit(guide, replace(VISIT, found="Zu\u202e\x00 um\n\n16 Uhr"))
    assert checks(house)[0].found == "Zu um 16 Uhr"


def test_the_name_of_who_left_long_ago_is_not_kept(house: House, guide: Worker, clock: Clock) -> None:
    note(guide, GARDEN, "right")
    stored(house, lambda store: store.team.revoke(guide.signed_in.id, NOW))
    stored(house, lambda store: store.retention.apply(NOW + timedelta(days=366)))
    other = joined(house, Role.GUIDE, "Ben")
    assert [line.who for line in of_offer(other).checks] == ["Integrationsguide"]


def test_a_contact_is_named_as_such(house: House, guide: Worker) -> None:
    check = Check(offer=GARDEN, version=1, on=NOW.date(), at=NOW, by=CONTACT, result=Result.RIGHT)
    stored(house, lambda store: store.checks.add(check))
    assert of_offer(guide).last == "23.11.2026, Kontakt des Angebots"


def test_an_answer_about_a_withdrawn_entry_is_listed_and_can_be_settled(house: House, guide: Worker) -> None:
    """Nobody would find it otherwise, and what the contact wrote would stay."""

    def answered(store: Store) -> None:
        store.questions.ask(GARDEN, "2026-Q4", NOW)
        store.questions.answer(GARDEN, "2026-Q4", Result.CLOSED, "Wir hören auf.", NOW)
        store.catalogue.withdraw(GARDEN, CHANGE)

    stored(house, answered)
    (line,) = board(guide).wrong
    assert (line.entry.id, line.gone, line.words) == (GARDEN, True, "Wir hören auf.")
    assert "Garten" in line.entry.name
    done = asyncio.run(OfferChecks(house).settle(guide.signed_in, GARDEN, line.quarter))
    assert (done.ok, board(guide).wrong) == (True, ())


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("Mo-Fr 08:00-12:00; PH off", "Mo–Fr 08:00–12:00; Feiertage geschlossen"),
        ("Tu,Th 09:00-12:00", "Di, Do 09:00–12:00"),
        ('Mo "nach Absprache, We-Th"', 'Mo "nach Absprache, We-Th"'),
        ("2026 Dec 03 18:00-20:00", "2026 Dez 03 18:00–20:00"),
        ("", ""),
    ],
    ids=["days and holidays", "a list", "quoted words stay", "a date", "none"],
)
def test_hours_are_told_with_german_days(kept: str, read: str) -> None:
    assert german_hours(kept) == read
