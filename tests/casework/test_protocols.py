from dataclasses import astuple
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.days import LOCAL, month_of
from casework.protocols import (
    CONTACT_GAP,
    MOST_TOPICS,
    Contact,
    ContactRole,
    Kind,
    Minutes,
    Outcome,
    Target,
    begun,
    continued,
    is_over,
    protocol_of,
)
from tests.casework.builders import MONDAY, make_contact, make_protocol

CODES = st.from_regex(r"[a-z]{2,8}(\.[a-z_]{2,12})?", fullmatch=True)


def after(passed: float, **fields: object) -> Contact:
    return make_contact(last_at=MONDAY + timedelta(minutes=passed), **fields)


@given(
    account=st.uuids().map(str),
    topics=st.lists(CODES),
    turns=st.integers(0, 400),
    minutes=st.floats(0, 600),
    target=st.sampled_from(Target),
)
def test_a_protocol_names_neither_the_account_nor_the_time_of_day(
    account: str, topics: list[str], turns: int, minutes: float, target: Target
) -> None:
    contact = after(minutes, account=account, topics=tuple(topics), turns=turns, target=target)
    told = protocol_of(contact, "random")
    assert account not in repr(told)
    assert not any(isinstance(value, datetime) for value in astuple(told))


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"topics": ("I need a flat",)}, id="a sentence as a topic"),
        pytest.param({"topics": ("",)}, id="an empty topic"),
        pytest.param({"topics": ("سكن",)}, id="a word as it was typed"),
        pytest.param({"topics": ("a" * 65,)}, id="something too long for a code"),
        pytest.param({"channel": "Telefon von Frau A."}, id="a name as a channel"),
        pytest.param({"language": "ar\n"}, id="a line break behind a language"),
    ],
)
def test_text_cannot_become_a_protocol(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="Only codes"):
        make_protocol(**fields)


@pytest.mark.parametrize("target", Target, ids=str)
def test_only_with_newcomers_the_day_is_left_out(target: Target) -> None:
    day = protocol_of(make_contact(target=target), "random").day
    assert day == (None if target is Target.NEWCOMER else date(2026, 11, 23))


def test_a_need_of_a_newcomer_is_told_as_its_domain() -> None:
    contact = make_contact(topics=("lang.integration_course", "housing.search", "lang.literacy"))
    assert protocol_of(contact, "random").topics == ("housing", "lang")


def test_topics_with_others_stay_as_they_are() -> None:
    contact = make_contact(target=Target.ADMINISTRATION, topics=("work.permit", "interpreters"))
    assert protocol_of(contact, "random").topics == ("interpreters", "work.permit")


def test_the_topics_that_came_first_are_told_in_an_order_that_does_not_tell_when() -> None:
    topics = ("youth", "work", "money", "lang", "health", "age")
    assert protocol_of(make_contact(topics=topics), "r").topics == (
        "health",
        "lang",
        "money",
        "work",
        "youth",
    )
    assert len(topics) > MOST_TOPICS


@pytest.mark.parametrize(
    ("at", "month"),
    [
        pytest.param(datetime(2026, 12, 1, 0, 30, tzinfo=LOCAL), "2026-12", id="after midnight, in winter"),
        pytest.param(datetime(2026, 7, 1, 1, 30, tzinfo=LOCAL), "2026-07", id="after midnight, in summer"),
        pytest.param(datetime(2026, 12, 31, 23, 59, tzinfo=LOCAL), "2026-12", id="before midnight"),
    ],
)
def test_the_month_is_the_one_in_hesse(at: datetime, month: str) -> None:
    assert month_of(at) == month
    assert protocol_of(make_contact(started_at=at, last_at=at), "random").month == month


def test_a_contact_over_midnight_belongs_to_the_month_in_which_it_began() -> None:
    start = datetime(2026, 11, 30, 23, 50, tzinfo=LOCAL)
    contact = continued(begun("account-1", "webchat", "ar", start), start + timedelta(minutes=20))
    assert protocol_of(contact, "random").month == "2026-11"


@pytest.mark.parametrize(
    ("contact", "minutes"),
    [
        pytest.param(after(0), Minutes.UNDER_5, id="one message"),
        pytest.param(after(4.9, turns=20), Minutes.UNDER_5, id="just under five minutes"),
        pytest.param(after(5, turns=20), Minutes.FROM_5, id="five minutes"),
        pytest.param(after(15, turns=20), Minutes.FROM_15, id="fifteen minutes"),
        pytest.param(after(30, turns=20), Minutes.FROM_30, id="half an hour"),
        pytest.param(after(60, turns=20), Minutes.OVER_60, id="an hour"),
        pytest.param(after(230, turns=2), Minutes.FROM_5, id="hours between two messages"),
        pytest.param(after(0, minutes=45), Minutes.FROM_30, id="a call somebody timed"),
        pytest.param(after(50, turns=20, minutes=0), Minutes.UNDER_5, id="what somebody says goes first"),
    ],
)
def test_minutes_are_told_in_bands(contact: Contact, minutes: Minutes) -> None:
    assert protocol_of(contact, "random").minutes is minutes


def test_who_only_looked_got_information() -> None:
    told = protocol_of(begun("account-1", "webchat", "uk", MONDAY), "random")
    assert (told.kind, told.outcome, told.topics) == (Kind.INFORMATION, Outcome.ONLY_INFORMATION, ())


def test_a_contact_is_told_as_the_weightiest_thing_in_it() -> None:
    contact = make_contact()
    for kind, outcome in [
        (Kind.HANDOVER, Outcome.HANDOVER),
        (Kind.RELAY, Outcome.OFFERS_SHOWN),
        (Kind.INFORMATION, None),
    ]:
        contact = continued(contact, MONDAY, kind=kind, outcome=outcome, role=ContactRole.GUIDE)
    contact = continued(contact, MONDAY, role=ContactRole.BOT)
    told = protocol_of(contact, "random")
    assert (told.kind, told.outcome, told.role) == (Kind.HANDOVER, Outcome.HANDOVER, ContactRole.GUIDE)


def test_saying_it_again_adds_no_topic_and_a_changed_language_is_the_contacts() -> None:
    contact = continued(make_contact(topics=("work",)), MONDAY, topics=["lang", "work"], language="en")
    assert (contact.topics, contact.language, contact.turns) == (("work", "lang"), "en", 2)


def test_more_about_the_same_turn_is_no_turn() -> None:
    assert continued(make_contact(turns=3), MONDAY, turns=0).turns == 3


def test_a_clock_that_goes_back_does_not_shorten_a_contact() -> None:
    contact = continued(after(30), MONDAY)
    assert contact.last_at == MONDAY + timedelta(minutes=30)


def test_four_hours_of_silence_end_a_contact() -> None:
    contact = make_contact()
    assert not is_over(contact, MONDAY + CONTACT_GAP - timedelta(seconds=1))
    assert is_over(contact, MONDAY + CONTACT_GAP)
