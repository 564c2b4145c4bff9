from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cases import (
    ALARM,
    OUTCOMES,
    REASONS,
    SILENT_AFTER,
    TRANSITIONS,
    Case,
    Event,
    Status,
    TransitionError,
    alarmed,
    described,
    move,
    not_now,
    outcome_label,
    owner_wrote,
    queue_order,
    queue_order_for,
    silent_since,
)
from casework.days import LOCAL
from tests.casework.builders import MONDAY, make_case
from tests.casework.expected import ROOT, same_as_part

LATER = MONDAY + timedelta(hours=1)


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def told(event: Event, *, member: str = "guide-1") -> Mapping[str, str]:
    return {Event.TAKEN: {"owner": member}, Event.CLOSED: {"outcome": "answered"}}.get(event, {})


@pytest.mark.parametrize(("row", "after"), TRANSITIONS.items())
def test_every_row_of_the_table_is_a_move(row: tuple[Status, Event], after: Status) -> None:
    status, event = row
    moved = move(make_case(status), event, LATER, **told(event))
    assert (moved.status, moved.changed_at) == (after, LATER)


@pytest.mark.parametrize(
    "row",
    [(s, e) for s in Status for e in Event if (s, e) not in TRANSITIONS],
    ids=lambda row: f"{row[0]} {row[1]}",
)
def test_what_the_table_does_not_have_is_refused_by_name(row: tuple[Status, Event]) -> None:
    status, event = row
    with pytest.raises(TransitionError, match=rf"{status}.*{event}"):
        move(make_case(status), event, LATER, **told(event))


@pytest.mark.parametrize(
    ("status", "event", "extra"),
    [
        pytest.param(Status.OPEN, Event.TAKEN, {}, id="taken by nobody"),
        pytest.param(Status.OPEN, Event.TAKEN, {"owner": ""}, id="taken by an empty name"),
        pytest.param(Status.OWNED, Event.GIVEN_BACK, {"owner": "guide-2"}, id="given back to somebody"),
        pytest.param(Status.OWNED, Event.CLOSED, {}, id="closed without an outcome"),
        pytest.param(Status.OWNED, Event.CLOSED, {"outcome": ""}, id="closed with an empty outcome"),
        pytest.param(Status.OWNED, Event.CLOSED, {"outcome": "shelved"}, id="closed with an unknown outcome"),
        pytest.param(Status.OWNED, Event.OWNER_SILENT, {"outcome": "answered"}, id="an outcome of silence"),
    ],
)
def test_a_move_with_the_wrong_things_said_is_refused(
    status: Status, event: Event, extra: Mapping[str, str]
) -> None:
    with pytest.raises(TransitionError):
        move(make_case(status), event, LATER, **extra)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"status": Status.OPEN, "owner": "guide-1"}, id="open, but owned"),
        pytest.param({"status": Status.OWNED, "owner": None}, id="owned by nobody"),
        pytest.param({"status": Status.DONE, "outcome": None}, id="done without an outcome"),
        pytest.param({"status": Status.OPEN, "outcome": "answered"}, id="open with an outcome"),
    ],
)
def test_a_case_that_contradicts_itself_cannot_be_made(fields: Mapping[str, Any]) -> None:
    with pytest.raises(TransitionError):
        make_case(**fields)


def test_a_case_given_back_has_waited_since_it_was_opened() -> None:
    assert move(make_case(Status.OWNED), Event.GIVEN_BACK, LATER).opened_at == MONDAY


@given(st.lists(st.tuples(st.sampled_from(Event), st.sampled_from(["guide-1", "guide-2"]))))
def test_whatever_happens_a_case_has_one_owner_or_stands_in_the_queue_or_is_done(
    events: list[tuple[Event, str]],
) -> None:
    case, at = make_case(), MONDAY
    for event, member in events:
        at += timedelta(minutes=1)
        before = case
        try:
            case = move(case, event, at, **told(event, member=member))
        except TransitionError:
            continue
        assert (case.owner is not None, case.outcome is not None) == (
            case.status is Status.OWNED,
            case.status is Status.DONE,
        )
        assert before.owner is None or case.owner is None, "from one owner to the next only through the queue"


@given(st.lists(st.sampled_from(Event), max_size=8))
def test_from_wherever_a_case_is_it_can_be_brought_to_an_end(events: list[Event]) -> None:
    case = make_case()
    for event in (*events, Event.TAKEN, Event.CLOSED):
        if (case.status, event) in TRANSITIONS:
            case = move(case, event, LATER, **told(event))
    assert case.status is Status.DONE


def test_only_an_open_case_can_be_declined() -> None:
    assert not_now(make_case(), "guide-1").declined_by == {"guide-1"}
    with pytest.raises(TransitionError):
        not_now(make_case(Status.OWNED), "guide-2")


def test_only_an_owner_can_have_written() -> None:
    assert owner_wrote(make_case(Status.OWNED), LATER).changed_at == LATER
    with pytest.raises(TransitionError):
        owner_wrote(make_case(), LATER)


def local(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("wrote", "now", "silent"),
    [
        pytest.param(local(23, 10), local(26, 23, 59), False, id="from Monday: not yet on Thursday night"),
        pytest.param(local(23, 10), local(27, 0, 0), True, id="from Monday: on Friday"),
        pytest.param(local(26, 10), local(30, 23, 59), False, id="from Thursday: the weekend is no silence"),
        pytest.param(local(20, 10), local(25, 23, 59), False, id="from Friday: not yet on Wednesday night"),
        pytest.param(local(20, 10), local(26, 0, 0), True, id="from Friday: on Thursday"),
        pytest.param(local(22, 0, 30), local(26, 0, 0), True, id="past midnight it is the new day"),
        pytest.param(local(27, 0), local(23, 0), False, id="a clock that went back"),
    ],
)
def test_an_owner_is_silent_after_three_whole_working_days(
    wrote: datetime, now: datetime, silent: bool
) -> None:
    case = make_case(Status.OWNED, changed_at=wrote)
    assert silent_since(case, now, weekdays) == (wrote if silent else None)


