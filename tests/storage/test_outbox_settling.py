"""What becomes of a row of the outbox: sent, failed, put back, readdressed, or not readable any more."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage import Store
from storage.tables.outbox import outbox
from tests.storage.builders import NOW
from tests.storage.conftest import Run
from tests.storage.test_outbox import MINUTE, add, in_hand, leased, someone


def contents(run: Run) -> list[tuple[str, bool]]:
    """Of each row the state, and whether its content is still there."""

    def read(store: Store) -> list[tuple[str, bool]]:
        rows = store._in.execute(select(outbox.c.state, outbox.c.sealed).order_by(outbox.c.id))
        return [(row.state, row.sealed is not None) for row in rows]

    return run(read)


def damage(store: Store, row_id: int) -> None:
    store._in.execute(update(outbox).where(outbox.c.id == row_id).values(sealed=b"x" * 40))


def test_whoever_takes_few_gets_the_oldest(run: Run) -> None:
    """After an outage people are written to in the order in which it came."""
    account = someone(run)
    for body in ("1", "2", "3"):
        add(run, account, body, address=body)
    assert [row.body for row in run(lambda store: store.outbox.lease(NOW, 2))] == ["1", "2"]


def test_a_row_that_does_not_open_has_failed_and_holds_up_nobody(run: Run) -> None:
    account = someone(run)
    row = add(run, account, "1")
    add(run, account, "2")
    add(run, account, "other", address="4712")
    run(lambda store: damage(store, row.id))
    assert leased(run) == ["other"]
    assert leased(run) == ["2"]
    assert run(lambda store: store.outbox.failed_for(account.id)) == 1


def test_what_is_put_back_can_be_taken_again_at_once(run: Run) -> None:
    """And nothing else is."""
    account = someone(run)
    row = add(run, account, "1")
    add(run, account, "other", address="4712")
    leased(run)
    run(lambda store: store.outbox.release([row.id]))
    assert leased(run) == ["1"]


def test_what_has_failed_stands_in_nobodys_way(run: Run) -> None:
    """What is said after it goes at once."""
    account = someone(run)
    row = add(run, account, "1")
    run(lambda store: store.outbox.mark_failed(row.id, NOW, retry_at=None))
    assert in_hand(run, account, "2")


def test_nothing_overtakes_what_somebody_had_in_hand_for_too_long(run: Run) -> None:
    """Whoever had it is gone, and it will be looked for."""
    account = someone(run)
    assert in_hand(run, account, "1")
    assert not in_hand(run, account, "2", minutes=2)


def test_of_what_was_sent_the_content_goes(run: Run) -> None:
    """The reference stays of what can be answered; of the rest nothing."""
    account = someone(run)
    told, plain = add(run, account, "1", subject="case:1"), add(run, account, "2", address="4712")
    for row in (told, plain):
        run(lambda store, row=row: store.outbox.mark_sent(row, NOW, "7"))  # type: ignore[misc]
    assert contents(run) == [("sent", False)]


def test_what_has_failed_does_not_become_sent(run: Run) -> None:
    """Such as when somebody has blocked the bot while the last message was on its way."""
    account = someone(run)
    row = add(run, account, "1", subject="case:1")
    run(lambda store: store.outbox.give_up("telegram", "4711", NOW))
    run(lambda store: store.outbox.mark_sent(row, NOW, "7"))
    assert run(lambda store: store.outbox.failed_for(account.id)) == 1


@pytest.mark.parametrize("how", ["given up", "refused", "sent", "sent by somebody who looked for it"])
def test_of_what_is_about_nobody_nothing_stays(run: Run, how: str) -> None:
    """However it ends, and though it had a subject."""
    row = run(lambda store: store.outbox.add(None, "telegram", "4711", "goodbye", NOW, subject="case:1"))
    if how == "given up":
        run(lambda store: store.outbox.give_up("telegram", "4711", NOW))
    elif how == "refused":
        run(lambda store: store.outbox.mark_failed(row.id, NOW, retry_at=None))
    else:
        found = run(lambda store: store.outbox.lease(NOW))[0] if "looked" in how else row
        run(lambda store: store.outbox.mark_sent(found, NOW, "7"))
    assert contents(run) == []


def test_what_was_in_hand_can_be_taken_at_once_at_the_new_address_and_keeps_its_place(run: Run) -> None:
    account = someone(run)
    assert in_hand(run, account, "1")
    run(lambda store: store.outbox.readdress("telegram", "4711", "-100"))

    def later(store: Store) -> bool:
        return store.outbox.add(account.id, "telegram", "-100", "2", NOW, lease=True).leased

    assert not run(later)
    assert leased(run) == ["1"]


def test_a_part_that_was_noted_keeps_the_row_in_hand_until_then(run: Run) -> None:
    """A long row takes longer than a minute where a messenger is slow."""
    row = add(run, someone(run), "three messages")
    leased(run)
    run(lambda store: store.outbox.mark_part(row.id, 1, NOW + 5 * MINUTE))
    assert [leased(run, minutes) for minutes in (2, 5)] == [[], ["three messages"]]


def test_of_messages_about_a_subject_failed_ones_and_edits_are_not_told(run: Run) -> None:
    """Nobody has the first before their eyes, and an edit is not changed again."""
    account = someone(run)
    failed = add(run, account, "case 1 waits", subject="open:1")
    sent = add(run, account, "case 1 waits", subject="open:1", address="4712")
    run(lambda store: store.outbox.mark_failed(failed.id, NOW, retry_at=None))
    run(lambda store: store.outbox.mark_sent(sent, NOW, "7"))
    add(run, account, "case 1: urgent", subject="open:1", edits=sent.id, address="4712")
    assert [note.id for note in run(lambda store: store.outbox.sent_about("open:1"))] == [sent.id]
    assert leased(run) == ["case 1: urgent"]  # and the edit is not withdrawn


def test_an_answer_belongs_to_what_the_message_says_now(run: Run) -> None:
    """A message may have been changed into one about something else."""
    account = someone(run)
    for number, subject in enumerate(("case:1", "case:2")):
        row = add(run, account, subject, subject=subject)
        at = NOW + number * timedelta(seconds=1)
        run(lambda store, row=row, at=at: store.outbox.mark_sent(row, at, "7"))  # type: ignore[misc]
    assert run(lambda store: store.outbox.subject_of("telegram", "4711", "7")) == "case:2"
