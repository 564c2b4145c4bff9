"""A guide's appointment with a newcomer: who may make and cancel it, what the person reads, what is noted."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.appointments import Appointments, Plan, Wish
from bot.case_views import Done
from bot.house import House
from bot.jobs import free_silent_cases
from casework.cases import alarmed
from casework.team import Role
from casework.volunteers.reminders import Kind
from storage.store import Store
from tests.bot.conftest import NOW
from tests.bot.people import Newcomer, Worker, joined, rows, stored
from tests.bot.plans import delivered, given_telegram, reachable
from tests.doors import Clock

NOT_YOURS = "Dieser Fall gehört Ihnen nicht. Übernehmen Sie ihn zuerst."
NOT_ALLOWED = "Das darf Ihre Rolle nicht. Fragen Sie die Leitung."
GONE = "Diesen Fall gibt es nicht mehr. Vielleicht hat die Person alles gelöscht."
MADE, CANCELLED = "Der Termin ist eingetragen.", "Der Termin ist abgesagt."
WISH = Wish(day="2026-11-27", clock="14:00", place="Rathaus, Zimmer 12", bring="Pass und Brief")
STARTS_AT = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)


@pytest.fixture
def house(house: House) -> House:
    return reachable(house)


@pytest.fixture
def case(guide: Worker, newcomer: Newcomer) -> str:
    """A case in the guide's hands."""
    newcomer.consents()
    newcomer.asks_for_a_person()
    return guide.takes()


@pytest.fixture
def other(house: House) -> Worker:
    return joined(house, Role.DEPUTY, "Ben Weiß")


def make(worker: Worker, case: str, wish: Wish = WISH, form: str = "f1") -> Done:
    return asyncio.run(Appointments(worker.house).make(worker.signed_in, case, wish, form))


def plan(worker: Worker, case: str) -> Plan:
    return asyncio.run(Appointments(worker.house).of_case(worker.signed_in, case))


def cancel(worker: Worker, case: str) -> Done:
    """Cancels the case's only appointment."""
    (line,) = stored(worker.house, lambda s: s.appointments.of_case(case))
    return asyncio.run(Appointments(worker.house).cancel(worker.signed_in, case, line.id))


def on_telegram(worker: Worker, case: str) -> None:
    """The person of the case has a messenger too."""
    found = stored(worker.house, lambda store: store.cases.get(case))
    assert found is not None
    given_telegram(worker.house, found.account)


def test_an_appointment_is_kept_as_the_moment_that_the_guide_meant(guide: Worker, case: str) -> None:
    assert make(guide, case) == Done(ok=True, sentence=MADE)
    (kept,) = stored(guide.house, lambda s: s.appointments.of_case(case))
    assert (kept.starts_at, kept.place, kept.bring) == (STARTS_AT, WISH.place, WISH.bring)
    (line,) = plan(guide, case).lines
    assert (line.when, line.open, line.cancelled) == ("Fr., 27. Nov., 14:00", True, False)


def test_the_person_reads_it_at_once_in_their_language(guide: Worker, newcomer: Newcomer, case: str) -> None:
    """As a letter of the bot, and through their messenger."""
    newcomer.says("/language ar")
    on_telegram(guide, case)
    make(guide, case)
    (letter,) = newcomer.looks().letters
    assert letter.author == "bot"
    assert letter.text.splitlines() == [
        "رسالة لكم.",
        "لديكم موعد: \u2068الجمعة، 27 نوفمبر، 14:00\u2069",
        "• المكان: \u2068Rathaus, Zimmer 12\u2069",
        "• يُرجى إحضار: \u2068Pass und Brief\u2069",
        "إذا لم تتمكنوا من الحضور، يُرجى إبلاغنا مسبقًا.",
    ]
    assert delivered(guide.house) == [("4711", "appointment.made")]


def test_what_need_not_be_brought_is_not_mentioned(guide: Worker, newcomer: Newcomer, case: str) -> None:
    make(guide, case, replace(WISH, bring=" "))
    assert "bring" not in newcomer.looks().letters[0].text


