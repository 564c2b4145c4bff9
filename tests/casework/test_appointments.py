"""What can be an appointment, and what a guide is told of one that cannot."""

from datetime import datetime, timedelta

import pytest

from casework.appointments import FURTHEST, Appointment, AppointmentError, must_be_plannable
from tests.casework.builders import MONDAY

SOON = timedelta(days=3)


@pytest.mark.parametrize(
    ("after", "place", "bring", "said"),
    [
        pytest.param(timedelta(0), "Rathaus", "", "Vergangenheit", id="now"),
        pytest.param(FURTHEST + timedelta(seconds=1), "Rathaus", "", "Jahr entfernt", id="in the wrong year"),
        pytest.param(SOON, " ", "", "Der Ort fehlt", id="nowhere"),
        pytest.param(SOON, "x" * 201, "", "Der Ort ist zu lang: höchstens 200", id="a place too long"),
        pytest.param(SOON, "Rathaus", "x" * 201, "mitzubringen ist, ist zu lang", id="too much to bring"),
    ],
)
def test_what_cannot_be_planned_is_told_with_the_remedy(
    after: timedelta, place: str, bring: str, said: str
) -> None:
    with pytest.raises(AppointmentError, match=said):
        must_be_plannable(MONDAY + after, place, bring, MONDAY)


@pytest.mark.parametrize("after", [timedelta(seconds=1), FURTHEST])
def test_up_to_a_year_ahead_can_be_planned(after: timedelta) -> None:
    must_be_plannable(MONDAY + after, "Rathaus", "", MONDAY)


@pytest.mark.parametrize("starts_at", [MONDAY.replace(tzinfo=None)], ids=["a time without a zone"])
def test_an_appointment_is_a_moment_in_utc(starts_at: datetime) -> None:
    with pytest.raises(AppointmentError, match="UTC"):
        Appointment(id="t", case="c", account="a", starts_at=starts_at, place="Rathaus")
