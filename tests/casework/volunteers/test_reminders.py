"""When which reminder is due: once each, the nearer first, never after the start, whatever clocks show."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.days import LOCAL
from casework.volunteers.reminders import BEFORE, Kind, due, missed

START = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
DAY, HOURS = timedelta(hours=24), timedelta(hours=2)
SECOND = timedelta(seconds=1)
MOMENTS = st.integers(0, 5 * 366 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
WAITS = st.timedeltas(timedelta(seconds=1), timedelta(hours=30))
GIVEN = st.frozensets(st.sampled_from(Kind))


@pytest.mark.parametrize(
    ("before", "already", "kind"),
    [
        pytest.param(DAY + SECOND, (), None, id="too early"),
        pytest.param(DAY, (), Kind.DAY, id="a day before"),
        pytest.param(HOURS + SECOND, (), Kind.DAY, id="late, but before the next is due"),
        pytest.param(DAY, (Kind.DAY,), None, id="a day before, and given"),
        pytest.param(HOURS, (Kind.DAY,), Kind.HOURS, id="two hours before"),
        pytest.param(HOURS, (), Kind.HOURS, id="both due after an outage: the nearer one"),
        pytest.param(SECOND, (), Kind.HOURS, id="a second before"),
        pytest.param(HOURS, (Kind.DAY, Kind.HOURS), None, id="both given"),
        pytest.param(HOURS + SECOND, (Kind.HOURS,), None, id="the clock was set back after the nearer one"),
        pytest.param(timedelta(0), (), None, id="at the start"),
        pytest.param(-SECOND, (), None, id="after the start"),
    ],
)
def test_which_reminder_is_due(before: timedelta, already: tuple[Kind, ...], kind: Kind | None) -> None:
    assert due(START, START - before, already) is kind


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(datetime(2026, 3, 29, 9, 0, tzinfo=LOCAL), id="the night before lacks an hour"),
        pytest.param(datetime(2026, 10, 25, 9, 0, tzinfo=LOCAL), id="the night before has one more"),
        pytest.param(datetime(2026, 3, 29, 3, 30, tzinfo=LOCAL), id="right after the gap"),
        pytest.param(datetime(2026, 10, 25, 3, 30, tzinfo=LOCAL), id="right after the hour that is twice"),
    ],
)
def test_hours_are_those_that_pass_and_not_those_on_the_clock(start: datetime) -> None:
    """Over a clock change, 24 hours before is another time of day, and still 24 hours before."""
    starts_at = start.astimezone(UTC)
    for kind, before in BEFORE.items():
        given_before = {Kind.DAY} if kind is Kind.HOURS else set[Kind]()
        assert due(starts_at, starts_at - before, given_before) is kind
        assert due(starts_at, starts_at - before - SECOND, given_before) is None


@given(starts_at=MOMENTS, before=WAITS, already=GIVEN)
def test_nothing_is_given_twice_or_too_early_or_too_late(
    starts_at: datetime, before: timedelta, already: frozenset[Kind]
) -> None:
    kind = due(starts_at, starts_at - before, already)
    if kind is not None:
        assert kind not in already
        assert timedelta(0) < before <= BEFORE[kind]
        assert Kind.HOURS not in already


@given(starts_at=MOMENTS, steps=st.lists(st.timedeltas(timedelta(minutes=-90), timedelta(hours=5))))
def test_whenever_it_is_asked_each_comes_once_at_most_and_in_order(
    starts_at: datetime, steps: list[timedelta]
) -> None:
    """With outages of any length, and clocks that are set back in between."""
    now, given_so_far = starts_at - timedelta(hours=26), list[Kind]()
    for step in steps:
        now += step
        kind = due(starts_at, now, given_so_far)
        if kind is not None:
            assert now < starts_at
            given_so_far.append(kind)
    assert given_so_far in ([], [Kind.DAY], [Kind.HOURS], [Kind.DAY, Kind.HOURS])


@given(starts_at=MOMENTS, minutes=st.integers(5, 119))
def test_asked_more_often_than_every_two_hours_both_come(starts_at: datetime, minutes: int) -> None:
    now, given_so_far = starts_at - timedelta(hours=25), list[Kind]()
    while now < starts_at:
        kind = due(starts_at, now, given_so_far)
        given_so_far += [kind] if kind else []
        now += timedelta(minutes=minutes)
    assert given_so_far == [Kind.DAY, Kind.HOURS]


@pytest.mark.parametrize(
    ("before", "kinds"),
    [(DAY + SECOND, set()), (DAY, {Kind.DAY}), (HOURS, {Kind.DAY, Kind.HOURS})],
    ids=["in time for both", "a day before", "two hours before"],
)
def test_what_is_planned_late_has_missed_reminders(before: timedelta, kinds: set[Kind]) -> None:
    assert missed(START, START - before) == kinds
