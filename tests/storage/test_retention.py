from datetime import datetime, timedelta

import pytest

from casework.cases import Event, move
from casework.retention import RULES, CountedFrom
from casework.team import Role
from dialogs.conversation import Run as Questions
from storage import Store
from storage.tables import metadata
from tests.storage.builders import NOW, OTHER_TOWN, given_someone, make_contact, make_conversation
from tests.storage.conftest import Run

DAY = timedelta(days=1)
RUN = Questions(id="r", questionnaire="intake", version=1)


def apply(run: Run, after: timedelta) -> None:
    run(lambda store: store.retention.apply(NOW + after))


def test_every_table_has_a_rule() -> None:
    assert {table.name for table in metadata.sorted_tables} - {rule.table for rule in RULES} == set()


def test_every_rule_has_a_table() -> None:
    assert {rule.table for rule in RULES} - {table.name for table in metadata.sorted_tables} == set()


def test_a_guest_is_gone_after_a_day_without_a_word(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    run(lambda store: store.conversations.save(account.id, make_conversation(consents=()), NOW))
    apply(run, timedelta(hours=23))
    assert run(lambda store: store.accounts.get(account.id)) is not None
    apply(run, timedelta(hours=24))
    assert run(lambda store: store.accounts.get(account.id)) is None
    assert run(lambda store: store.conversations.load(account.id)) is None


def test_retention_in_one_town_touches_no_other(run: Run) -> None:
    account = run(given_someone, town=OTHER_TOWN)
    apply(run, 1500 * DAY)
    assert run(lambda store: store.conversations.load(account.id), town=OTHER_TOWN) == make_conversation(
        known={"need": ("housing.search",)}
    )


def test_an_unfinished_questionnaire_goes_after_thirty_days_and_what_was_known_stays(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    kept = make_conversation(known={"german": ("a1",)}, runs=(RUN,))
    run(lambda store: store.conversations.save(account.id, kept, NOW))
    apply(run, 29 * DAY)
    assert run(lambda store: store.conversations.load(account.id)) == kept
    apply(run, 30 * DAY)
    after = run(lambda store: store.conversations.load(account.id))
    assert after == make_conversation(known={"german": ("a1",)}, runs=(), shown=())


def closed_case(store: Store, account: str, at: datetime) -> str:
    case = store.cases.open(account, language="ar", needs=("a.b",), urgency=None, reason="asked", now=at)
    taken = move(case, Event.TAKEN, at, owner="guide")
    store.cases.save(move(taken, Event.CLOSED, at, outcome="answered"))
    return case.id


def test_answers_and_cases_go_half_a_year_after_the_last_closing_and_consents_stay(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    run(lambda store: store.accounts.add_address(account.id, "phone", "0611 1", keep_address=True))
    run(lambda store: store.conversations.save(account.id, make_conversation(known={"need": ("a",)}), NOW))
    case_id = run(lambda store: closed_case(store, account.id, NOW))
    apply(run, 30 * DAY)
    assert [way.channel for way in run(lambda store: store.accounts.addresses(account.id))] == ["webchat"]
    apply(run, 182 * DAY)
    assert run(lambda store: store.cases.get(case_id)) is not None
    apply(run, 183 * DAY)
    assert run(lambda store: store.cases.get(case_id)) is None
    assert run(lambda store: store.conversations.load(account.id)) == make_conversation(shown=())
    assert run(lambda store: store.accounts.get(account.id)) is not None


def test_nothing_counts_from_a_closing_while_another_case_is_open(run: Run) -> None:
    account = run(given_someone)
    run(lambda store: closed_case(store, account.id, NOW))
    apply(run, 365 * DAY)
    assert run(lambda store: store.cases.of_account(account.id)) is not None
    after = run(lambda store: store.conversations.load(account.id))
    assert after is not None
    assert after.known == {"need": ("housing.search",)}


def test_a_contact_ends_in_its_protocol_and_its_figures(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    run(lambda store: store.contacts.save(make_contact(account.id)))
    apply(run, timedelta(hours=4))
    assert run(lambda store: store.contacts.current(account.id)) is None
    assert len(run(lambda store: store.protocols.all())) == 1
    assert [tally.count for tally in run(lambda store: store.tallies.rows("contacts"))] == [1]


def test_a_farewell_that_cannot_be_delivered_is_given_up_after_a_day(run: Run) -> None:
    run(lambda store: store.outbox.add(None, "telegram", "4711", "goodbye", NOW))
    apply(run, timedelta(hours=23))
    assert len(run(lambda store: store.outbox.lease(NOW + timedelta(hours=23)))) == 1
    apply(run, timedelta(hours=24))
    assert run(lambda store: store.outbox.lease(NOW + timedelta(hours=30))) == ()


def test_after_three_years_only_figures_the_catalogue_and_the_active_team_are_left(run: Run) -> None:
    """Every six weeks somebody consents, has a case, is helped and never comes back."""

    def week(store: Store, number: int) -> None:
        at = NOW + number * 7 * DAY
        account = given_someone(store, f"session {number}")
        case = store.cases.of_account(account.id)
        assert case is not None
        taken = move(case, Event.TAKEN, at, owner="guide")
        store.cases.save(move(taken, Event.CLOSED, at, outcome="answered"))
        store.accounts.touch(account, at)
        store.contacts.save(make_contact(account.id, started_at=at, last_at=at))
        store.updates.first_time("webchat", str(number), at)
        store.audit.add("guide", "case.read", case.id, at)
        store.retention.apply(at)

    run(lambda store: store.team.invite(Role.GUIDE, "token", NOW))
    run(lambda store: store.team.redeem("token", "Ada", None, NOW))
    for number in range(0, 156, 6):
        run(lambda store, number=number: week(store, number))  # type: ignore[misc]
    apply(run, (156 * 7 + 731) * DAY)
    assert run(everything_left) == {
        "erasures": 0,
        "members": 1,
        "numbers": 1,
        "protocols": 26,
        "tallies": True,
    }


def everything_left(store: Store) -> dict[str, object]:
    connection = store._in.connection
    counts: dict[str, object] = {
        table.name: len(connection.execute(table.select()).all()) for table in metadata.sorted_tables
    }
    left = {name: count for name, count in counts.items() if count and name != "key_check"}
    return left | {"tallies": bool(left.get("tallies")), "erasures": 0}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.table} {rule.counted_from}")
def test_a_rule_has_a_period_exactly_if_something_is_deleted_by_it(rule: object) -> None:
    assert hasattr(rule, "keep")
    assert hasattr(rule, "counted_from")
    endless = rule.counted_from in (CountedFrom.WITH_ACCOUNT, CountedFrom.WITH_MEMBER, CountedFrom.NEVER)
    assert (rule.keep is None) == endless
