"""Public holidays in Hesse, held against a library that knows those of the whole world."""

import datetime as dt

import holidays
import pytest

from catalog.days_off import public_holidays

REFORMATION_OF_2017 = {dt.date(2017, 10, 31)}  # once, in all of Germany, by a law of its own


@pytest.mark.parametrize("year", range(2000, 2101))
def test_the_public_holidays_are_those_the_library_knows(year: int) -> None:
    """The library stays out of the running program: it takes 13 MB for ten dates a year."""
    known = set(holidays.country_holidays("DE", subdiv="HE", years=year))
    assert public_holidays(year) == tuple(sorted(known - REFORMATION_OF_2017))


def test_a_year_in_which_two_fall_on_one_day_has_nine() -> None:
    assert len(public_holidays(2008)) == 9
    assert len(public_holidays(2026)) == 10
