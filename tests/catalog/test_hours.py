import datetime as dt

import pytest

from catalog.hours import Hours, HoursError

OFFICE = "Mo-Fr 08:00-12:00; PH off; SH off"


def utc(*when: int) -> dt.datetime:
    return dt.datetime(*when, tzinfo=dt.UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("Mo-Fr 08:00-12:00; Th 14:00-18:00", "Mo-We,Fr 08:00-12:00; Th 08:00-12:00,14:00-18:00"),
        ("Mo-Fr 08-12; Th 14-18", "Mo-We,Fr 08:00-12:00; Th 08:00-12:00,14:00-18:00"),
        ("Mo-Fr 08:00-12:00; PH off; Th 14:00-18:00", "Th 08:00-12:00,14:00-18:00; PH off"),
        ("Di 10.00 - 12.00 Uhr", "Tu 10:00-12:00"),
        ("Mo–Fr 9-12 Uhr; Feiertag geschlossen", "Mo-Fr 09:00-12:00; PH off"),
    ],
    ids=[
        "a later rule that closes Thursday morning",
        "the same without minutes",
        "holidays between the rules stay",
        "German day and dots",
        "a dash from a word processor and German words",
    ],
)
def test_hours_as_people_type_them_are_refused_with_the_right_form(typed: str, better: str) -> None:
    """A guide should be able to copy the answer."""
    with pytest.raises(HoursError) as caught:
        Hours.parse(typed)
    assert better in str(caught.value)


def test_a_trap_names_the_day_and_what_would_be_left_of_it() -> None:
    """A page can show both, the week as it would be and the one that was meant."""
    with pytest.raises(HoursError) as caught:
        Hours.parse("Mo-Fr 8-12; Th 14-18")
    assert caught.value.closes == 3
    thursday = [
        Hours(text).week_preview(utc(2026, 11, 23, 9))[3].spans
        for text in (caught.value.read_as, caught.value.better)
    ]
    afternoon = (dt.time(14), dt.time(18))
    assert thursday == [(afternoon,), ((dt.time(8), dt.time(12)), afternoon)]


@pytest.mark.parametrize(
    "typed",
    [
        "Mo-Fr 08:00-18:00; We 08:00-12:00",
        "Mo-Fr 08:00-12:00,14:00-16:00; We 08:00-12:00",
        "Mar-Oct: Sa 10:00-13:00; Nov-Feb: Sa[1] 10:00-12:00",
        "2027 Jan 19 17:00-19:00; 2027 Mar 16 17:00-19:00",
        'Mo-Fr "nach Vereinbarung; bitte anrufen"',
    ],
    ids=["shorter on one day", "one afternoon less", "seasons", "single dates", "a semicolon in a comment"],
)
def test_an_override_that_is_meant_is_accepted(typed: str) -> None:
    """Only hours that vanish unnoticed are a trap."""
    assert Hours.parse(typed).text == typed


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("x" * 301, "longer than 300"),
        ("immer mal", "is not understood"),
        ("Mo-Fr PH 10:00-12:00", "PH and SH"),
    ],
    ids=["too long", "no hours at all", "a holiday inside a rule"],
)
def test_hours_that_cannot_be_guessed_are_refused(typed: str, told: str) -> None:
    """Better no hours than wrong ones."""
    with pytest.raises(HoursError, match=told):
        Hours.parse(typed)


@pytest.mark.parametrize(
    ("at", "open_then"),
    [
        (utc(2026, 6, 3, 9), True),
        (utc(2026, 6, 4, 9), False),
        (utc(2026, 6, 5, 9), True),
        (utc(2026, 10, 3, 9), False),
        (utc(2026, 12, 28, 9), False),
        (utc(2026, 11, 23, 6, 59), False),
        (utc(2026, 11, 23, 7), True),
        (utc(2026, 7, 1, 6), False),
    ],
    ids=[
        "the day before Fronleichnam",
        "Fronleichnam, a holiday in Hesse and not in all of Germany",
        "the day after Fronleichnam",
        "Day of German Unity",
        "school holidays at Christmas",
        "a minute before winter's opening",
        "eight o'clock in winter is seven UTC",
        "summer school holidays",
    ],
)
def test_an_office_is_open_as_in_hesse(at: dt.datetime, open_then: bool) -> None:
    """Nobody should stand before a closed door."""
    assert Hours.parse(OFFICE).is_open(at) is open_then


def test_the_next_opening_skips_a_holiday() -> None:
    """From Wednesday noon before Fronleichnam it is Friday."""
    assert Hours.parse(OFFICE).next_opening(utc(2026, 6, 3, 11)) == utc(2026, 6, 5, 6)


def test_hours_span_the_clock_change() -> None:
    """On 25 October 2026 the clock goes back at three: 01:00 to 04:00 takes four hours."""
    night = Hours.parse("Su 01:00-04:00")
    assert night.next_opening(utc(2026, 10, 24, 12)) == utc(2026, 10, 24, 23)
    assert night.next_closing(utc(2026, 10, 25, 1)) == utc(2026, 10, 25, 3)


def test_day_and_night_never_opens_and_never_closes() -> None:
    """A card says "day and night" instead of a time."""
    always = Hours.parse("24/7")
    assert always.always_open
    assert always.next_closing(utc(2026, 1, 1)) is None
    assert always.next_opening(utc(2026, 1, 1)) is None


def test_hours_by_arrangement_are_not_open() -> None:
    """Nobody may be there."""
    hours = Hours.parse('Mo-Fr "nach Vereinbarung"')
    assert not hours.is_open(utc(2026, 11, 23, 10))
    assert hours.by_arrangement(utc(2026, 11, 23, 10))


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("2026 Dec 8 19:00-21:00", True),
        ("2027 Feb 18 18:30-20:30", False),
        ("Mo 10:00-12:00", False),
        ("off", False),
    ],
    ids=["the date has passed", "the date is to come", "every week", "closed for good says so elsewhere"],
)
def test_only_dates_can_be_over(text: str, over: bool) -> None:
    """A series of evenings that is past is no offer any more."""
    assert Hours.parse(text).over(utc(2026, 12, 9)) is over


def test_school_holidays_of_a_far_year_are_unknown() -> None:
    """Then the card says "ask first" instead of a guess."""
    assert Hours.parse(OFFICE).unsure(utc(2032, 7, 1))
    assert not Hours.parse(OFFICE).unsure(utc(2026, 7, 1))


def test_the_week_preview_shows_what_was_typed() -> None:
    """The person who typed the hours sees seven days, holidays left out."""
    week = Hours.parse(OFFICE).week_preview(utc(2026, 6, 1, 10))
    assert [bool(day.spans) for day in week] == [True, True, True, False, True, False, False]
    assert week[0].spans == ((dt.time(8), dt.time(12)),)


@pytest.mark.parametrize("days", [7, 400])
def test_hours_are_told_in_a_night_from_which_the_horizon_ends_in_the_hour_that_spring_leaves_out(
    days: int,
) -> None:
    """At 02:30 of 28 March 2027 there is no German time, and nobody may be left without an answer for it."""
    hours, at = Hours.parse(OFFICE), utc(2027, 3, 28, 1, 30) - dt.timedelta(days=days)
    assert not hours.by_arrangement(at)
    assert hours.next_opening(at) is not None
