from dataclasses import replace
from datetime import timedelta

from catalog.offer import Offer
from storage import Store
from storage.catalogue import Change
from tests.storage.builders import CHANGE, NOW, OTHER_TOWN, make_offer
from tests.storage.conftest import Run

LATER = Change(by="guide", why="new hours", at=NOW + timedelta(days=1))


def shown(store: Store) -> list[str]:
    return [offer.id for offer in store.catalogue.offers()]


def test_offers_come_back_as_they_were_put(run: Run) -> None:
    offers = (make_offer("a"), make_offer("b", minimum_age=16, required_documents=({"de": "Ausweis"},)))
    assert run(lambda store: store.catalogue.put_offers(offers, CHANGE)) == ("a", "b")
    assert run(lambda store: store.catalogue.offers()) == offers


def test_only_what_changed_gets_a_new_version_and_the_old_one_stays(run: Run) -> None:
    before, after = make_offer("a"), make_offer("a", opening_hours="Mo 10:00-12:00")
    run(lambda store: store.catalogue.put_offers((before, make_offer("b")), CHANGE))
    assert run(lambda store: store.catalogue.put_offers((after, make_offer("b")), LATER)) == ("a",)
    history = run(lambda store: store.catalogue.history("a"))
    assert [(state.version, state.offer, state.by, state.why, state.at) for state in history] == [
        (2, after, "guide", "new hours", LATER.at),
        (1, before, "import", "first import", NOW),
    ]
    assert len(run(lambda store: store.catalogue.history("b"))) == 1


def test_the_version_grows_with_every_change_and_with_nothing_else(run: Run) -> None:
    def version_after(offers: tuple[Offer, ...], *, complete: bool = False) -> int:
        run(lambda store: store.catalogue.put_offers(offers, CHANGE, complete=complete))
        return run(lambda store: store.catalogue.version())

    assert run(lambda store: store.catalogue.version()) == 0
    a, b = make_offer("a"), make_offer("b")
    first, again = version_after((a,)), version_after((a,))
    second, third = version_after((b,)), version_after((replace(a, note="x"), b))
    gone, still = version_after((b,), complete=True), version_after((b,), complete=True)
    assert 0 < first == again < second < third < gone == still


def test_an_entry_that_a_whole_file_no_longer_names_is_withdrawn_but_kept(run: Run) -> None:
    run(lambda store: store.catalogue.put_offers((make_offer("a"), make_offer("b")), CHANGE))
    assert run(lambda store: store.catalogue.put_offers((make_offer("b"),), LATER, complete=True)) == ("a",)
    assert run(shown) == ["b"]
    assert [state.withdrawn for state in run(lambda store: store.catalogue.history("a"))] == [True, False]
    assert run(lambda store: store.catalogue.put_offers((make_offer("a"),), LATER)) == ("a",)
    assert run(shown) == ["a", "b"]


def test_a_towns_own_entries_are_those_that_it_shows_and_does_not_share(run: Run) -> None:
    run(lambda store: store.catalogue.share(["district"]))
    run(lambda store: store.catalogue.put_offers((make_offer("b"), make_offer("a")), CHANGE))
    run(lambda store: store.catalogue.put_offers((make_offer("c"),), CHANGE, shared="district"))
    run(lambda store: store.catalogue.withdraw("b", LATER))
    assert run(shown) == ["a", "c"]
    assert [offer.id for offer in run(lambda store: store.catalogue.own_offers())] == ["a"]


def test_an_entry_can_be_withdrawn_once(run: Run) -> None:
    run(lambda store: store.catalogue.put_offers((make_offer("a"),), CHANGE))
    done = run(lambda store: [store.catalogue.withdraw(key, LATER) for key in ("a", "a", "unknown")])
    assert done == [True, False, False]
    assert run(shown) == []


