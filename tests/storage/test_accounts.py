from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from dialogs.conversation import Owner
from storage import StorageError, Store
from tests.storage.builders import NOW, make_consent, make_conversation
from tests.storage.conftest import Run


def test_an_account_is_found_by_its_channel_and_address_and_by_nothing_else(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "token", NOW))
    assert run(lambda store: store.accounts.find("webchat", "token")) == account
    assert run(lambda store: store.accounts.find("telegram", "token")) is None
    assert run(lambda store: store.accounts.find("webchat", "token2")) is None


def test_an_address_is_kept_only_where_somebody_must_be_written_to_first(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "token", NOW))
    run(lambda store: store.accounts.add_address(account.id, "telegram", "4711", keep_address=True))
    known = run(lambda store: store.accounts.addresses(account.id))
    assert {(address.channel, address.address) for address in known} == {
        ("webchat", None),
        ("telegram", "4711"),
    }


def test_an_address_leads_to_one_account_only_the_one_it_was_given_last(run: Run) -> None:
    first = run(lambda store: store.accounts.create("webchat", "one", NOW))
    second = run(lambda store: store.accounts.create("webchat", "two", NOW))
    run(lambda store: store.accounts.add_address(first.id, "webchat", "two"))
    found = run(lambda store: store.accounts.find("webchat", "two"))
    assert found is not None
    assert found.id == first.id
    assert run(lambda store: store.accounts.addresses(second.id)) == ()


def test_a_dropped_address_leads_nowhere(run: Run) -> None:
    run(lambda store: store.accounts.create("webchat", "one", NOW))
    assert run(lambda store: store.accounts.drop_address("webchat", "one"))
    assert run(lambda store: store.accounts.find("webchat", "one")) is None
    assert not run(lambda store: store.accounts.drop_address("webchat", "one"))


def test_a_guest_is_one_until_a_conversation_with_a_consent_is_saved(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    run(lambda store: store.conversations.save(account.id, make_conversation(consents=()), NOW))
    before = run(lambda store: store.accounts.get(account.id))
    run(lambda store: store.conversations.save(account.id, make_conversation(), NOW))
    after = run(lambda store: store.accounts.get(account.id))
    assert before is not None
    assert after is not None
    assert (before.guest, after.guest) == (True, False)


def test_a_consent_stays_proven_when_the_conversation_no_longer_holds_it(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    run(lambda store: store.conversations.save(account.id, make_conversation(), NOW))
    run(lambda store: store.conversations.save(account.id, make_conversation(consents=()), NOW))
    assert run(lambda store: store.conversations.consents(account.id)) == (make_consent(),)
    again = run(lambda store: store.accounts.get(account.id))
    assert again is not None
    assert again.guest


def test_hearing_of_someone_is_noted_to_five_minutes(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))

    def seen_after(minutes: int) -> datetime:
        def touched(store: Store) -> datetime:
            store.accounts.touch(account, NOW + timedelta(minutes=minutes))
            found = store.accounts.get(account.id)
            assert found is not None
            return found.seen_at

        return run(touched)

    assert [seen_after(4), seen_after(5)] == [NOW, NOW + timedelta(minutes=5)]


def test_a_conversation_comes_back_as_it_was_saved_last(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    assert run(lambda store: store.conversations.load(account.id)) is None
    first = make_conversation(known={"need": ("a", "b"), "skipped": ()}, heard_at=NOW)
    second = replace(first, missed=2, owner=Owner.GUIDE)
    run(lambda store: store.conversations.save(account.id, first, NOW))
    assert run(lambda store: store.conversations.load(account.id)) == first
    run(lambda store: store.conversations.save(account.id, second, NOW))
    assert run(lambda store: store.conversations.load(account.id)) == second


def test_nothing_can_be_saved_for_an_account_that_does_not_exist(run: Run) -> None:
    with pytest.raises(StorageError, match="no such account"):
        run(lambda store: store.conversations.save("0" * 32, make_conversation(), NOW))


def test_the_person_who_holds_the_phone_is_always_the_same(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    person = run(lambda store: store.persons.self_of(account.id, NOW))
    assert run(lambda store: store.persons.self_of(account.id, NOW)) == person
    assert run(lambda store: store.persons.account_of(person)) == account.id


def test_an_update_is_new_once_at_each_door(run: Run) -> None:
    came = (("bot1", "7"), ("bot1", "7"), ("bot2", "7"), ("bot1", "6"))
    seen = run(lambda store: [store.updates.first_time(door, update, NOW) for door, update in came])
    assert seen == [True, False, True, True]


def first_seen(store: Store, door: str, update: str) -> bool:
    return store.updates.first_time(door, update, NOW)


def test_what_is_forgotten_is_new_again_and_nothing_else(run: Run) -> None:
    """By the beginning of its id, taken literally, at one door."""
    for door, update in (
        ("asked", "ada_1:7:"),
        ("asked", "ada_1:8:"),
        ("asked", "adax1:7:"),
        ("bot", "ada_1:7:"),
    ):
        run(partial(first_seen, door=door, update=update))
    assert run(lambda store: store.updates.forget("asked", "ada_1:7:")) == 1
    assert run(lambda store: store.updates.forget("asked", "ada_1:")) == 1
    assert run(lambda store: store.updates.seen("asked", "adax1:7:"))
    assert run(lambda store: store.updates.seen("bot", "ada_1:7:"))


def marked(store: Store, at: datetime | None) -> None:
    store.accounts.mark_unreachable("telegram", "4711", at)


def test_an_address_that_nothing_reaches_is_remembered_until_it_is_heard_of(run: Run) -> None:
    account = run(lambda store: store.accounts.create("telegram", "4711", NOW, keep_address=True))
    for at in (NOW, None):
        run(partial(marked, at=at))
        found = run(lambda store: store.accounts.find("telegram", "4711"))
        assert found is not None
        assert found.unreachable == (at is not None)
        assert [way.unreachable for way in run(lambda store: store.accounts.addresses(account.id))] == [
            at is not None
        ]


def test_an_address_that_moved_leads_to_the_same_account(run: Run) -> None:
    account = run(lambda store: store.accounts.create("telegram", "4711", NOW, keep_address=True))
    assert run(lambda store: store.accounts.move_address("telegram", "4711", "-100"))
    assert run(lambda store: store.accounts.find("telegram", "4711")) is None
    found = run(lambda store: store.accounts.find("telegram", "-100"))
    assert found is not None
    assert found.id == account.id
