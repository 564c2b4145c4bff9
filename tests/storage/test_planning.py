"""Shifts, appointments and reminders: what is kept of them, who sees what, and what goes when."""

from datetime import timedelta

import pytest

from casework.appointments import Appointment
from casework.cases import Case
from casework.team import Member, Role
from casework.volunteers.reminders import Kind
from casework.volunteers.shifts import Shift, ShiftError
from storage import Store
from storage.reminders import APPOINTMENT, SHIFT, Coming
from tests.storage.builders import NOW, given_someone, make_conversation
from tests.storage.conftest import Run

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PLACE = "Rathaus, Zimmer 12"


def given_member(store: Store, name: str = "Ada") -> Member:
    store.team.invite(Role.VOLUNTEER, name, NOW)
    member = store.team.redeem(name, name, None, NOW)
    assert member is not None
    return member


def given_shift(store: Store, *names: str, after: timedelta = 20 * HOUR) -> Shift:
    shift = store.shifts.add("Sprachcafé", PLACE, NOW + after, NOW + after + 2 * HOUR)
    for name in names:
        store.shifts.assign(shift.id, given_member(store, name).id, NOW)
    return shift


def given_case(store: Store, address: str = "one") -> Case:
    account = store.accounts.create("webchat", address, NOW)
    return store.cases.open(account.id, language="ar", needs=(), urgency=None, reason="asked", now=NOW)


def make(store: Store, case: Case, after: timedelta = 20 * HOUR, *, remind: bool = True) -> Appointment:
    return store.appointments.make(case, NOW + after, place=PLACE, bring="Pass", remind=remind)


def coming(run: Run, after: timedelta = timedelta()) -> list[Coming]:
    return list(run(lambda store: store.reminders.coming(NOW + after, NOW + after + DAY)))


def test_a_shift_comes_back_as_it_was_entered_with_those_who_take_it_on(run: Run) -> None:
    shift = run(lambda store: given_shift(store, "Bea", "Ada"))
    assert run(lambda store: store.shifts.get(shift.id)) == shift
    assert (
        run(lambda store: store.shifts.find(shift.title, shift.place, shift.starts_at, shift.ends_at))
        == shift
    )
    (taken,) = run(lambda store: store.shifts.since(NOW))
    assert (taken.shift, [member.name for member in taken.members]) == (shift, ["Ada", "Bea"])


def test_what_cannot_be_a_shift_is_not_kept(run: Run) -> None:
    with pytest.raises(ShiftError):
        run(lambda store: store.shifts.add("Sprachcafé", PLACE, NOW, NOW))
    assert run(lambda store: store.shifts.since(NOW - DAY)) == ()


def test_a_member_takes_a_shift_on_once(run: Run) -> None:
    shift, member = run(lambda store: (given_shift(store), given_member(store)))
    done = [run(lambda store: store.shifts.assign(shift.id, member.id, NOW)) for _ in range(2)]
    assert done == [True, False]


def test_shifts_are_listed_in_order_of_start_until_they_end(run: Run) -> None:
    late, early = run(lambda store: (given_shift(store, after=5 * HOUR), given_shift(store, after=HOUR)))
    for after, left in ((timedelta(), [early, late]), (3 * HOUR, [late]), (7 * HOUR, [])):
        listed = run(lambda store, at=NOW + after: store.shifts.since(at))  # type: ignore[misc]
        assert [taken.shift for taken in listed] == left


def test_a_members_own_shifts_are_those_that_come_and_take_place(run: Run) -> None:
    """In order of start, without what is over, what is cancelled, and what others do."""

    def give(store: Store) -> tuple[str, list[Shift]]:
        hours = (30, 1, 20, 10)
        mine = [given_shift(store, after=after * HOUR) for after in hours]
        ada, other = given_member(store), given_shift(store, "Bea")
        for shift in mine:
            store.shifts.assign(shift.id, ada.id, NOW)
        store.shifts.cancel(mine[3].id, NOW)
        assert other not in mine
        return ada.id, mine

    ada, (late, over, early, _) = run(give)
    assert run(lambda store: store.shifts.of_member(ada, over.ends_at)) == (early, late)
    assert run(lambda store: store.shifts.of_member(ada, NOW)) == (over, early, late)


def test_a_cancelled_shift_stays_marked_and_is_cancelled_once(run: Run) -> None:
    shift = run(given_shift)
    assert [run(lambda store: store.shifts.cancel(shift.id, NOW)) for _ in range(2)] == [True, False]
    kept = run(lambda store: store.shifts.get(shift.id))
    assert kept is not None
    assert kept.cancelled_at == NOW


def test_of_the_same_shift_twice_the_one_that_takes_place_is_found(run: Run) -> None:
    """Cancelled and entered anew."""
    gone = run(given_shift)
    run(lambda store: store.shifts.cancel(gone.id, NOW))
    again = run(given_shift)
    found = run(lambda store: store.shifts.find(gone.title, gone.place, gone.starts_at, gone.ends_at))
    assert found == again


def test_an_appointment_comes_back_as_it_was_made(run: Run) -> None:
    case = run(given_case)
    late, early = run(lambda store: (make(store, case, 9 * HOUR), make(store, case, HOUR, remind=False)))
    assert run(lambda store: store.appointments.get(late.id)) == late
    assert run(lambda store: store.appointments.of_case(case.id)) == (early, late)
    assert (late.place, late.bring, late.account) == (PLACE, "Pass", case.account)


