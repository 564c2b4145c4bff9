from datetime import timedelta

import pytest

from casework.team import Member, Role
from storage import Store, TooManyTries
from storage.team import NameTaken
from tests.storage.builders import NOW
from tests.storage.conftest import Run


def joined(store: Store, name: str = "Ada", role: Role = Role.GUIDE) -> Member:
    store.team.invite(role, f"token of {name}", NOW)
    member = store.team.redeem(f"token of {name}", name, "hash", NOW)
    assert member is not None
    return member


def test_an_invitation_lets_one_person_in_once_in_the_role_it_was_made_for(run: Run) -> None:
    run(lambda store: store.team.invite(Role.DEPUTY, "token", NOW))
    looked = run(lambda store: (store.team.invitation("token", NOW), store.team.invitation("token", NOW)))
    assert looked[0] == looked[1] != None  # noqa: E711 - looking twice is the point
    member = run(lambda store: store.team.redeem("token", "Ada", "hash", NOW))
    assert member is not None
    assert (member.role, member.name, member.active) == (Role.DEPUTY, "Ada", True)
    assert run(lambda store: store.team.redeem("token", "Eve", "hash", NOW)) is None
    assert run(lambda store: store.team.invitation("token", NOW)) is None


@pytest.mark.parametrize(
    ("hours", "valid"), [(71, True), (72, False)], ids=["after 71 hours", "after 72 hours"]
)
def test_an_invitation_is_valid_for_72_hours(run: Run, hours: int, valid: bool) -> None:
    run(lambda store: store.team.invite(Role.GUIDE, "token", NOW))
    later = NOW + timedelta(hours=hours)
    assert (run(lambda store: store.team.redeem("token", "Ada", "hash", later)) is not None) is valid


def test_a_name_is_taken_once_in_a_town_and_the_invitation_is_not_spent_on_it(run: Run) -> None:
    run(joined)
    run(lambda store: store.team.invite(Role.GUIDE, "second", NOW))
    with pytest.raises(NameTaken):
        run(lambda store: store.team.redeem("second", " ADA ", "hash", NOW))
    assert run(lambda store: store.team.redeem("second", "Bea", "hash", NOW)) is not None


def test_members_are_found_by_name_whatever_its_capitals(run: Run) -> None:
    member = run(joined)
    assert run(lambda store: store.team.member_by_name("  aDa")) == member
    assert run(lambda store: store.team.member(member.id)) == member
    known = run(lambda store: store.team.credentials("ada"))
    assert known is not None
    assert (known.member, known.password_hash) == (member, "hash")
    assert run(lambda store: store.team.credentials("Eve")) is None


@pytest.mark.parametrize("password", ["hash", None], ids=["with a password", "without one"])
def test_an_invitation_says_of_a_member_whether_a_password_is_there(run: Run, password: str | None) -> None:
    """Of somebody new it says nothing."""
    run(lambda store: store.team.invite(Role.GUIDE, "first", NOW))
    first = run(lambda store: store.team.invitation("first", NOW))
    assert first is not None
    assert first.passwordless is False
    member = run(lambda store: store.team.redeem("first", "Ada", password, NOW))
    assert member is not None
    run(lambda store: store.team.invite(Role.GUIDE, "second", NOW, member_id=member.id))
    second = run(lambda store: store.team.invitation("second", NOW))
    assert second is not None
    assert (second.name, second.passwordless) == ("Ada", password is None)


def test_an_invitation_for_a_member_renews_the_password_and_nothing_else(run: Run) -> None:
    member = run(joined)
    run(lambda store: store.team.invite(Role.LEAD, "renewal", NOW, member_id=member.id))
    assert run(lambda store: store.team.redeem("renewal", "Eve", "new hash", NOW)) == member
    known = run(lambda store: store.team.credentials("Ada"))
    assert known is not None
    assert known.password_hash == "new hash"
    assert run(lambda store: store.team.members()) == (member,)


