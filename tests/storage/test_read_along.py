"""What is read along with a conversation is never older than what the same transaction has written."""

from dataclasses import replace
from datetime import timedelta

from dialogs.conversation import Purpose
from storage import Store
from tests.storage.builders import CHANGE, NOW, make_consent, make_contact, make_conversation, make_offer
from tests.storage.conftest import Run


def begun(store: Store) -> str:
    account = store.accounts.create("webchat", "one", NOW).id
    store.conversations.save(account, make_conversation(consents=()), NOW)
    store.contacts.save(make_contact(account))
    return account


def test_a_contact_changed_after_the_conversation_was_read_is_the_changed_one(run: Run) -> None:
    account = run(begun)

    def changed(store: Store) -> list[int | None]:
        store.conversations.load(account)
        seen = [store.contacts.current(account)]
        store.contacts.save(make_contact(account, turns=2))
        seen.append(store.contacts.current(account))
        store.contacts.close(account)
        seen.append(store.contacts.current(account))
        return [contact.turns if contact else None for contact in seen]

    assert run(changed) == [1, 2, None]
    assert run(lambda store: store.contacts.current(account)) is None


def test_of_an_erased_account_nothing_is_left_in_the_same_transaction(run: Run) -> None:
    account = run(begun)

    def erased(store: Store) -> tuple[object, object]:
        store.conversations.load(account)
        store.accounts.erase(account, NOW)
        return store.conversations.load(account), store.contacts.current(account)

    assert run(erased) == (None, None)


def test_a_catalogue_changed_after_the_conversation_was_read_has_its_new_version(run: Run) -> None:
    account = run(begun)

    def changed(store: Store) -> list[int]:
        store.conversations.load(account)
        versions = [store.catalogue.version()]
        for offer in ("a", "b"):
            store.catalogue.put_offers((make_offer(offer),), CHANGE)
            versions.append(store.catalogue.version())
        return versions

    first, second, third = run(changed)
    assert 0 == first < second < third == run(lambda store: store.catalogue.version())


def test_every_consent_is_recorded_though_two_are_given_in_one_transaction(run: Run) -> None:
    account = run(begun)
    intake = make_consent()
    handover = make_consent(purpose=Purpose.HANDOVER, at=NOW + timedelta(minutes=1))

    def agreed(store: Store) -> None:
        conversation = store.conversations.load(account)
        assert conversation is not None
        for given in ((intake,), (intake, handover)):
            store.conversations.save(account, replace(conversation, consents=given), NOW)

    run(agreed)
    assert run(lambda store: store.conversations.consents(account)) == (intake, handover)
    found = run(lambda store: store.accounts.get(account))
    assert found is not None
    assert not found.guest
