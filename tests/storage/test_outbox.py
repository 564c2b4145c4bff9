from datetime import timedelta

from storage import Store
from storage.accounts import Account
from tests.storage.builders import NOW
from tests.storage.conftest import Run

MINUTE = timedelta(minutes=1)


def someone(run: Run, address: str = "one") -> Account:
    return run(lambda store: store.accounts.create("telegram", address, NOW, keep_address=True))


def add(run: Run, account: Account, body: str, address: str = "4711", **how: object) -> int:
    def added(store: Store) -> int:
        return store.outbox.add(account.id, "telegram", address, body, NOW, **how)  # type: ignore[arg-type]

    return run(added)


def leased(run: Run, minutes: float = 0) -> list[str]:
    return [row.body for row in run(lambda store: store.outbox.lease(NOW + minutes * MINUTE))]


def test_only_the_oldest_unsent_row_of_an_address_goes(run: Run) -> None:
    account = someone(run)
    first = add(run, account, "1")
    add(run, account, "2")
    add(run, account, "other", address="4712")
    assert leased(run) == ["1", "other"]
    assert leased(run) == []
    run(lambda store: store.outbox.mark_sent(first, NOW, "ref"))
    assert leased(run) == ["2"]


def test_a_lease_runs_out_after_a_minute(run: Run) -> None:
    add(run, someone(run), "1")
    assert [leased(run, minutes) for minutes in (0, 0.9, 1)] == [["1"], [], ["1"]]


def test_nothing_goes_before_it_is_due(run: Run) -> None:
    add(run, someone(run), "1", due=NOW + 5 * MINUTE)
    assert [leased(run, minutes) for minutes in (4, 5)] == [[], ["1"]]


def test_a_row_to_be_tried_again_holds_up_what_comes_after_it(run: Run) -> None:
    account = someone(run)
    first = add(run, account, "1")
    add(run, account, "2")
    leased(run)
    run(lambda store: store.outbox.mark_failed(first, NOW, retry_at=NOW + 5 * MINUTE))
    assert leased(run, 4) == []
    again = run(lambda store: store.outbox.lease(NOW + 5 * MINUTE))
    assert [(row.body, row.attempts) for row in again] == [("1", 1)]


def test_a_permanent_failure_frees_the_next_and_is_told(run: Run) -> None:
    account = someone(run)
    first = add(run, account, "1")
    add(run, account, "2")
    run(lambda store: store.outbox.mark_failed(first, NOW, retry_at=None))
    assert leased(run) == ["2"]
    assert run(lambda store: store.outbox.failed_for(account.id)) == 1


def test_an_edit_knows_under_which_reference_its_message_was_sent(run: Run) -> None:
    account = someone(run)
    first = add(run, account, "1")
    edit = add(run, account, "1, changed", edits=first)
    run(lambda store: store.outbox.mark_sent(first, NOW, "message 77"))
    rows = run(lambda store: store.outbox.lease(NOW))
    assert [(row.id, row.kind, row.edits, row.address) for row in rows] == [
        (edit, "edit", "message 77", "4711")
    ]


def test_what_waits_too_long_can_be_counted(run: Run) -> None:
    account = someone(run)
    first = add(run, account, "1")
    add(run, account, "2", due=NOW + 10 * MINUTE)
    assert run(lambda store: store.outbox.waiting_since(NOW + 5 * MINUTE)) == 1
    run(lambda store: store.outbox.mark_sent(first, NOW))
    assert run(lambda store: store.outbox.waiting_since(NOW + 5 * MINUTE)) == 0


def test_a_farewell_outlives_the_account_until_it_is_delivered(run: Run) -> None:
    account = someone(run)
    add(run, account, "about them")
    run(lambda store: store.outbox.add_farewell("telegram", "4711", "goodbye", NOW))
    run(lambda store: store.accounts.erase(account.id, NOW))
    rows = run(lambda store: store.outbox.lease(NOW))
    assert [(row.body, row.address) for row in rows] == [("goodbye", "4711")]
    run(lambda store: store.outbox.mark_sent(rows[0].id, NOW, "ref"))
    assert leased(run, 2) == []


def test_a_limit_is_kept(run: Run) -> None:
    account = someone(run)
    for number in range(5):
        add(run, account, str(number), address=str(number))
    assert len(run(lambda store: store.outbox.lease(NOW, 3))) == 3
    assert len(run(lambda store: store.outbox.lease(NOW, 3))) == 2
