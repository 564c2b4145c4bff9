from datetime import timedelta
from functools import partial

from storage import Store
from storage.accounts import Account
from storage.outbox import Outgoing
from tests.storage.builders import NOW
from tests.storage.conftest import Run

MINUTE = timedelta(minutes=1)


def someone(run: Run, address: str = "one") -> Account:
    return run(lambda store: store.accounts.create("telegram", address, NOW, keep_address=True))


def add(run: Run, account: Account, body: str, address: str = "4711", **how: object) -> Outgoing:
    def added(store: Store) -> Outgoing:
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


def test_a_row_to_be_tried_again_holds_up_what_comes_after_it(run: Run) -> None:
    account = someone(run)
    first = add(run, account, "1")
    add(run, account, "2")
    leased(run)
    run(lambda store: store.outbox.mark_failed(first.id, NOW, retry_at=NOW + 5 * MINUTE))
    assert leased(run, 4) == []
    again = run(lambda store: store.outbox.lease(NOW + 5 * MINUTE))
    assert [(row.body, row.attempts) for row in again] == [("1", 1)]


def test_a_permanent_failure_frees_the_next_and_is_told(run: Run) -> None:
    account = someone(run)
    first = add(run, account, "1")
    add(run, account, "2")
    run(lambda store: store.outbox.mark_failed(first.id, NOW, retry_at=None))
    assert leased(run) == ["2"]
    assert run(lambda store: store.outbox.failed_for(account.id)) == 1


def test_an_edit_knows_under_which_reference_its_message_was_sent(run: Run) -> None:
    account = someone(run)
    first = add(run, account, "1", subject="case:1")
    edit = add(run, account, "1, changed", edits=first.id)
    run(lambda store: store.outbox.mark_sent(first, NOW, "message 77"))
    rows = run(lambda store: store.outbox.lease(NOW))
    assert [(row.id, row.edits, row.address) for row in rows] == [(edit.id, "message 77", "4711")]


def test_what_waits_too_long_can_be_counted(run: Run) -> None:
    account = someone(run)
    first = add(run, account, "1")
    run(lambda store: store.outbox.add(account.id, "telegram", "4712", "2", NOW + 10 * MINUTE))
    assert run(lambda store: store.outbox.waiting_since(NOW + 5 * MINUTE)) == 1
    run(lambda store: store.outbox.mark_sent(first, NOW))
    assert run(lambda store: store.outbox.waiting_since(NOW + 5 * MINUTE)) == 0


def test_a_farewell_outlives_the_account_until_it_is_delivered(run: Run) -> None:
    account = someone(run)
    add(run, account, "about them")
    run(lambda store: store.outbox.add(None, "telegram", "4711", "goodbye", NOW))
    run(lambda store: store.accounts.erase(account.id, NOW))
    rows = run(lambda store: store.outbox.lease(NOW))
    assert [(row.body, row.address) for row in rows] == [("goodbye", "4711")]
    run(lambda store: store.outbox.mark_sent(rows[0], NOW, "ref"))
    assert leased(run, 2) == []


def test_a_limit_is_kept(run: Run) -> None:
    account = someone(run)
    for number in range(5):
        add(run, account, str(number), address=str(number))
    assert len(run(lambda store: store.outbox.lease(NOW, 3))) == 3
    assert len(run(lambda store: store.outbox.lease(NOW, 3))) == 2


def in_hand(run: Run, account: Account, body: str, minutes: float = 0) -> bool:
    def added(store: Store) -> bool:
        at = NOW + minutes * MINUTE
        return store.outbox.add(account.id, "telegram", "4711", body, at, lease=True).leased

    return run(added)


def test_a_row_can_be_in_the_hands_of_whoever_adds_it(run: Run) -> None:
    """What a turn says is sent at once, and nobody else sends it too."""
    assert in_hand(run, someone(run), "1")
    assert [leased(run, minutes) for minutes in (0, 1)] == [[], ["1"]]


def test_what_is_in_hand_is_followed_by_what_comes_next(run: Run) -> None:
    account = someone(run)
    assert [in_hand(run, account, body) for body in ("1", "2")] == [True, True]


def test_nothing_overtakes_what_is_in_nobodys_hands(run: Run) -> None:
    """A message that waits for a second try stays in front of what is said later."""
    account = someone(run)
    first = add(run, account, "1")
    leased(run)
    run(lambda store: store.outbox.mark_failed(first.id, NOW, retry_at=NOW + 5 * MINUTE))
    assert not in_hand(run, account, "2")
    assert leased(run, 5) == ["1"]


