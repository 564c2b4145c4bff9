"""One message from a newcomer: what it may change, how often, and by which address they come back."""

import asyncio
from datetime import timedelta

import pytest

from bot.house import House
from bot.newcomer_desk import NewcomerDesk
from dialogs.messages import Message
from storage.errors import NotSaved, StorageError
from tests.bot.people import Newcomer, Worker, rows, stored
from tests.doors import TOWN, Clock

FIRST = Message(id="form-0001", text="I need a flat")


def test_looking_stores_nothing(house: House, newcomer: Newcomer) -> None:
    before = rows(house)
    assert [reply.key for reply in newcomer.looks().rendered] == ["welcome"]
    newcomer.address = "somebody-elses-cookie"
    newcomer.looks()
    assert rows(house) == before


def test_the_same_message_twice_changes_nothing(house: House, newcomer: Newcomer) -> None:
    newcomer.consents()
    newcomer.taps("town:here")
    before, seen = rows(house), newcomer.seen
    again = newcomer.send(newcomer.sent)
    assert again.replies == ()
    assert again.view.rendered == seen
    assert rows(house) == before


def test_the_very_first_message_twice_is_the_same_guest(house: House) -> None:
    one, again = Newcomer(house).send(FIRST), Newcomer(house).send(FIRST)
    assert one.address == again.address
    assert one.view.rendered == again.view.rendered
    assert rows(house)["accounts"] == 1


def test_an_unknown_address_is_never_taken_over(house: House) -> None:
    planted = Newcomer(house, address="kplanted-by-somebody-else")
    assert planted.says("I need a flat").address != "kplanted-by-somebody-else"
    assert stored(house, lambda s: s.accounts.find("webchat", "kplanted-by-somebody-else")) is None


def test_the_terminal_keeps_the_name_it_was_given(house: House) -> None:
    amal = Newcomer(house, door="terminal", address="amal")
    assert amal.consents().address == "amal"


def test_with_the_consent_the_address_changes_and_the_former_ends_when_the_new_one_is_used(
    house: House, newcomer: Newcomer
) -> None:
    newcomer.names_a_need()
    guest = newcomer.address
    newcomer.taps("urgency:has_time")
    newcomer.taps("more:yes")
    newcomer.taps("consent:yes")
    known = newcomer.address
    assert known != guest
    lost = Newcomer(house, address=guest)  # the answer with the new address did not arrive
    assert [reply.key for reply in lost.looks().rendered] == ["intake.town"]
    assert lost.says("/mydata").address == known
    newcomer.says("/continue")
    assert newcomer.address == known
    assert [reply.key for reply in lost.looks().rendered] == ["intake.town"]  # by now it has the new one
    former = Newcomer(house, address=guest)
    assert [reply.key for reply in former.looks().rendered] == ["welcome"]


def test_a_guest_who_wants_a_person_is_kept_from_then_on(house: House, newcomer: Newcomer) -> None:
    newcomer.names_a_need()
    guest = newcomer.address
    newcomer.asks_for_a_person()
    assert newcomer.address != guest
    account = stored(house, lambda s: s.accounts.find("webchat", newcomer.address or ""))
    assert account is not None
    assert not account.guest