def test_shared_entries_are_kept_once_and_shown_in_each_town_that_shares_them(run: Run) -> None:
    run(lambda store: store.catalogue.put_offers((make_offer("hotline"),), CHANGE, shared="federal"))
    run(lambda store: store.catalogue.put_offers((make_offer("cafe"),), CHANGE))
    for town in ("erlenfels", OTHER_TOWN):
        run(lambda store: store.catalogue.share(["federal"]), town=town)
    assert run(shown) == ["cafe", "hotline"]
    assert run(shown, town=OTHER_TOWN) == ["hotline"]
    before = run(lambda store: store.catalogue.version(), town=OTHER_TOWN)
    changed = make_offer("hotline", phone="116 117")
    run(lambda store: store.catalogue.put_offers((changed,), LATER, shared="federal"))
    assert run(lambda store: store.catalogue.offers(), town=OTHER_TOWN) == (changed,)
    assert run(lambda store: store.catalogue.version(), town=OTHER_TOWN) > before


def test_a_town_that_stops_sharing_sees_its_own_alone_and_a_new_version(run: Run) -> None:
    run(lambda store: store.catalogue.share(["federal", "state"]))
    run(lambda store: store.catalogue.put_offers((make_offer("hotline"),), CHANGE, shared="federal"))
    before = run(lambda store: store.catalogue.version())
    run(lambda store: store.catalogue.share(["state"]))
    assert run(shown) == []
    after = run(lambda store: store.catalogue.version())
    run(lambda store: store.catalogue.share(["state"]))
    assert before < after == run(lambda store: store.catalogue.version())


def test_a_towns_own_entry_stands_before_a_shared_one_of_the_same_id(run: Run) -> None:
    run(lambda store: store.catalogue.share(["federal"]))
    own = make_offer("hotline", phone="116 117")
    run(lambda store: store.catalogue.put_offers((own,), CHANGE))
    run(lambda store: store.catalogue.put_offers((make_offer("hotline"),), CHANGE, shared="federal"))
    assert run(lambda store: store.catalogue.offers()) == (own,)


def test_entries_say_whose_they_are_and_keep_what_is_withdrawn(run: Run) -> None:
    """The town's own that it has withdrawn can be restored; those of others are simply gone."""
    run(lambda store: store.catalogue.share(["federal"]))
    run(lambda store: store.catalogue.put_offers((make_offer("a"), make_offer("b")), CHANGE))
    shared = make_offer("hotline"), make_offer("gone")
    run(lambda store: store.catalogue.put_offers(shared, CHANGE, shared="federal"))
    run(lambda store: store.catalogue.put_offers(shared[:1], CHANGE, shared="federal", complete=True))
    run(lambda store: store.catalogue.withdraw("b", LATER))
    found = run(lambda store: store.catalogue.entries())
    assert [(each.offer.id, each.version, each.withdrawn, each.shared) for each in found] == [
        ("a", 1, False, ""),
        ("b", 2, True, ""),
        ("hotline", 1, False, "federal"),
    ]
    keys = ("a", "b", "gone", "hotline", "unknown")
    one_by_one = run(lambda store: [store.catalogue.entry(key) for key in keys])
    assert one_by_one == [found[0], found[1], None, found[2], None]


def test_behind_an_own_entry_the_shared_one_of_its_id_stands_until_the_own_is_withdrawn(run: Run) -> None:
    run(lambda store: store.catalogue.share(["federal"]))
    run(lambda store: store.catalogue.put_offers((make_offer("hotline"),), CHANGE, shared="federal"))
    run(lambda store: store.catalogue.put_offers((make_offer("hotline", phone="116 117"),), CHANGE))

    def whose(store: Store) -> tuple[list[str], str]:
        entry = store.catalogue.entry("hotline")
        assert entry is not None
        return [each.shared for each in store.catalogue.entries()], entry.shared

    assert run(whose) == ([""], "")
    run(lambda store: store.catalogue.withdraw("hotline", LATER))
    assert run(whose) == (["federal"], "federal")
