"""When which reminder is due: once each, the nearer first, never after the start, whatever clocks show."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.days import LOCAL
from casework.volunteers.reminders import BEFORE, EARLIEST, Kind, due, missed, moment

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
        pytest.param(datetime(2026, 3, 29, 9, 30, tzinfo=LOCAL), id="the night before lacks an hour"),
        pytest.param(datetime(2026, 10, 25, 9, 30, tzinfo=LOCAL), id="the night before has one more"),
        pytest.param(
            datetime(2026, 3, 30, 9, 30, tzinfo=LOCAL), id="the night before the last lacks an hour"
        ),
    ],
)
def test_hours_are_those_that_pass_and_not_those_on_the_clock(start: datetime) -> None:
    """Over a clock change, 24 hours before is another time of day, and still 24 hours before."""
    starts_at = start.astimezone(UTC)
    for kind, before in BEFORE.items():
        assert moment(starts_at, kind) == starts_at - before


def on(day: int, clock: str, month: int = 11) -> datetime:
    """That local time on a day of 2026."""
    return datetime.combine(date(2026, month, day), time.fromisoformat(clock), LOCAL)


@pytest.mark.parametrize(
    ("start", "day", "hours"),
    [
        pytest.param(on(25, "14:00"), on(24, "14:00"), on(25, "12:00"), id="by day both come in their hour"),
        pytest.param(on(25, "09:00"), on(24, "09:00"), on(25, "07:00"), id="the first hour in the morning"),
        pytest.param(
            on(25, "08:59"), on(24, "08:59"), on(24, "19:00"), id="the second would wake: the evening before"
        ),
        pytest.param(
            on(25, "06:00"), on(24, "07:00"), on(24, "19:00"), id="the first waits for the morning before"
        ),
        pytest.param(
            on(25, "00:30"), on(24, "07:00"), on(24, "19:00"), id="soon after midnight: both on the last day"
        ),
        pytest.param(
            on(25, "22:59"),
            on(24, "19:00"),
            on(25, "20:59"),
            id="late: the first comes in the evening before",
        ),
        pytest.param(
            on(25, "23:00"),
            on(24, "19:00"),
            on(25, "19:00"),
            id="into the night: each on an evening of its own",
        ),
        pytest.param(on(25, "20:59"), on(24, "20:59"), on(25, "18:59"), id="the last minute of the evening"),
        pytest.param(on(25, "21:00"), on(24, "19:00"), on(25, "19:00"), id="the first minute of the night"),
        pytest.param(
            on(29, "06:00", 3), on(28, "07:00", 3), on(28, "19:00", 3), id="the night between lacks an hour"
        ),
        pytest.param(
            on(25, "06:00", 10), on(24, "07:00", 10), on(24, "19:00", 10), id="the night between has one more"
        ),
        pytest.param(
            on(29, "08:30", 3),
            on(28, "07:30", 3),
            on(28, "19:00", 3),
            id="an hour less: the second moves as usual",
        ),
        pytest.param(
            on(26, "06:30", 10),
            on(25, "07:00", 10),
            on(25, "19:00", 10),
            id="the day after the change as any other",
        ),
        pytest.param(
            on(25, "21:30", 10),
            on(24, "19:00", 10),
            on(25, "19:30", 10),
            id="25 hours on the clock: still the night",
        ),
        pytest.param(
            on(29, "21:30", 3),
            on(28, "20:30", 3),
            on(29, "19:30", 3),
            id="23 hours on the clock: not yet night",
        ),
    ],
)
def test_nobody_is_reminded_at_night(start: datetime, day: datetime, hours: datetime) -> None:
    """Local times, asked every minute from the first on."""
    starts_at, given_at = start.astimezone(UTC), dict[Kind, datetime]()
    now = starts_at - EARLIEST
    while now < starts_at:
        kind = due(starts_at, now, given_at)
        if kind is not None:
            given_at[kind] = now
        now += timedelta(minutes=1)
    assert {kind: at.astimezone(LOCAL) for kind, at in given_at.items()} == {
        Kind.DAY: day.astimezone(UTC).astimezone(LOCAL),
        Kind.HOURS: hours.astimezone(UTC).astimezone(LOCAL),
    }


@pytest.mark.parametrize(
    ("start", "woken", "kind", "at"),
    [
        pytest.param(
            on(25, "09:30"), on(24, "21:00"), Kind.DAY, on(25, "07:00"), id="the first in the morning"
        ),
        pytest.param(on(25, "08:00"), on(24, "23:00"), Kind.HOURS, on(25, "07:00"), id="the second as well"),
        pytest.param(
            on(25, "22:30"), on(25, "21:30"), Kind.HOURS, on(25, "21:30"), id="an hour before: at once"
        ),
        pytest.param(
            on(25, "06:00"), on(25, "03:00"), Kind.HOURS, on(25, "03:00"), id="no morning in between"
        ),
        pytest.param(
            on(25, "07:00"), on(24, "22:00"), Kind.HOURS, on(24, "22:00"), id="in the morning it starts"
        ),
        pytest.param(
            on(25, "06:00"), on(24, "20:00"), Kind.HOURS, on(24, "20:00"), id="in the evening one will do"
        ),
    ],
)
def test_what_an_outage_delays_into_the_night_waits_for_the_morning_if_that_helps(
    start: datetime, woken: datetime, kind: Kind, at: datetime
) -> None:
    """Only what starts before the morning is told at night."""
    now, starts_at = woken.astimezone(UTC), start.astimezone(UTC)
    while (found := due(starts_at, now, ())) is None and now < starts_at:
        now += timedelta(minutes=1)
    assert (found, now) == (kind, at.astimezone(UTC))


@given(starts_at=MOMENTS, before=WAITS, already=GIVEN)
def test_nothing_is_given_twice_or_too_early_or_too_late(
    starts_at: datetime, before: timedelta, already: frozenset[Kind]
) -> None:
    kind = due(starts_at, starts_at - before, already)
    if kind is not None:
        assert kind not in already
        assert timedelta(0) < before <= EARLIEST
        assert Kind.HOURS not in already


@given(starts_at=MOMENTS)
def test_both_are_due_by_day_and_far_apart(starts_at: datetime) -> None:
    """At whatever minute it starts: in order, and never in the same evening."""
    day, hours = moment(starts_at, Kind.DAY), moment(starts_at, Kind.HOURS)
    assert all(7 <= at.astimezone(LOCAL).hour < 21 for at in (day, hours))
    assert starts_at - EARLIEST <= day <= hours - timedelta(hours=9)
    assert hours <= starts_at - BEFORE[Kind.HOURS]


@given(starts_at=MOMENTS, steps=st.lists(st.timedeltas(timedelta(minutes=-90), timedelta(hours=5))))
def test_whenever_it_is_asked_each_comes_once_at_most_and_in_order(
    starts_at: datetime, steps: list[timedelta]
) -> None:
    """With outages of any length, and clocks that are set back in between."""
    now, given_so_far = starts_at - timedelta(hours=31), list[Kind]()
    for step in steps:
        now += step
        kind = due(starts_at, now, given_so_far)
        if kind is not None:
            assert now < starts_at
            given_so_far.append(kind)
    assert given_so_far in ([], [Kind.DAY], [Kind.HOURS], [Kind.DAY, Kind.HOURS])


@given(starts_at=MOMENTS, minutes=st.integers(5, 119))
def test_asked_more_often_than_every_two_hours_both_come(starts_at: datetime, minutes: int) -> None:
    now, given_so_far = starts_at - EARLIEST, list[Kind]()
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