@pytest.mark.parametrize(
    ("used_after", "looked_after", "open_"),
    [
        ((), timedelta(hours=11), True),
        ((), timedelta(hours=12), False),
        ((timedelta(hours=11),), timedelta(hours=22), True),
        (tuple(timedelta(hours=10 * n) for n in range(1, 72)), timedelta(days=29, hours=23), True),
        (tuple(timedelta(hours=10 * n) for n in range(1, 73)), timedelta(days=30), False),
    ],
    ids=[
        "11 h idle",
        "12 h idle",
        "used meanwhile",
        "30 days less an hour, always used",
        "30 days, always used",
    ],
)
def test_a_session_ends_when_idle_or_old(
    run: Run, used_after: tuple[timedelta, ...], looked_after: timedelta, open_: bool
) -> None:
    member = run(joined)

    def used(store: Store) -> Member | None:
        store.sessions.open("cookie", member.id, NOW)
        for after in used_after:
            store.sessions.member("cookie", NOW + after)
        return store.sessions.member("cookie", NOW + looked_after)

    assert run(used) == (member if open_ else None)


def test_signing_out_ends_the_session(run: Run) -> None:
    member = run(joined)
    run(lambda store: store.sessions.open("cookie", member.id, NOW))
    run(lambda store: store.sessions.end("cookie"))
    assert run(lambda store: store.sessions.member("cookie", NOW)) is None


def test_revoking_a_member_ends_sessions_and_invitations_at_once(run: Run) -> None:
    member = run(joined)
    run(lambda store: store.sessions.open("cookie", member.id, NOW))
    run(lambda store: store.team.invite(Role.VOLUNTEER, "from them", NOW, invited_by=member.id))
    run(lambda store: store.team.invite(Role.GUIDE, "for them", NOW, member_id=member.id))
    assert run(lambda store: store.team.revoke(member.id, NOW))
    assert run(lambda store: store.sessions.member("cookie", NOW)) is None
    looked = run(lambda store: [store.team.invitation(token, NOW) for token in ("from them", "for them")])
    assert looked == [None, None]
    known = run(lambda store: store.team.credentials("Ada"))
    assert known is not None
    assert not known.member.active
    assert not run(lambda store: store.team.revoke("unknown", NOW))


def test_a_resume_code_leads_back_once_however_it_is_typed(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    code = run(lambda store: store.resume.issue(account.id, NOW))
    assert len(code) == 19
    typed = code.lower().replace("-", " ").replace("o", "0").replace("i", "1").replace("b", "8")
    assert run(lambda store: store.resume.redeem(typed, NOW, "from")) == account.id
    assert run(lambda store: store.resume.redeem(code, NOW, "from")) is None


def test_a_new_resume_code_voids_the_former(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    former, code = (run(lambda store: store.resume.issue(account.id, NOW)) for _ in range(2))
    assert run(lambda store: store.resume.redeem(former, NOW, "from")) is None
    assert run(lambda store: store.resume.redeem(code, NOW, "from")) == account.id


def test_ten_codes_an_hour_may_be_tried_from_one_place(run: Run) -> None:
    account = run(lambda store: store.accounts.create("webchat", "one", NOW))
    code = run(lambda store: store.resume.issue(account.id, NOW))
    for _ in range(10):
        assert run(lambda store: store.resume.redeem("AAAA", NOW, "here")) is None
    with pytest.raises(TooManyTries):
        run(lambda store: store.resume.redeem(code, NOW + timedelta(minutes=59), "here"))
    assert run(lambda store: store.resume.redeem("AAAA", NOW, "elsewhere")) is None
    assert run(lambda store: store.resume.redeem(code, NOW + timedelta(minutes=60), "here")) == account.id


def test_a_renewal_lets_someone_revoked_back_in_and_ends_older_sessions(run: Run) -> None:
    member = run(joined)
    run(lambda store: store.team.revoke(member.id, NOW))
    run(lambda store: store.team.invite(member.role, "renewal", NOW, member_id=member.id))
    invitation = run(lambda store: store.team.invitation("renewal", NOW))
    assert invitation is not None
    assert (invitation.member, invitation.name) == (member.id, "Ada")
    run(lambda store: store.sessions.open("old", member.id, NOW))
    assert run(lambda store: store.team.redeem("renewal", "", "new hash", NOW)) == member
    assert run(lambda store: store.sessions.member("old", NOW)) is None
    known = run(lambda store: store.team.credentials("Ada"))
    assert known is not None
    assert (known.member.active, known.password_hash) == (True, "new hash")
