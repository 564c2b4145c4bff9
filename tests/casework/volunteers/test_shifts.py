"""What can be a shift, and what is said of one that cannot."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from casework.volunteers.shifts import Shift, ShiftError, shift_problems

START = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)


def make_shift(**fields: Any) -> Shift:
    ordinary = {"id": "s1", "title": "Sprachcafé", "place": "Rathaus", "starts_at": START}
    return Shift(**{**ordinary, "ends_at": START + timedelta(hours=2), **fields})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"title": " "}, "empty", id="no title"),
        pytest.param({"place": ""}, "empty", id="no place"),
        pytest.param({"title": "x" * 121}, "121 characters. Write at most 120", id="a title too long"),
        pytest.param({"place": "Rathaus\nZimmer 3"}, "one line", id="a place on two lines"),
        pytest.param({"ends_at": START}, "not after the start", id="over when it begins"),
        pytest.param({"ends_at": START + timedelta(hours=25)}, "more than 24 hours", id="longer than a day"),
        pytest.param({"starts_at": START.replace(tzinfo=None)}, "UTC", id="a start without a zone"),
        pytest.param(
            {"ends_at": START.astimezone(timezone(timedelta(hours=1)))}, "UTC", id="an end in another zone"
        ),
    ],
)
def test_what_cannot_be_a_shift_is_told_with_the_remedy(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ShiftError, match=said):
        make_shift(**fields)


def test_a_shift_may_last_up_to_a_day() -> None:
    assert make_shift(ends_at=START + timedelta(hours=24)).ends_at > START


def test_every_problem_is_told_at_once_with_its_field() -> None:
    told = shift_problems("", "x" * 200, START.replace(tzinfo=None), START)
    assert [field for field, _ in told] == ["title", "place", "starts_at"]
