"""Local times as people write them, and the moments they mean."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.days import LOCAL, ClockChange, at_local, clock_from, day_from

DAYS = st.dates(date(2025, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        pytest.param(date(2026, 11, 27), time(14), datetime(2026, 11, 27, 13, tzinfo=UTC), id="in winter"),
        pytest.param(date(2026, 7, 27), time(14), datetime(2026, 7, 27, 12, tzinfo=UTC), id="in summer"),
        pytest.param(date(2026, 3, 29), time(3), datetime(2026, 3, 29, 1, tzinfo=UTC), id="after the gap"),
        pytest.param(
            date(2026, 10, 25), time(1, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC), id="before the hour"
        ),
        pytest.param(
            date(2026, 10, 25),
            time(3),
            datetime(2026, 10, 25, 2, tzinfo=UTC),
            id="after the hour that is twice",
        ),
    ],
)
def test_a_local_time_is_one_moment(day: date, clock: time, moment: datetime) -> None:
    assert at_local(day, clock) == moment


@pytest.mark.parametrize(
    ("day", "twice"), [(date(2026, 3, 29), False), (date(2026, 10, 25), True)], ids=["in March", "in October"]
)
@pytest.mark.parametrize("minute", [0, 30, 59])
def test_a_time_that_does_not_exist_or_exists_twice_is_refused(day: date, minute: int, twice: bool) -> None:
    """Between two and three, when the clocks change."""
    with pytest.raises(ClockChange) as refused:
        at_local(day, time(2, minute))
    assert refused.value.twice is twice


@given(day=DAYS, clock=st.times())
def test_the_clocks_show_at_that_moment_what_was_written(day: date, clock: time) -> None:
    """For every time that is not refused, and refused are only those of the two nights."""
    try:
        moment = at_local(day, clock)
    except ClockChange:
        assert (day.month, day.isoweekday(), clock.hour) in {(3, 7, 2), (10, 7, 2)}
    else:
        assert moment.tzinfo is UTC
        assert moment.astimezone(LOCAL).replace(tzinfo=None) == datetime.combine(day, clock)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-27", date(2026, 11, 27)),
        ("27.11.2026", date(2026, 11, 27)),
        ("1.2.2027", date(2027, 2, 1)),
        ("30.02.2027", None),
        ("27.11.26", None),
        ("11/27/2026", None),
        ("2026-11-27T10:00", None),
        ("٢٧.١١.٢٠٢٦", None),
        ("0000-01-01", None),
        ("", None),
    ],
)
def test_a_day_is_read_in_the_two_forms_people_here_write(text: str, day: date | None) -> None:
    assert day_from(text) == day


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14:00", time(14)),
        ("9:05", time(9, 5)),
        ("23:59", time(23, 59)),
        ("24:00", None),
        ("14:60", None),
        ("14.00", None),
        ("14", None),
        ("2 pm", None),
        ("", None),
    ],
)
def test_a_time_of_day_is_read_as_clocks_here_show_it(text: str, clock: time | None) -> None:
    assert clock_from(text) == clock
