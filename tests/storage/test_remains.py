"""What must not remain: case numbers after an erasure, answers in old buttons, an order that leads back."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from casework.protocols import protocol_of
from dialogs.conversation import Purpose
from storage import Database, Store
from storage.errors import TooManyTries
from tests.storage.builders import NOW, make_consent, make_contact, make_conversation
from tests.storage.conftest import Run

DAY = timedelta(days=1)


def test_after_an_erasure_the_audit_no_longer_says_which_case_it_was(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    case = run(
        lambda store: store.cases.open(
            account.id, language="ar", needs=("a.b",), urgency=None, reason="asked", now=NOW
        )
    )
    run(lambda store: store.audit.add("member", "case.read", case.id, NOW))
    run(lambda store: store.accounts.erase(account.id, NOW))
    lines = run(lambda store: store.audit.of_member("member", NOW - DAY))
    assert [(line.what, line.case) for line in lines] == [("case.read", None)]


def test_buttons_shown_last_go_after_thirty_days_without_consent_to_the_answers(run: Run) -> None:
    """Whoever agreed to a handover alone is no guest; their answers travel in the buttons all the same."""
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    only_handover = make_conversation(consents=(make_consent(purpose=Purpose.HANDOVER),))
    run(lambda store: store.conversations.save(account.id, only_handover, NOW))
    run(lambda store: store.retention.apply(NOW + 29 * DAY))
    assert run(lambda store: store.conversations.load(account.id)) == only_handover
    run(lambda store: store.retention.apply(NOW + 30 * DAY))
    kept = run(lambda store: store.conversations.load(account.id))
    assert kept == make_conversation(consents=only_handover.consents, shown=())


def test_protocols_lie_in_the_order_of_their_random_ids(run: Run, database: Database) -> None:
    """The order in which they were written would lead from the n-th closing in the audit to its case."""

    def write(store: Store) -> None:
        for random_id in ("c", "a", "b"):
            store.protocols.add(protocol_of(make_contact("x"), random_id))

    run(write)
    with database.begin() as connection:
        if connection.dialect.name == "sqlite":
            found = connection.execute(text("SELECT id FROM protocols")).scalars().all()
            assert found == ["a", "b", "c"]
            with pytest.raises(Exception, match="rowid"):
                connection.execute(text("SELECT rowid FROM protocols"))


def test_right_codes_do_not_use_up_the_tries_of_a_shared_address(run: Run) -> None:
    """Three hundred people may come back through one accommodation's address; ten wrong codes are enough."""

    def come_back(store: Store, name: str) -> bool:
        account = store.accounts.create("webchat", name, NOW)
        return store.resume.redeem(store.resume.issue(account.id, NOW), NOW, "camp") == account.id

    assert run(lambda store: all(come_back(store, name) for name in "abcdefghijkl"))
    for _ in range(10):
        assert run(lambda store: store.resume.redeem("wrong", NOW, "camp")) is None
    with pytest.raises(TooManyTries):
        run(lambda store: store.resume.redeem("wrong", NOW, "camp"))
