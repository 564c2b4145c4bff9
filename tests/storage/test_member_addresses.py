from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from casework.team import Member, Role
from storage import Store
from tests.storage.builders import NOW
from tests.storage.conftest import Run

CHAT = "4711"


def given_member(run: Run, name: str = "Ada", role: Role = Role.GUIDE) -> Member:
    def joined(store: Store) -> Member:
        store.team.invite(role, f"token of {name}", NOW)
        member = store.team.redeem(f"token of {name}", name, None, NOW)
        assert member is not None
        return member

    return run(joined)


def reached(run: Run, chat: str = CHAT) -> str | None:
    found = run(lambda store: store.member_addresses.at("team_telegram", chat))
    return found.member.name if found is not None else None


def put(run: Run, member: Member, chat: str = CHAT, channel: str = "team_telegram") -> None:
    run(lambda store: store.member_addresses.put(member.id, channel, chat, NOW))


def test_a_member_is_found_by_their_chat(run: Run) -> None:
    put(run, given_member(run))
    assert (reached(run), reached(run, "4712")) == ("Ada", None)


def test_a_member_has_one_address_in_each_channel(run: Run) -> None:
    ada = given_member(run)
    put(run, ada)
    put(run, ada, "4712")
    put(run, ada, "ada@example.org", "mail")
    found = run(lambda store: store.member_addresses.of_member(ada.id))
    assert [(way.channel, way.address) for way in found] == [
        ("mail", "ada@example.org"),
        ("team_telegram", "4712"),
    ]


def test_a_chat_leads_to_one_member(run: Run) -> None:
    """Who comes in with a phone that somebody else had used is reached there alone."""
    put(run, given_member(run))
    put(run, given_member(run, "Bea"))
    assert reached(run) == "Bea"


def test_what_waits_for_an_address_is_there_also_while_somebody_sends_it(run: Run) -> None:
    """With what it is about; what has been sent does not wait, nor what another address is told."""

    def add(store: Store) -> None:
        account = store.accounts.create("webchat", "session", NOW).id
        gone = store.outbox.add(account, "team_telegram", CHAT, "sent", NOW, lease=True)
        store.outbox.mark_sent(gone, NOW)
        store.outbox.add(account, "team_telegram", CHAT, "held", NOW, subject="open:1", lease=True)
        store.outbox.add(None, "team_telegram", CHAT, "idle", NOW)
        store.outbox.add(None, "team_telegram", "4712", "elsewhere", NOW)

    run(add)
    waiting = run(lambda store: store.member_addresses.waiting("team_telegram", CHAT, NOW))
    assert [(row.body, subject) for row, subject in waiting] == [("held", "open:1"), ("idle", None)]


def test_whose_access_ends_is_reached_nowhere(run: Run) -> None:
    ada = given_member(run)
    put(run, ada)
    run(lambda store: store.team.revoke(ada.id, NOW))
    assert reached(run) is None
    assert run(lambda store: store.member_addresses.of_roles(Role)) == ()


@pytest.mark.parametrize(
    "end",
    [
        lambda store, member: store.team.revoke(member, NOW),
        lambda store, member: store.member_addresses.drop(member, "team_telegram"),
    ],
    ids=["the access ends", "the chat is parted"],
)
def test_what_waits_for_a_former_address_is_not_sent_any_more(
    run: Run, end: Callable[[Store, str], bool]
) -> None:
    """What waits for others is."""
    ada, bea = given_member(run), given_member(run, "Bea")
    for member, chat in ((ada, CHAT), (bea, "4712")):
        put(run, member, chat)
        run(partial(wait_for, chat=chat))
    run(lambda store: end(store, ada.id))
    assert [row.address for row in run(lambda store: store.outbox.lease(NOW))] == ["4712"]


def wait_for(store: Store, chat: str) -> None:
    store.outbox.add(None, "team_telegram", chat, "case 1 waits", NOW)


def test_who_comes_back_is_not_reached_at_the_former_address(run: Run) -> None:
    ada = given_member(run)
    put(run, ada)
    run(lambda store: store.team.revoke(ada.id, NOW))
    run(lambda store: store.team.invite(Role.GUIDE, "again", NOW, member_id=ada.id))
    run(lambda store: store.team.redeem("again", "", None, NOW))
    assert reached(run) is None


def test_addresses_are_found_by_role(run: Run) -> None:
    put(run, given_member(run))
    put(run, given_member(run, "Bea", Role.VOLUNTEER), "4712")
    found = run(lambda store: store.member_addresses.of_roles([Role.VOLUNTEER]))
    assert [way.member.name for way in found] == ["Bea"]


def test_what_is_written_goes_to_the_case_chosen_last(run: Run) -> None:
    put(run, given_member(run))
    run(lambda store: store.member_addresses.write_to("team_telegram", CHAT, "c" * 32))
    found = run(lambda store: store.member_addresses.at("team_telegram", CHAT))
    assert found is not None
    assert found.writing_to == "c" * 32


def marked(store: Store, at: datetime | None) -> None:
    store.member_addresses.mark_unreachable("team_telegram", CHAT, at)


def test_unreachable_is_remembered_until_they_are_heard_of(run: Run) -> None:
    put(run, given_member(run))
    for at in (NOW, None):
        run(partial(marked, at=at))
        found = run(lambda store: store.member_addresses.at("team_telegram", CHAT))
        assert found is not None
        assert found.unreachable_at == at


def test_a_chat_that_moved_is_followed(run: Run) -> None:
    put(run, given_member(run))
    assert run(lambda store: store.member_addresses.move("team_telegram", CHAT, "-100", NOW))
    assert (reached(run), reached(run, "-100")) == (None, "Ada")
