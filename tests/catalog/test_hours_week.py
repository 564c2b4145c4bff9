import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.hours import Hours, HoursError
from catalog.hours_week import DAYS, Fault, Span, Week, WeekError, clock, text_of, week_of
from tests.catalog.town import erlenfels

MORNING, AFTERNOON = ("08:00", "12:00"), ("14:00", "18:00")


def week(*closed: str, **days: tuple[Span, ...]) -> Week:
    return Week(
        days=tuple(days.get(day, ()) for day in DAYS),
        closed_on_holidays="PH" in closed,
        closed_in_school_holidays="SH" in closed,
    )


OFFICE = week("PH", Mo=(MORNING,), Tu=(MORNING,), We=(MORNING,), Th=(MORNING, AFTERNOON), Fr=(MORNING,))


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (week(), ""),
        (week("PH"), ""),
        (OFFICE, "Mo-We,Fr 08:00-12:00; Th 08:00-12:00,14:00-18:00; PH off"),
        (week(Tu=(MORNING,), We=(MORNING,)), "Tu,We 08:00-12:00"),
        (week("SH", Tu=(AFTERNOON,)), "Tu 14:00-18:00; SH off"),
        (week("PH", "SH", Sa=(("19:00", "00:00"),)), "Sa 19:00-24:00; PH off; SH off"),
        (week(Fr=(("20:00", "02:00"),)), "Fr 20:00-02:00"),
    ],
    ids=[
        "nothing open",
        "closed days alone say nothing",
        "one long day",
        "two days",
        "not in the school holidays",
        "until midnight",
        "past midnight",
    ],
)
def test_rows_and_text_say_the_same(rows: Week, text: str) -> None:
    assert text_of(rows) == text
    assert week_of(text) == (rows if text else week())


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Mo-Fr 08:00-12:00; Th 08:00-12:00,14:00-18:00; PH off", OFFICE),
        ("Sa-Mo 08:00-12:00", week(Sa=(MORNING,), Su=(MORNING,), Mo=(MORNING,))),
    ],
    ids=["a later rule takes the place of an earlier one", "over the end of the week"],
)
def test_a_text_is_read_as_it_is_meant(text: str, rows: Week) -> None:
    assert week_of(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "24/7",
        "off",
        "Apr-Oct: Fr 18:00-20:00",
        "Tu[1] 13:00-17:00; PH off",
        'Mo-Fr "nach Vereinbarung"',
        "2026 Dec 8 19:00-21:00",
        "Mo 08:00-09:00,10:00-11:00,12:00-13:00",
        "Mo-Fr 08:00-12:00, Th 14:00-18:00",
        "PH off; Mo 08:00-12:00",
        "Xx 08:00-12:00",
        "Mo 08:00-12:70",
        "Mo 10:00+",
        "PH 10:00-12:00",
    ],
)
def test_what_no_rows_can_hold_is_left_as_it_is(text: str) -> None:
    """Better the text of an expert than rows that say something else."""
    assert week_of(text) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8", "08:00"),
        ("8.30", "08:30"),
        (" 08:30 ", "08:30"),
        ("8 Uhr", "08:00"),
        ("0830", "08:30"),
        ("830", "08:30"),
        ("8,30", "08:30"),
        ("٨", None),
        ("24:00", "00:00"),
        ("25", None),
        ("8:75", None),
        ("acht", None),
        ("8" * 500, None),
        ("", None),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, read: str | None) -> None:
    assert clock(typed) == read


@pytest.mark.parametrize(
    ("spans", "fault"),
    [
        ((("8", "zwölf"),), Fault.UNREADABLE),
        ((("8", ""),), Fault.HALF),
        ((("", "12"),), Fault.HALF),
        ((("8", "8:00"),), Fault.NOTHING),
        ((("8", "12"), ("11:30", "14")), Fault.OVERLAP),
        ((("20", "2"), ("22", "23")), Fault.OVERLAP),
    ],
)
def test_rows_that_make_no_hours_name_their_day(spans: tuple[Span, ...], fault: Fault) -> None:
    """All of them at once."""
    with pytest.raises(WeekError) as caught:
        text_of(week(Tu=spans, Su=spans, Mo=(MORNING,)))
    assert caught.value.faults == ((1, fault), (6, fault))


def test_the_afternoon_may_stand_first() -> None:
    assert text_of(week(Mo=(("14", "16"), ("8", "12")))) == "Mo 08:00-12:00,14:00-16:00"


def test_every_row_of_the_fictional_town_says_what_its_text_says() -> None:
    """Rewriting hours by way of the form must not move an appointment."""
    texts = [offer.opening_hours for offer in erlenfels().offers if offer.opening_hours]
    held = [(text, rows) for text in texts if (rows := week_of(text)) is not None]
    assert len(held) > 45
    for text, rows in held:
        for day in (dt.datetime(2026, month, 1, 9, tzinfo=dt.UTC) for month in range(1, 13)):
            assert Hours(text_of(rows)).week_preview(day) == Hours(text).week_preview(day), text


TIMES = st.sampled_from([f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in (0, 15, 30, 45)])
ROWS = st.lists(st.tuples(TIMES, TIMES), max_size=2).map(tuple)


@given(st.tuples(*[ROWS] * 7), st.booleans())
def test_whatever_rows_make_hours_come_back(days: tuple[tuple[Span, ...], ...], holidays: bool) -> None:
    """In order of the day; and the parser takes what is made of them, unless a night runs into a morning."""
    rows = Week(days=days, closed_on_holidays=holidays)
    try:
        text = text_of(rows)
    except WeekError:
        return
    ordered = tuple(tuple(sorted(spans)) for spans in days)
    assert week_of(text) == (Week(days=ordered, closed_on_holidays=holidays) if text else Week())
    try:
        assert not text or Hours.parse(text).text == text
    except HoursError:
        assert any(end <= start for spans in ordered for start, end in spans)