def test_the_same_form_twice_makes_one_appointment(guide: Worker, newcomer: Newcomer, case: str) -> None:
    make(guide, case)
    before = rows(guide.house)
    assert make(guide, case) == Done(ok=True, sentence=MADE)
    assert rows(guide.house) == before
    assert make(guide, case, form="f2").ok
    assert len(newcomer.looks().letters) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"day": ""}, "Tag oder Uhrzeit fehlt", id="no day"),
        pytest.param({"clock": "zwei"}, "Tag oder Uhrzeit fehlt", id="no time"),
        pytest.param({"day": "2026-11-23", "clock": "9:59"}, "in der Vergangenheit", id="a minute ago"),
        pytest.param({"day": "2072-11-27"}, "mehr als ein Jahr", id="a slip in the year"),
        pytest.param({"day": "2027-03-28", "clock": "02:30"}, "gibt es nicht", id="in the gap in March"),
        pytest.param({"place": "\u202e"}, "Der Ort fehlt", id="no place"),
        pytest.param({"bring": "x" * 201}, "zu lang", id="too much to bring"),
    ],
)
def test_what_cannot_be_is_told_and_leaves_nothing(
    guide: Worker, case: str, changed: dict[str, str], said: str
) -> None:
    before = rows(guide.house)
    done = make(guide, case, replace(WISH, **changed))  # type: ignore[arg-type]
    assert not done.ok
    assert said in done.sentence
    assert rows(guide.house) == before


def test_a_time_that_exists_twice_is_told_as_such(guide: Worker, case: str, clock: Clock) -> None:
    clock.now = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
    done = make(guide, case, replace(WISH, day="2026-10-25", clock="02:30"))
    assert "gibt es zweimal" in done.sentence
    assert make(guide, case, replace(WISH, day="2026-10-25", clock="03:00")).ok


def test_cancelling_is_read_by_the_person_and_done_once(guide: Worker, newcomer: Newcomer, case: str) -> None:
    make(guide, case)
    on_telegram(guide, case)
    assert cancel(guide, case) == Done(ok=True, sentence=CANCELLED)
    before = rows(guide.house)
    assert cancel(guide, case) == Done(ok=True, sentence=CANCELLED)
    assert rows(guide.house) == before
    assert newcomer.looks().letters[-1].text.splitlines() == [
        "A message for you.",
        "Your appointment has been cancelled: Fri, Nov 27, 14:00",
        "You do not need to go.",
    ]
    assert delivered(guide.house)[-1:] == [("4711", "appointment.cancelled")]
    assert [(line.open, line.cancelled) for line in plan(guide, case).lines] == [(False, True)]


def test_what_has_begun_is_not_cancelled(guide: Worker, case: str, clock: Clock) -> None:
    make(guide, case)
    clock.now = STARTS_AT
    assert "schon begonnen" in cancel(guide, case).sentence
    assert [line.open for line in plan(guide, case).lines] == [False]


def test_an_appointment_of_another_case_is_not_there(guide: Worker, house: House, case: str) -> None:
    make(guide, case)
    Newcomer(house).asks_for_a_person()
    second = guide.takes()
    (theirs,) = stored(house, lambda s: s.appointments.of_case(case))
    done = asyncio.run(Appointments(house).cancel(guide.signed_in, second, theirs.id))
    assert done == Done(ok=False, sentence="Diesen Termin gibt es nicht mehr.")


def test_only_the_owner_makes_and_cancels(guide: Worker, other: Worker, case: str) -> None:
    assert make(other, case) == Done(ok=False, sentence=NOT_YOURS)
    make(guide, case, replace(WISH, day="27.11.2026"))
    assert cancel(other, case) == Done(ok=False, sentence=NOT_YOURS)
    seen = plan(other, case)
    assert (len(seen.lines), seen.may_make, seen.may_cancel) == (1, False, False)


