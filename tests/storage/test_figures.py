from datetime import date, timedelta

import pytest

from casework.ledger import Step
from casework.protocols import Kind, Target, protocol_of
from casework.tallies import Cell, Tally, cells_for_gap, cells_for_need
from storage import StorageError, Store
from tests.storage.builders import NOW, make_contact, make_entry
from tests.storage.conftest import Run


def gap(month: str, need: str) -> Cell:
    return Cell(table="gaps", month=month, keys=(need,))


def test_a_contact_goes_on_until_it_is_closed(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    run(lambda store: store.contacts.save(make_contact(account.id)))
    run(lambda store: store.contacts.save(make_contact(account.id, turns=2)))
    assert run(lambda store: store.contacts.current(account.id)) == make_contact(account.id, turns=2)
    assert run(lambda store: store.contacts.close(account.id))
    assert run(lambda store: store.contacts.current(account.id)) is None
    assert not run(lambda store: store.contacts.close(account.id))


def test_contacts_silent_long_enough_are_due_the_longest_silent_first(run: Run) -> None:
    def begun(store: Store) -> None:
        for hour in (3, 1, 2):
            account = store.accounts.create("webchat", str(hour), NOW)
            store.contacts.save(make_contact(account.id, turns=hour, last_at=NOW + timedelta(hours=hour)))

    run(begun)
    due = run(lambda store: store.contacts.due(NOW + timedelta(hours=2)))
    assert [contact.turns for contact in due] == [1, 2]


def test_protocols_come_back_whole_and_by_month(run: Run) -> None:
    november = protocol_of(make_contact("", kind=Kind.RELAY), "a" * 32)
    talk = make_contact(
        "", target=Target.POLITICS, started_at=NOW + timedelta(days=30), topics=("housing",), minutes=45
    )
    december = protocol_of(talk, "b" * 32)
    assert december.day == date(2026, 12, 23)
    run(lambda store: store.protocols.add(december))
    run(lambda store: store.protocols.add(november))
    assert run(lambda store: store.protocols.all()) == (november, december)
    assert run(lambda store: store.protocols.all("2026-12")) == (december,)
    assert run(lambda store: store.protocols.all("2026-01", "2026-11")) == (november,)


def test_tallies_count_up_each_time_a_cell_is_named(run: Run) -> None:
    cells = (*cells_for_gap(NOW, "housing.search"), *cells_for_gap(NOW, "housing.search"))
    run(lambda store: store.tallies.add(cells))
    run(lambda store: store.tallies.add((*cells_for_gap(NOW, "work.search"), gap("2027-01", "work.search"))))
    assert run(lambda store: store.tallies.rows("gaps")) == (
        Tally(cell=gap("2026-11", "housing.search"), count=2),
        Tally(cell=gap("2026-11", "work.search"), count=1),
        Tally(cell=gap("2027-01", "work.search"), count=1),
    )
    assert len(run(lambda store: store.tallies.rows("gaps", "2027-01", "2027-12"))) == 1
    assert run(lambda store: store.tallies.rows("needs")) == ()


def test_a_corrected_row_moves_its_figures(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))

    def corrected(store: Store) -> None:
        for need in ("housing.search", "work.search", "work.search"):
            store.tallies.correct(account.id, "first_need", cells_for_need(NOW, need, "webchat", "ar"))

    run(corrected)
    needs = run(lambda store: store.tallies.rows("needs"))
    assert [(tally.cell.keys, tally.count) for tally in needs] == [(("work.search", "webchat"), 1)]


def test_a_step_of_the_ledger_is_kept_once(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    person = run(lambda store: store.persons.self_of(account.id, NOW))
    named = make_entry(person)
    offered = make_entry(person, step=Step.OFFERED, offer="cafe", at=NOW + timedelta(minutes=1))
    entries = (named, offered, named, make_entry(person, at=NOW + timedelta(days=1)))
    added = run(lambda store: [store.ledger.add(entry) for entry in entries])
    assert added == [True, True, False, False]
    assert run(lambda store: store.ledger.of_person(person)) == (named, offered)


def test_a_step_of_nobody_is_refused(run: Run) -> None:
    with pytest.raises(StorageError, match="no such person"):
        run(lambda store: store.ledger.add(make_entry("0" * 32)))