def test_holidays_do_not_count_as_silence() -> None:
    case = make_case(Status.OWNED, changed_at=local(20, 10))
    assert silent_since(case, local(26), lambda day: weekdays(day) and day != date(2026, 11, 25)) is None


@pytest.mark.parametrize("status", [Status.OPEN, Status.DONE], ids=str)
def test_a_case_without_an_owner_has_no_silent_owner(status: Status) -> None:
    assert silent_since(make_case(status), MONDAY + timedelta(days=90), weekdays) is None


QUEUE: tuple[tuple[str, dict[str, Any], int], ...] = (
    ("a date in a letter", {"urgency": "date_in_letter"}, 5),
    ("a deadline somebody saw", {"reason": "deadline"}, 4),
    ("today, waiting for an hour", {"urgency": "today"}, 1),
    ("today, just come", {"urgency": "today"}, 0),
    ("a topic to watch", {"reason": "watch"}, 9),
    ("waiting for a hundred hours", {"urgency": "this_week"}, 100),
    ("waiting for two hours", {}, 2),
)


def test_the_queue_goes_by_urgency_then_watch_then_by_who_waits_longest() -> None:
    cases = {
        name: make_case(number=n, opened_at=MONDAY - timedelta(hours=hours), **fields)
        for n, (name, fields, hours) in enumerate(QUEUE)
    }
    worst_first = list(reversed(cases))
    ordered = sorted(worst_first, key=lambda name: queue_order(cases[name], MONDAY))
    assert ordered == [name for name, _, _ in QUEUE]


def test_what_a_guide_declined_comes_last_for_them_and_for_nobody_else() -> None:
    declined = make_case(number=1, urgency="today", declined_by=frozenset({"guide-1"}))
    other = make_case(number=2)

    def first_for(member: str) -> Case:
        return min(declined, other, key=lambda case: queue_order_for(case, MONDAY, member))

    assert (first_for("guide-1"), first_for("guide-2")) == (other, declined)


@given(st.permutations([make_case(number=n) for n in range(5)]))
def test_the_queue_has_one_order_whatever_it_is_read_in(cases: list[Case]) -> None:
    assert [case.number for case in sorted(cases, key=lambda case: queue_order(case, MONDAY))] == [
        0,
        1,
        2,
        3,
        4,
    ]


def test_outcomes_and_reasons_have_a_german_name() -> None:
    assert all({**OUTCOMES, **REASONS}.values())


def test_a_case_that_was_passed_on_before_still_reads_and_no_other_can_be() -> None:
    """It ended the case, while a colleague was thought to have it."""
    assert "übergeben" in outcome_label(make_case(Status.DONE, outcome="passed_on"))
    with pytest.raises(TransitionError, match="passed_on"):
        move(make_case(Status.OWNED), Event.CLOSED, LATER, outcome="passed_on")


def test_the_diagram_on_the_page_is_the_table() -> None:
    rows = [f"    {before} --> {after}: {event}\n" for (before, event), after in TRANSITIONS.items()]
    drawn = f"```mermaid\nstateDiagram-v2\n    [*] --> {Status.OPEN}\n{''.join(rows)}```\n"
    assert same_as_part(ROOT / "docs/cases.md", "transitions", drawn)


def test_the_outcomes_on_the_page_are_the_table() -> None:
    lines = "".join(f"| `{code}` | {name} |\n" for code, name in OUTCOMES.items())
    assert same_as_part(ROOT / "docs/cases.md", "outcomes", f"| Code | At the desk |\n|---|---|\n{lines}")


def test_the_page_names_the_days_of_silence() -> None:
    assert SILENT_AFTER == 3
    assert "three working days" in (ROOT / "docs/cases.md").read_text(encoding="utf-8")


def test_an_alarm_comes_before_everything_and_is_not_put_off() -> None:
    """Its needs come first, each once, and whoever said "not now" sees it again."""
    case = not_now(make_case(urgency="has_time", needs=("housing.search", "family.violence")), "ada")
    raised = alarmed(case, ("emergency.violence", "family.violence"))
    assert raised.needs == ("emergency.violence", "family.violence", "housing.search")
    today = make_case(urgency="today", opened_at=raised.opened_at - timedelta(days=9))
    now = raised.opened_at + timedelta(days=1)
    assert queue_order_for(raised, now, "ada") < queue_order_for(today, now, "ada")


@pytest.mark.parametrize(
    ("urgency", "said", "becomes"),
    [
        (None, "today", "today"),
        ("has_time", "today", "today"),
        ("today", None, "today"),
        (ALARM, "has_time", ALARM),
    ],
)
def test_what_is_said_later_describes_the_case(urgency: str | None, said: str | None, becomes: str) -> None:
    """Needs are added, each once; nobody talks an alarm away."""
    case = described(make_case(urgency=urgency, needs=("lang.course",)), ("work.job", "lang.course"), said)
    assert (case.needs, case.urgency) == (("lang.course", "work.job"), becomes)


def test_a_case_that_is_done_is_not_described_anew() -> None:
    with pytest.raises(TransitionError):
        described(make_case(Status.DONE), ("work.job",), "today")


def test_a_case_that_is_done_raises_no_alarm() -> None:
    with pytest.raises(TransitionError):
        alarmed(make_case(Status.DONE), ("emergency.violence",))