def test_the_appointment_of_a_closed_case_can_still_be_called_off(
    guide: Worker, other: Worker, case: str
) -> None:
    """Nobody owns the case any more, and the person must not come for nothing."""
    make(guide, case)
    assert asyncio.run(guide.desk.close(guide.signed_in, case, "appointment")).ok
    assert (plan(other, case).may_make, plan(other, case).may_cancel) == (False, True)
    assert make(other, case, form="f2") == Done(ok=False, sentence=NOT_YOURS)
    on_telegram(guide, case)
    assert cancel(other, case) == Done(ok=True, sentence=CANCELLED)
    assert delivered(guide.house)[-1:] == [("4711", "appointment.cancelled")]


@pytest.mark.parametrize("role", [Role.LEAD, Role.VOLUNTEER])
def test_who_may_not_write_in_cases_sees_and_makes_none(
    guide: Worker, house: House, case: str, role: Role
) -> None:
    make(guide, case)
    worker = joined(house, role, "Ohne Einblick")
    assert plan(worker, case) == Plan()
    for attempt in (make(worker, case, form="f2"), cancel(worker, case)):
        assert attempt == Done(ok=False, sentence=NOT_ALLOWED)


def test_an_erased_person_has_no_appointments(guide: Worker, newcomer: Newcomer, case: str) -> None:
    make(guide, case)
    newcomer.says("/delete")
    newcomer.taps("ask:yes")
    assert "appointments" not in rows(guide.house)
    assert make(guide, case) == Done(ok=False, sentence=GONE)
    assert plan(guide, case) == Plan()


def test_both_steps_are_noted(guide: Worker, case: str) -> None:
    make(guide, case)
    cancel(guide, case)
    noted = stored(guide.house, lambda s: s.audit.of_case(case))
    assert [line.what for line in noted[:2]] == ["appointment.cancel", "appointment.make"]
    assert {line.member for line in noted[:2]} == {guide.signed_in.id}


def test_making_an_appointment_is_a_sign_of_the_owner(guide: Worker, case: str, clock: Clock) -> None:
    """The case is not taken for one that its owner has forgotten."""
    clock.now += timedelta(days=3)
    make(guide, case)
    clock.now += timedelta(days=2)
    assert stored(guide.house, lambda s: free_silent_cases(guide.house, s)) == 0


@pytest.mark.parametrize(
    ("hours", "given"),
    [(25, set()), (3, {Kind.DAY}), (1, {Kind.DAY, Kind.HOURS})],
    ids=["in time", "after the first", "after both"],
)
def test_who_hears_of_it_late_is_not_told_the_same_again(
    guide: Worker, case: str, clock: Clock, hours: int, given: set[Kind]
) -> None:
    clock.now = STARTS_AT - timedelta(hours=hours)
    make(guide, case)
    (coming,) = stored(guide.house, lambda s: s.reminders.coming(clock.now, STARTS_AT))
    assert coming.already == given


def test_without_reminders_none_is_coming(guide: Worker, case: str) -> None:
    make(guide, case, replace(WISH, remind=False))
    assert stored(guide.house, lambda s: s.reminders.coming(NOW, STARTS_AT)) == ()


@pytest.mark.parametrize(
    ("needs", "sensitive"),
    [
        pytest.param(("housing.search",), False, id="a flat"),
        pytest.param(("family.violence",), True, id="violence"),
        pytest.param(("emergency",), True, id="the emergency button"),
    ],
)
def test_where_a_message_could_harm_the_guide_is_asked_about_reminders(
    guide: Worker, newcomer: Newcomer, needs: tuple[str, ...], sensitive: bool
) -> None:
    newcomer.asks_for_a_person()
    case = guide.takes()

    def name(store: Store) -> None:
        found = store.cases.get(case)
        assert found is not None
        store.cases.save(replace(found, needs=needs))

    stored(guide.house, name)
    assert plan(guide, case).sensitive is sensitive


def test_what_was_written_in_danger_makes_a_case_sensitive(guide: Worker, case: str) -> None:
    def alarm(store: Store) -> None:
        found = store.cases.get(case)
        assert found is not None
        store.cases.save(alarmed(found, ()))

    stored(guide.house, alarm)
    assert plan(guide, case).sensitive
