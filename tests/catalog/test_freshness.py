"""When an entry counts as right: what it says itself, what checks say, and what follows after months."""

import datetime as dt
from dataclasses import replace

import pytest

from catalog.freshness import (
    Check,
    Result,
    State,
    as_checked,
    due,
    one_an_address,
    quarter_of,
    right_on,
    said_closed,
    to_be_asked,
    to_be_mended,
)
from catalog.matching import Facts, best_offers, is_stale
from catalog.offer import Offer, Status
from tests.catalog.town import erlenfels, offer

NOON = dt.timedelta(hours=11)  # noon in Berlin in winter


def at(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC) + NOON


def assured(day: str, **changed: object) -> Offer:
    fields = {"assured_date": dt.date.fromisoformat(day), **changed}
    return replace(offer("sprachcafe-mittwoch"), **fields)  # type: ignore[arg-type]


def checked(result: Result, day: str, id_: str = "sprachcafe-mittwoch") -> Check:
    return Check(offer=id_, version=2, on=dt.date.fromisoformat(day), at=at(day), by="guide", result=result)


def confirmed(day: str) -> dict[str, dt.date]:
    return {"sprachcafe-mittwoch": dt.date.fromisoformat(day)}


@pytest.mark.parametrize(
    ("said", "checks", "right"),
    [
        ("2026-01-10", {}, "2026-01-10"),
        ("2026-01-10", confirmed("2026-05-01"), "2026-05-01"),
        ("2026-05-01", confirmed("2026-01-10"), "2026-05-01"),
        ("2026-05-01", {"another": dt.date(2026, 9, 1)}, "2026-05-01"),
    ],
    ids=["nobody checked", "checked later", "edited after the check", "somebody checked another"],
)
def test_the_newest_of_entry_and_check_counts(said: str, checks: dict[str, dt.date], right: str) -> None:
    assert right_on(assured(said), checks) == dt.date.fromisoformat(right)


@pytest.mark.parametrize(
    ("now", "stale", "shown"),
    [
        ("2026-09-30T00:00", False, True),
        ("2026-09-30T21:59", False, True),
        ("2026-09-30T22:01", True, True),
        ("2027-03-30T21:59", True, True),
        ("2027-03-31T10:00", True, False),
    ],
    ids=[
        "the day before six months",
        "the same evening",
        "after it on the German clock",
        "the day before a year",
        "a year",
    ],
)
def test_six_and_twelve_months_count_from_the_last_check(now: str, stale: bool, shown: bool) -> None:
    """The entry itself was assured long before. Days begin at midnight in Berlin, in summer and winter."""
    moment = dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)
    (one,) = as_checked([assured("2024-01-01")], confirmed("2026-03-31"), ())
    assert is_stale(one, moment) is stale
    assert bool(best_offers([one], "social.contacts", Facts(), "de", moment)) is shown


def test_without_the_check_the_same_entry_would_be_hidden() -> None:
    old = assured("2024-01-01")
    assert best_offers([old], "social.contacts", Facts(), "de", at("2026-06-01")) == []


def test_a_check_changes_nothing_that_the_entry_says() -> None:
    before = assured("2024-01-01")
    (after,) = as_checked([before], confirmed("2026-03-31"), ())
    assert replace(after, assured_date=before.assured_date) == before


def test_what_is_said_to_be_closed_is_shown_no_more() -> None:
    assert as_checked([assured("2026-01-01")], {}, {"sprachcafe-mittwoch"}) == ()


@pytest.mark.parametrize(
    ("result", "version", "closed", "mended"),
    [
        (Result.RIGHT, 2, [], 0),
        (Result.CHANGED, 2, [], 1),
        (Result.CLOSED, 2, ["sprachcafe-mittwoch"], 1),
        (Result.CLOSED, 3, [], 0),
        (Result.CHANGED, 3, [], 0),
    ],
    ids=["right", "changed", "closed", "edited after closing", "edited after a change"],
)
def test_a_bad_check_stands_until_somebody_edits_the_entry(
    result: Result, version: int, closed: list[str], mended: int
) -> None:
    """Whatever the clocks say: it is the version that counts."""
    newest, versions = [checked(result, "2026-05-01")], {"sprachcafe-mittwoch": version}
    assert sorted(said_closed(newest, versions)) == closed
    assert len(to_be_mended(newest, versions)) == mended


def test_what_is_due_stands_in_order_of_age_and_says_what_newcomers_see() -> None:
    days = {"a": "2025-11-01", "b": "2026-04-01", "c": "2026-08-23", "d": "2026-08-24"}
    offers = [assured(day, id=id_) for id_, day in reversed(days.items())]
    found = due(offers, {}, at("2026-11-23"))
    assert [(each.offer.id, each.state) for each in found] == [
        ("a", State.HIDDEN),
        ("b", State.CALL_FIRST),
        ("c", State.SHOWN),
    ]


def test_an_authority_is_due_but_never_hidden() -> None:
    office = replace(offer("rathaus-soziales"), assured_date=dt.date(2020, 1, 1))
    assert [each.state for each in due([office], {}, at("2026-11-23"))] == [State.CALL_FIRST]


@pytest.mark.parametrize(
    "changed",
    [{"status": Status.INACTIVE}, {"status": Status.DRAFT}, {"valid_to": dt.date(2026, 11, 22)}],
    ids=["gone", "a draft", "ended yesterday"],
)
def test_what_nobody_is_shown_need_not_be_checked(changed: dict[str, object]) -> None:
    assert due([assured("2025-01-01", **changed)], {}, at("2026-11-23")) == ()


@pytest.mark.parametrize(
    ("moment", "quarter"),
    [
        ("2026-12-31T22:59:59", "2026-Q4"),
        ("2026-12-31T23:00:00", "2027-Q1"),
        ("2027-03-31T21:59:59", "2027-Q1"),
        ("2027-03-31T22:00:00", "2027-Q2"),
        ("2027-06-30T22:00:00", "2027-Q3"),
        ("2027-09-30T22:00:00", "2027-Q4"),
    ],
    ids=str,
)
def test_a_quarter_begins_at_midnight_in_berlin(moment: str, quarter: str) -> None:
    """In winter an hour before UTC, in summer two."""
    assert quarter_of(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)) == quarter


MAILED = {"email": "cafe@example.org", "address_secret": False}


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        (MAILED, True),
        (MAILED | {"email": None}, False),
        (MAILED | {"address_secret": True, "address": None}, False),
        (MAILED | {"assured_date": dt.date(2026, 9, 25)}, False),
        (MAILED | {"status": Status.INACTIVE}, False),
    ],
    ids=["with an address", "without one", "whose place is secret", "known to be right lately", "gone"],
)
def test_only_who_may_be_asked_is_asked(changed: dict[str, object], asked: bool) -> None:
    assert bool(to_be_asked([assured("2026-09-24", **changed)], {}, at("2026-11-23"))) is asked


def test_the_guide_is_not_asked_about_the_guides_own_entry() -> None:
    guide = next(one for one in erlenfels().offers if one.is_the_guide)
    old = replace(guide, email="guide@example.org", assured_date=dt.date(2025, 1, 1))
    assert to_be_asked([old], {}, at("2026-11-23")) == ()


def test_who_has_several_offers_gets_one_mail_at_a_time() -> None:
    offers = [assured("2025-01-01", id=id_, email="Cafe@example.org") for id_ in ("a", "b")]
    assert [one.id for one in one_an_address(offers, ())] == ["a"]
    assert one_an_address(offers, {"cafe@EXAMPLE.org"}) == ()
