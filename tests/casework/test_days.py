"""Local times as people write them, and the moments they mean."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.days import LOCAL, ClockChange, at_local

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
