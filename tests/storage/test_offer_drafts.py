from dataclasses import replace
from datetime import timedelta

from storage import Store
from storage.catalogue import Change
from storage.offer_drafts import Draft
from tests.storage.builders import CHANGE, NOW, make_offer
from tests.storage.conftest import Run

LATER = Change(by="ada", why="new hours", at=NOW + timedelta(days=1))


def draft(store: Store) -> Draft:
    found = store.offer_drafts.get("a")
    assert found is not None
    return found


def test_a_draft_waits_beside_the_entry_that_stays_as_it_is(run: Run) -> None:
    live, changed = make_offer("a"), make_offer("a", phone="116 117")
    run(lambda store: store.catalogue.put_offers((live,), CHANGE))
    before = run(lambda store: store.catalogue.version())
    run(lambda store: store.offer_drafts.put(changed, LATER, based_on=1))
    found = run(draft)
    assert found == Draft(
        offer=changed, based_on=1, stamp=found.stamp, by="ada", why="new hours", at=LATER.at
    )
    assert run(lambda store: store.catalogue.offers()) == (live,)
    assert run(lambda store: store.catalogue.version()) == before


def test_each_save_takes_the_place_of_the_last_and_can_be_told_from_it(run: Run) -> None:
    """Also when nothing but the moment differs: whoever has the older page open is to hear of it."""
    stamps = set()
    for _ in range(3):
        run(lambda store: store.offer_drafts.put(make_offer("a"), CHANGE, based_on=0))
        stamps.add(run(draft).stamp)
    assert len(stamps) == 3
    assert len(run(lambda store: store.offer_drafts.all())) == 1


def test_drafts_stand_in_order_and_go_one_by_one(run: Run) -> None:
    for key in ("b", "a"):
        run(lambda store, key=key: store.offer_drafts.put(make_offer(key), CHANGE, based_on=0))  # type: ignore[misc]
    assert [each.offer.id for each in run(lambda store: store.offer_drafts.all())] == ["a", "b"]
    assert run(lambda store: [store.offer_drafts.drop("a"), store.offer_drafts.drop("a")]) == [True, False]
    assert run(lambda store: store.offer_drafts.get("a")) is None
    assert run(lambda store: store.offer_drafts.get("b")) is not None


def test_what_nobody_writes_on_for_a_year_goes(run: Run) -> None:
    run(lambda store: store.offer_drafts.put(make_offer("a"), CHANGE, based_on=0))
    run(lambda store: store.retention.apply(NOW + timedelta(days=364)))
    assert len(run(lambda store: store.offer_drafts.all())) == 1
    later = replace(CHANGE, at=NOW + timedelta(days=364))
    run(lambda store: store.offer_drafts.put(make_offer("b"), later, based_on=0))
    run(lambda store: store.retention.apply(NOW + timedelta(days=365)))
    assert [each.offer.id for each in run(lambda store: store.offer_drafts.all())] == ["b"]
