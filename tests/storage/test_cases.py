from dataclasses import replace
from datetime import timedelta

import pytest

from casework.cases import Case, Event, TransitionError, move, not_now
from storage import Store
from storage.letters import Letter
from tests.storage.builders import NOW, OTHER_TOWN
from tests.storage.conftest import Run


def opened(store: Store, address: str = "one") -> Case:
    account = store.accounts.create("webchat", address, NOW)
    return store.cases.open(
        account.id, language="ar", needs=("housing.search",), urgency="today", reason="asked", now=NOW
    )


def written(store: Store, case: Case, author: str, text: str, update_id: str | None = None) -> Letter:
    return store.letters.add(
        case.id, case.account, author=author, text=text, language="de", at=NOW, update_id=update_id
    )


def taken(store: Store, case_id: str, member: str) -> Case:
    case = store.cases.get(case_id)
    assert case is not None
    after = move(case, Event.TAKEN, NOW + timedelta(minutes=1), owner=member)
    store.cases.save(after)
    return after


def test_a_case_comes_back_as_it_was_saved_by_id_number_and_account(run: Run) -> None:
    case = run(opened)
    after = run(lambda store: taken(store, case.id, "guide"))
    assert run(lambda store: store.cases.get(case.id)) == after
    assert run(lambda store: store.cases.by_number(1)) == after
    assert run(lambda store: store.cases.of_account(case.account)) == after


def test_numbers_count_up_in_each_town_and_are_never_given_twice(run: Run) -> None:
    first = run(opened)
    run(lambda store: store.accounts.erase(first.account, NOW))
    assert run(lambda store: opened(store, "two")).number == 2
    assert run(opened, town=OTHER_TOWN).number == 1


def test_the_queue_holds_open_cases_and_each_member_has_their_own(run: Run) -> None:
    first, second = run(opened), run(lambda store: opened(store, "two"))
    run(lambda store: taken(store, first.id, "guide"))
    assert [case.id for case in run(lambda store: store.cases.queue())] == [second.id]
    assert [case.id for case in run(lambda store: store.cases.owned_by("guide"))] == [first.id]
    assert [case.id for case in run(lambda store: store.cases.owned())] == [first.id]
    assert run(lambda store: store.cases.owned_by("other")) == ()


def test_who_comes_second_to_a_case_is_told_so(run: Run) -> None:
    case = run(opened)
    run(lambda store: taken(store, case.id, "first"))
    with pytest.raises(TransitionError):
        run(lambda store: taken(store, case.id, "second"))


def test_a_case_read_in_an_earlier_transaction_is_saved_only_if_nobody_changed_it_since(run: Run) -> None:
    case = run(opened)
    declined = not_now(case, "first")
    run(lambda store: store.cases.save(declined, before=case))
    with pytest.raises(TransitionError, match="faster"):
        run(lambda store: store.cases.save(not_now(case, "second"), before=case))
    assert run(lambda store: store.cases.get(case.id)) == declined


def test_a_case_that_was_not_read_cannot_be_saved(run: Run) -> None:
    case = run(opened)
    with pytest.raises(TransitionError, match="read before"):
        run(lambda store: store.cases.save(replace(case, changed_at=NOW)))


def test_letters_stand_in_the_order_they_were_written(run: Run) -> None:
    case = run(opened)
    run(lambda store: [written(store, case, "newcomer", text) for text in ("eins", "zwei", "drei")])
    letters = run(lambda store: store.letters.of_case(case.id))
    assert [letter.text for letter in letters] == ["eins", "zwei", "drei"]


def test_a_message_that_comes_twice_is_one_letter(run: Run) -> None:
    case = run(opened)
    first, second = (run(lambda store: written(store, case, "newcomer", "eins", "7")) for _ in range(2))
    assert first == second
    assert len(run(lambda store: store.letters.of_case(case.id))) == 1


def test_what_either_side_has_not_seen_yet_can_be_told(run: Run) -> None:
    case, later = run(opened), NOW + timedelta(hours=25)
    run(lambda store: [written(store, case, author, author) for author in ("guide", "newcomer", "bot")])
    assert [letter.text for letter in run(lambda store: store.letters.not_picked_up(later))] == ["guide"]
    assert run(lambda store: store.letters.unread(case.id)) == 1
    assert run(lambda store: store.letters.mark_picked_up(case.account, later)) == 2
    assert run(lambda store: store.letters.mark_read(case.id, later)) == 1
    assert run(lambda store: store.letters.mark_read(case.id, later)) == 0
    assert run(lambda store: store.letters.not_picked_up(later)) == ()
    assert run(lambda store: store.letters.unread(case.id)) == 0
    assert {letter.picked_up_at for letter in run(lambda store: store.letters.of_case(case.id))} == {later}


def test_only_those_letters_count_as_read_that_were_shown(run: Run) -> None:
    """A guide's own are none of them; what is left stays in its order."""
    case = run(opened)
    own = run(lambda store: written(store, case, "guide", "eigener"))
    one, two, three = run(lambda store: [written(store, case, "newcomer", text) for text in ("1", "2", "3")])
    assert run(lambda store: store.letters.mark_each_read([two.id, own.id, "unknown"], NOW)) == 1
    assert run(lambda store: store.letters.mark_each_read([two.id], NOW)) == 0
    assert run(lambda store: store.letters.new_of_case(case.id)) == (one, three)


def test_reading_a_case_leaves_a_line_that_names_who_and_when(run: Run) -> None:
    case = run(opened)
    run(lambda store: store.audit.add("guide", "case.read", case.id, NOW))
    run(lambda store: store.audit.add("deputy", "case.read", case.id, NOW))
    lines = run(lambda store: store.audit.of_case(case.id))
    assert [(line.member, line.what, line.at) for line in lines] == [
        ("deputy", "case.read", NOW),
        ("guide", "case.read", NOW),
    ]
    assert len(run(lambda store: store.audit.of_member("guide", NOW))) == 1
    assert run(lambda store: store.audit.of_member("guide", NOW + timedelta(hours=1))) == ()


def test_closed_cases_come_latest_first_since_a_time_and_no_more_than_asked_for(run: Run) -> None:
    def closed(store: Store, address: str, minutes: int) -> int:
        case = move(opened(store, address), Event.TAKEN, NOW, owner="guide")
        store.cases.save(case)
        case = move(case, Event.CLOSED, NOW + timedelta(minutes=minutes), outcome="answered")
        store.cases.save(case)
        return case.number

    assert run(lambda store: closed(store, "one", 1)) == 1
    assert run(lambda store: closed(store, "two", 2)) == 2
    assert run(lambda store: closed(store, "three", 3)) == 3
    run(lambda store: opened(store, "open"))

    def found(store: Store, minutes: int, limit: int) -> list[int]:
        return [case.number for case in store.cases.closed(NOW + timedelta(minutes=minutes), limit)]

    assert run(lambda store: found(store, 0, 20)) == [3, 2, 1]
    assert run(lambda store: found(store, 2, 20)) == [3, 2]
    assert run(lambda store: found(store, 0, 1)) == [3]