def test_what_the_storage_cannot_do_reaches_the_caller_and_may_be_sent_again(
    house: House, newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer.consents()

    def full(*_: object) -> None:
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr("storage.conversations.Conversations.save", full)
        with pytest.raises(StorageError, match="disk"):
            newcomer.taps("town:here")
    assert [reply.key for reply in newcomer.send(newcomer.sent).replies] == ["intake.age"]


def test_after_an_erasure_nothing_is_left_and_the_same_form_again_says_so(
    house: House, newcomer: Newcomer
) -> None:
    empty = rows(house)
    newcomer.consents()
    newcomer.says("/delete")
    address = newcomer.address
    gone = newcomer.taps("ask:yes")
    assert not gone.kept
    assert [reply.key for reply in gone.view.rendered] == ["erase.done"]
    left = rows(house)
    assert {"accounts", "addresses", "conversations", "contacts", "ledger", "persons"}.isdisjoint(left)
    assert left.keys() - empty.keys() <= {"updates", "tallies", "protocols", "erasures"}
    newcomer.address = address
    again = newcomer.send(newcomer.sent)
    assert not again.kept
    assert [reply.key for reply in again.view.rendered] == ["erase.done"]
    assert rows(house) == left


def test_someone_erased_who_writes_again_is_a_new_guest(house: House, newcomer: Newcomer) -> None:
    newcomer.consents()
    newcomer.says("/delete")
    newcomer.taps("ask:yes")
    newcomer.says("hello")
    assert newcomer.looks().rendered
    account = stored(house, lambda s: s.accounts.find("webchat", newcomer.address or ""))
    assert account is not None
    assert account.guest


def test_letters_count_as_picked_up_once_the_person_looks(
    house: House, newcomer: Newcomer, guide: Worker, clock: Clock
) -> None:
    newcomer.asks_for_a_person()
    case = guide.takes()
    guide.writes(case, "Guten Tag")
    later = clock.now + timedelta(seconds=1)
    assert len(stored(house, lambda s: s.letters.not_picked_up(later))) == 1
    assert [letter.text for letter in newcomer.looks().letters] == ["Guten Tag"]
    assert stored(house, lambda s: s.letters.not_picked_up(later)) == ()


def test_what_retention_took_off_the_screen_leaves_a_way_on(
    house: House, newcomer: Newcomer, clock: Clock
) -> None:
    """The run went after thirty days, the account stays: the page must not be empty."""
    newcomer.consents()
    clock.now += timedelta(days=31)
    stored(house, lambda s: s.retention.apply(clock.now))
    view = newcomer.looks()
    assert [reply.key for reply in view.rendered] == ["menu.next"]
    newcomer.seen = view.rendered
    newcomer.taps("/need")
    assert newcomer.keys[-1] == "intake.need"


def test_a_message_is_capped_and_cleaned(house: House, newcomer: Newcomer, guide: Worker) -> None:
    newcomer.asks_for_a_person()
    case = guide.takes()
    newcomer.says("\u202e" + "a" * 3000)
    (letter,) = stored(house, lambda s: s.letters.of_case(case))
    assert letter.text == "a" * 2000


@pytest.mark.parametrize("message", [Message(id="v1"), Message(id="v2", text="   ")], ids=["voice", "spaces"])
def test_what_says_nothing_is_answered(newcomer: Newcomer, message: Message) -> None:
    assert newcomer.send(message).replies


def test_a_code_brings_back_once_and_the_newest_counts(house: House, newcomer: Newcomer) -> None:
    desk = NewcomerDesk(house)
    newcomer.consents()
    first = asyncio.run(desk.resume_code(TOWN, newcomer.address or ""))
    second = asyncio.run(desk.resume_code(TOWN, newcomer.address or ""))
    assert asyncio.run(desk.resume(TOWN, first, "here")) is None
    address = asyncio.run(desk.resume(TOWN, f" {second.lower()} ", "here"))
    assert [reply.key for reply in Newcomer(house, address=address).looks().rendered] == ["intake.town"]
    assert asyncio.run(desk.resume(TOWN, second, "here")) is None


def test_guests_get_no_code(house: House, newcomer: Newcomer) -> None:
    newcomer.names_a_need()
    assert asyncio.run(NewcomerDesk(house).resume_code(TOWN, newcomer.address or "")) == ""
    assert asyncio.run(NewcomerDesk(house).resume_code(TOWN, "unknown")) == ""


def test_codes_cannot_be_tried_out(house: House, newcomer: Newcomer) -> None:
    desk = NewcomerDesk(house)
    newcomer.consents()
    code = asyncio.run(desk.resume_code(TOWN, newcomer.address or ""))
    for number in range(10):
        assert asyncio.run(desk.resume(TOWN, f"WRONG{number}", "there")) is None
    assert asyncio.run(desk.resume(TOWN, code, "there")) is None
    assert asyncio.run(desk.resume(TOWN, code, "elsewhere")) is not None


def test_a_full_disk_is_not_told_as_a_wrong_code(
    house: House, newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer.consents()
    code = asyncio.run(NewcomerDesk(house).resume_code(TOWN, newcomer.address or ""))

    def full(*_: object) -> None:
        raise NotSaved("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr("storage.accounts.Accounts.add_address", full)
        with pytest.raises(NotSaved):
            asyncio.run(NewcomerDesk(house).resume(TOWN, code, "here"))
    assert asyncio.run(NewcomerDesk(house).resume(TOWN, code, "here")) is not None


def test_an_address_of_one_door_is_nothing_at_another(house: House, newcomer: Newcomer) -> None:
    newcomer.consents()
    other = Newcomer(house, door="terminal", address=newcomer.address)
    assert [reply.key for reply in other.looks().rendered] == ["welcome"]


def test_a_letter_from_a_device_that_was_signed_out_is_not_swallowed(house: House) -> None:
    """It is told that nothing was sent; it opens no second conversation in silence."""
    gone = Newcomer(house, address="k" + "x" * 43)
    received = gone.says("Please tell my guide that I am late")
    assert received.replies[0].key == "session.elsewhere"
    assert received.address.startswith("g")
    assert received.view.letters == ()


def test_opening_the_page_with_the_new_address_is_enough_to_end_the_former(
    house: House, newcomer: Newcomer
) -> None:
    newcomer.names_a_need()
    guest = newcomer.address
    newcomer.taps("urgency:has_time")
    newcomer.taps("more:yes")
    newcomer.taps("consent:yes")
    newcomer.looks()
    former = Newcomer(house, address=guest)
    assert [reply.key for reply in former.looks().rendered] == ["welcome"]