def test_a_cancelled_appointment_stays_marked_and_is_cancelled_once(run: Run) -> None:
    made = run(lambda store: make(store, given_case(store)))
    assert [run(lambda store: store.appointments.cancel(made.id, NOW)) for _ in range(2)] == [True, False]
    kept = run(lambda store: store.appointments.get(made.id))
    assert kept is not None
    assert kept.cancelled_at == NOW


def test_what_is_coming_stands_in_order_of_start_once_for_each_person(run: Run) -> None:
    shift = run(lambda store: given_shift(store, "Ada", "Bea", after=3 * HOUR))
    made = run(lambda store: make(store, given_case(store), 2 * HOUR))
    assert [(one.what, one.about) for one in coming(run)] == [
        (APPOINTMENT, made.id),
        (SHIFT, shift.id),
        (SHIFT, shift.id),
    ]
    ada, bea = run(lambda store: store.shifts.members_of(shift.id))
    assert {one.whom for one in coming(run)} == {made.account, ada.id, bea.id}


def test_nobody_is_reminded_of_what_has_begun_or_is_far_away(run: Run) -> None:
    """The start itself is too late; exactly a day ahead is not too early."""
    run(lambda store: given_shift(store, "Ada", after=DAY))
    assert [len(coming(run, after)) for after in (-timedelta(seconds=1), timedelta(), DAY)] == [0, 1, 0]


def test_who_left_and_what_is_cancelled_is_not_coming(run: Run) -> None:
    """Nor an appointment of which the guide wants no reminder."""
    shift, other = run(lambda store: (given_shift(store, "Ada"), given_shift(store, "Bea")))
    case = run(given_case)
    made, _ = run(lambda store: (make(store, case), make(store, case, remind=False)))
    assert len(coming(run)) == 3
    run(lambda store: store.team.revoke(store.shifts.members_of(shift.id)[0].id, NOW))
    run(lambda store: store.shifts.cancel(other.id, NOW))
    run(lambda store: store.appointments.cancel(made.id, NOW))
    assert coming(run) == []


def test_a_reminder_is_marked_once_and_known_from_then_on(run: Run) -> None:
    run(lambda store: given_shift(store, "Ada"))
    (before,) = coming(run)
    assert before.already == frozenset()
    assert [run(lambda store: store.reminders.mark(before, Kind.DAY, NOW)) for _ in range(2)] == [True, False]
    assert coming(run)[0].already == {Kind.DAY}
    assert run(lambda store: store.reminders.mark(before, Kind.HOURS, NOW))
    assert [one.already for one in coming(run)] == [{Kind.DAY, Kind.HOURS}]


def test_a_reminder_of_one_person_is_not_one_of_the_other(run: Run) -> None:
    run(lambda store: given_shift(store, "Ada", "Bea"))
    first, second = coming(run)
    run(lambda store: store.reminders.mark(first, Kind.DAY, NOW))
    assert [one.already for one in coming(run)] == [{Kind.DAY}, frozenset()]
    assert run(lambda store: store.reminders.mark(second, Kind.DAY, NOW))


def test_erasing_someone_takes_their_appointments_and_reminders_and_no_one_elses(run: Run) -> None:
    account = run(given_someone)
    other = run(lambda store: given_someone(store, "another session"))
    run(lambda store: given_shift(store, "Ada"))
    run(lambda store: store.accounts.erase(account.id, NOW))
    left = [(one.what, one.whom, set(one.already)) for one in coming(run) if one.what == APPOINTMENT]
    assert left == [(APPOINTMENT, other.id, {Kind.DAY})]
    assert len(coming(run)) == 2


@pytest.mark.parametrize(("days", "left"), [(29, 1), (30, 0)])
def test_an_appointment_goes_thirty_days_after_its_day(run: Run, days: int, left: int) -> None:
    """One that is cancelled too."""
    case = run(given_case)
    run(lambda store: store.conversations.save(case.account, make_conversation(), NOW))
    made = run(lambda store: make(store, case, 5 * DAY))
    run(lambda store: store.appointments.cancel(made.id, NOW))
    run(lambda store: store.retention.apply(NOW + (5 + days) * DAY))
    assert len(run(lambda store: store.appointments.of_case(case.id))) == left


@pytest.mark.parametrize(("days", "again"), [(29, False), (30, True)])
def test_that_somebody_was_reminded_is_forgotten_after_thirty_days(run: Run, days: int, again: bool) -> None:
    run(lambda store: given_shift(store, "Ada"))
    (one,) = coming(run)
    run(lambda store: store.reminders.mark(one, Kind.DAY, NOW))
    run(lambda store: store.retention.apply(NOW + days * DAY))
    assert run(lambda store: store.reminders.mark(one, Kind.DAY, NOW)) is again


def test_shifts_and_who_took_them_on_are_kept_as_evidence(run: Run) -> None:
    """Also when the name is gone."""
    shift = run(lambda store: given_shift(store, "Ada"))
    member = run(lambda store: store.shifts.members_of(shift.id)[0])
    run(lambda store: store.team.revoke(member.id, NOW))
    run(lambda store: store.retention.apply(NOW + 1500 * DAY))
    assert run(lambda store: store.shifts.get(shift.id)) == shift
    assert run(lambda store: store.team.member(member.id)) is None
    assert not run(lambda store: store.shifts.assign(shift.id, member.id, NOW))