def test_whoever_adds_without_taking_it_in_hand_leaves_post(run: Run) -> None:
    account = someone(run)

    def added(store: Store, *, lease: bool) -> bool:
        store.outbox.add(account.id, "telegram", "4711", "1", NOW, lease=lease)
        return store.has_post

    assert [run(partial(added, lease=lease)) for lease in (True, False)] == [False, True]
    assert not run(lambda store: store.has_post)


def test_after_a_start_nothing_is_in_anybodys_hands(run: Run) -> None:
    in_hand(run, someone(run), "1")
    run(lambda store: store.outbox.release_all())
    assert leased(run) == ["1"]


def test_of_a_row_that_was_sent_in_part_the_rest_goes_later(run: Run) -> None:
    account = someone(run)
    row = add(run, account, "three messages")
    leased(run)
    run(lambda store: store.outbox.mark_part(row.id, 2, NOW + MINUTE))
    run(lambda store: store.outbox.release_all())
    assert [row.parts_sent for row in run(lambda store: store.outbox.lease(NOW))] == [2]


def test_when_nothing_can_be_sent_there_all_that_waits_has_failed(run: Run) -> None:
    account = someone(run)
    for body in ("1", "2"):
        add(run, account, body)
    run(lambda store: store.outbox.add(None, "telegram", "4711", "goodbye", NOW))
    assert run(lambda store: store.outbox.give_up("telegram", "4711", NOW)) == 3
    assert leased(run, 2) == []
    assert run(lambda store: store.outbox.failed_for(account.id)) == 2


def test_what_waits_moves_along_with_a_chat(run: Run) -> None:
    account = someone(run)
    add(run, account, "1")
    run(lambda store: store.outbox.readdress("telegram", "4711", "-100"))
    rows = run(lambda store: store.outbox.lease(NOW))
    assert [(row.address, row.body) for row in rows] == [("-100", "1")]
    assert in_hand(run, account, "to the former address")


def test_a_message_about_a_subject_is_found_again(run: Run) -> None:
    """Later edits find it by its subject, and an answer to it finds the subject."""
    account = someone(run)
    row = add(run, account, "case 1 waits", subject="open:1")
    add(run, account, "not sent yet", subject="open:1", address="4712")
    run(lambda store: store.outbox.mark_sent(row, NOW, "message 7"))
    assert [note.id for note in run(lambda store: store.outbox.sent_about("open:1"))] == [row.id]
    assert run(lambda store: store.outbox.subject_of("telegram", "4711", "message 7")) == "open:1"
    assert run(lambda store: store.outbox.subject_of("telegram", "4712", "message 7")) is None
    assert leased(run) == []  # what had not gone out yet was withdrawn


def test_what_goes_by_a_way_that_is_not_open_stays(run: Run) -> None:
    """It is in nobody's hands, and takes no place from what can be sent."""
    account = someone(run)
    add(run, account, "1")
    run(lambda store: store.outbox.add(account.id, "mail", "4711", "2", NOW))
    rows = run(lambda store: store.outbox.lease(NOW, 1, ["mail"]))
    assert [row.body for row in rows] == ["2"]
    assert run(lambda store: store.outbox.lease(NOW, 1, ())) == ()
    assert leased(run) == ["1"]


def test_what_is_being_sent_about_a_subject_is_edited_after_it(run: Run) -> None:
    """Withdrawn it would arrive all the same, and nobody could change it any more."""
    account = someone(run)
    row = add(run, account, "case 1 waits", subject="open:1")
    leased(run)
    (note,) = run(lambda store: store.outbox.sent_about("open:1"))
    edit = add(run, account, "case 1: taken", edits=note.id)
    assert (note.id, note.reference, leased(run)) == (row.id, "", [])
    run(lambda store: store.outbox.mark_sent(row, NOW, "message 7"))
    (found,) = run(lambda store: store.outbox.lease(NOW))
    assert (found.id, found.edits) == (edit.id, "message 7")


def test_what_was_sent_for_an_account_is_found_again_if_it_can_be_changed(run: Run) -> None:
    account, other = someone(run), someone(run, "two")
    sent = add(run, account, "case 1 waits", subject="open:1")
    mailed = add(run, account, "case 1 waits", subject="open:1", address="a@b")
    add(run, account, "not sent yet", subject="case:1", address="4712")
    run(lambda store: store.outbox.mark_sent(sent, NOW, "message 7"))
    run(lambda store: store.outbox.mark_sent(mailed, NOW))
    found = run(lambda store: store.outbox.sent_for(account.id))
    assert [(note.id, note.subject, note.reference) for note in found] == [(sent.id, "open:1", "message 7")]
    assert run(lambda store: store.outbox.sent_for(other.id)) == ()
