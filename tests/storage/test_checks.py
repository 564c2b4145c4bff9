"""Checks, questions to contacts and decisions about gaps: what is kept, what counts, and what goes when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.gap_steps import Decision, GapStep
from catalog.freshness import Check, Result
from storage import Store
from storage.catalogue import Latest
from storage.questions import Question
from storage.tables.checking import offer_questions
from tests.storage.builders import CHANGE, NOW, OTHER_TOWN, make_offer
from tests.storage.conftest import Run

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUARTER = "2026-Q4"
WORDS = "Wir sind umgezogen: Hauptstraße 3."


def check(result: Result = Result.RIGHT, after: timedelta = timedelta(), **changed: object) -> Check:
    at = NOW + after
    fields = {
        "offer": "cafe",
        "version": 1,
        "on": at.date(),
        "at": at,
        "by": "guide",
        "member": "m1",
        **changed,
    }
    return Check(result=result, **fields)  # type: ignore[arg-type]


def add(run: Run, *checks: Check) -> None:
    for each in checks:
        run(lambda store, each=each: store.checks.add(each))  # type: ignore[misc]


def test_a_check_comes_back_as_it_was_noted_what_was_found_last_first(run: Run) -> None:
    first = check()
    visit = check(Result.CHANGED, HOUR, on=date(2026, 10, 1), visit=True, found="Neue Zeiten an der Tür.")
    add(run, first, visit)
    assert run(lambda store: store.checks.of_offer("cafe")) == (first, visit)
    assert run(lambda store: store.checks.visits()) == (visit,)


def test_the_newest_check_is_the_one_noted_last_even_within_one_moment(run: Run) -> None:
    add(run, check(Result.RIGHT), check(Result.CLOSED), check(Result.CHANGED, offer="other"))
    newest = run(lambda store: store.checks.newest())
    assert {id_: each.result for id_, each in newest.items()} == {
        "cafe": Result.CLOSED,
        "other": Result.CHANGED,
    }


def test_an_earlier_visit_noted_later_does_not_overrule_a_newer_check(run: Run) -> None:
    """What was found last counts; of one day, what was noted last."""
    add(run, check(Result.RIGHT), check(Result.CLOSED, HOUR, on=date(2026, 10, 1), visit=True, found="Zu."))
    assert run(lambda store: store.checks.newest())["cafe"].result is Result.RIGHT
    add(run, check(Result.CHANGED, 2 * HOUR))
    (newest,) = run(lambda store: tuple(store.checks.newest().values()))
    assert newest.result is Result.CHANGED


def test_confirmed_is_the_last_day_on_which_it_was_right(run: Run) -> None:
    """A visit of an earlier day, and a check that found something wrong, move nothing."""
    add(
        run, check(after=9 * DAY), check(after=10 * DAY, on=date(2026, 1, 1)), check(Result.CHANGED, 20 * DAY)
    )
    assert run(lambda store: store.checks.confirmed()) == {"cafe": (NOW + 9 * DAY).date()}


def test_a_check_writes_no_version_of_the_entry_but_everybody_sees_it(run: Run) -> None:
    run(lambda store: store.catalogue.put_offers((make_offer("cafe"),), CHANGE))
    before = run(lambda store: (store.catalogue.version(), store.catalogue.history("cafe")))
    add(run, check())
    after = run(lambda store: (store.catalogue.version(), store.catalogue.history("cafe")))
    assert after[1] == before[1]
    assert after[0] > before[0]


def test_a_check_of_a_shared_entry_is_the_towns_own(run: Run) -> None:
    def shares(store: Store) -> None:
        store.catalogue.share(["district"])

    run(shares)
    run(shares, town=OTHER_TOWN)
    run(lambda store: store.catalogue.put_offers((make_offer("cafe"),), CHANGE, shared="district"))
    version = run(lambda store: store.catalogue.version(), town=OTHER_TOWN)
    add(run, check())
    assert run(lambda store: store.checks.confirmed(), town=OTHER_TOWN) == {}
    assert run(lambda store: store.catalogue.version(), town=OTHER_TOWN) == version


def test_the_catalogue_says_which_version_is_the_newest_since_when_and_whose(run: Run) -> None:
    run(lambda store: store.catalogue.share(["district"]))
    run(lambda store: store.catalogue.put_offers((make_offer("a"), make_offer("b")), CHANGE))
    run(lambda store: store.catalogue.put_offers((make_offer("c"),), CHANGE, shared="district"))
    run(lambda store: store.catalogue.withdraw("b", CHANGE))
    later = replace(CHANGE, at=NOW + DAY)
    run(lambda store: store.catalogue.put_offers((make_offer("a", note="x"),), later))
    assert run(lambda store: store.catalogue.latest()) == {
        "a": Latest(version=2, at=NOW + DAY, own=True),
        "c": Latest(version=1, at=NOW, own=False),
    }


def test_one_entry_is_found_as_the_town_shows_it(run: Run) -> None:
    """Its own before one of the same id that it shares; none that was withdrawn."""
    run(lambda store: store.catalogue.share(["district"]))
    own, shared = make_offer("a"), make_offer("a", note="shared")
    run(lambda store: store.catalogue.put_offers((shared,), CHANGE, shared="district"))
    assert run(lambda store: store.catalogue.get("a")) == shared
    run(lambda store: store.catalogue.put_offers((own,), CHANGE))
    assert run(lambda store: store.catalogue.get("a")) == own
    run(lambda store: store.catalogue.withdraw("a", CHANGE))
    assert run(lambda store: store.catalogue.get("a")) == shared
    assert run(lambda store: store.catalogue.get("b")) is None


def ask(store: Store, offer: str = "cafe", quarter: str = QUARTER, after: timedelta = timedelta()) -> bool:
    return store.questions.ask(offer, quarter, NOW + after)


def test_a_contact_is_asked_once_a_quarter(run: Run) -> None:
    asked = [run(ask), run(lambda store: ask(store, after=DAY))]
    assert asked == [True, False]
    assert run(lambda store: ask(store, quarter="2027-Q1"))
    assert run(lambda store: store.questions.asked_since(NOW)) == {("cafe", QUARTER), ("cafe", "2027-Q1")}
    assert run(lambda store: store.questions.asked_since(NOW + DAY)) == set()


def answer(store: Store, result: Result = Result.CHANGED, words: str = WORDS) -> bool:
    return store.questions.answer("cafe", QUARTER, result, words, NOW + DAY)


def test_the_first_answer_counts_and_no_other(run: Run) -> None:
    assert not run(answer), "nobody was asked"
    run(ask)
    assert run(answer)
    assert not run(lambda store: answer(store, Result.CLOSED, "anders"))
    found = run(lambda store: store.questions.get("cafe", QUARTER))
    assert found == Question(
        offer="cafe",
        quarter=QUARTER,
        asked_at=NOW,
        answered_at=NOW + DAY,
        result=Result.CHANGED,
        words=WORDS,
    )


@pytest.mark.parametrize(("result", "waits"), [(Result.RIGHT, 0), (Result.CHANGED, 1), (Result.CLOSED, 1)])
def test_only_what_is_wrong_waits_for_the_guide(run: Run, result: Result, waits: int) -> None:
    run(ask)
    run(lambda store: answer(store, result))
    assert len(run(lambda store: store.questions.waiting())) == waits


def test_what_a_contact_wrote_goes_when_a_guide_has_dealt_with_it(run: Run) -> None:
    """Until then it is sealed."""
    run(ask)
    run(answer)
    kept = run(lambda store: store._in.execute(offer_questions.select()).one().sealed)
    assert kept
    assert WORDS.encode() not in kept
    assert run(lambda store: store.questions.settle("cafe", QUARTER, NOW))
    assert not run(lambda store: store.questions.settle("cafe", QUARTER, NOW))
    assert run(lambda store: store.questions.waiting()) == ()
    assert run(lambda store: store._in.execute(offer_questions.select()).one().sealed) is None


def test_a_question_is_kept_for_a_year_and_checks_for_good(run: Run) -> None:
    run(ask)
    run(answer)
    add(run, check())
    run(lambda store: store.retention.apply(NOW + 364 * DAY))
    assert run(lambda store: store.questions.get("cafe", QUARTER)) is not None
    run(lambda store: store.retention.apply(NOW + 365 * DAY))
    assert run(lambda store: store.questions.get("cafe", QUARTER)) is None
    assert len(run(lambda store: store.checks.of_offer("cafe"))) == 1


def test_decisions_about_gaps_come_back_the_newest_first(run: Run) -> None:
    steps = [
        GapStep(need="digital.bank", decision=decision, on=NOW.date(), by="guide", note="Sparkasse gefragt.")
        for decision in (Decision.NOTHING_YET, Decision.FOUND)
    ]
    for place, step in enumerate(steps):
        run(lambda store, step=step, place=place: store.gap_steps.add(step, NOW + place * HOUR))  # type: ignore[misc]
    assert run(lambda store: store.gap_steps.all()) == tuple(reversed(steps))


def test_what_was_written_freely_goes_after_a_year_and_day_and_result_stay(run: Run) -> None:
    """The evidence needs no words, and words may name somebody."""
    visit = check(Result.CHANGED, visit=True, found="Neue Zeiten an der Tür.")
    step = GapStep(
        need="housing.registration", decision=Decision.FOUND, on=NOW.date(), by="guide", note="Wort"
    )
    add(run, visit)
    run(lambda store: store.gap_steps.add(step, NOW))
    assert run(lambda store: store.retention.apply(NOW + 364 * DAY)) == {}
    gone = run(lambda store: store.retention.apply(NOW + 365 * DAY))
    assert gone == {"offer_checks": 1, "gap_steps": 1}
    assert run(lambda store: store.checks.visits()) == (replace(visit, found=""),)
    assert run(lambda store: store.gap_steps.all()) == (replace(step, note=""),)
    assert run(lambda store: store.retention.apply(NOW + 366 * DAY)) == {}
