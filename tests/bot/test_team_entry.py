"""How a member comes in and goes out: invitations, passwords, sessions, and who may invite whom."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.case_views import Done
from bot.house import House
from bot.team_entry import SignedIn, TeamEntry
from casework.team import Role
from dialogs.conversation import Owner
from tests.bot.people import Newcomer, Worker, joined, rows, stored
from tests.doors import TOWN, Clock

PASSWORD = "vier-worte-aus-dem-buch"


@pytest.fixture
def entry(house: House) -> TeamEntry:
    return TeamEntry(house, demo=True)


def invite(entry: TeamEntry, role: Role = Role.GUIDE) -> str:
    return asyncio.run(entry.invited(TOWN, role))


def enter(entry: TeamEntry, token: str, name: str = "Gül", password: str | None = None) -> str | None:
    return asyncio.run(entry.enter(token, name, password))


def signed_in(entry: TeamEntry, session: str | None) -> SignedIn | None:
    return asyncio.run(entry.member(session)) if session else None


def test_looking_at_an_invitation_does_not_spend_it_and_entering_does(entry: TeamEntry) -> None:
    token = invite(entry)
    for _ in range(2):
        found = asyncio.run(entry.invitation(token))
        assert found is not None
        assert found.role is Role.GUIDE
    member = signed_in(entry, enter(entry, token))
    assert member is not None
    assert (member.name, member.role, member.town) == ("Gül", Role.GUIDE, TOWN)
    assert asyncio.run(entry.invitation(token)) is None
    assert enter(entry, token, "Ben") is None


@pytest.mark.parametrize(("hours", "good"), [(71, True), (72, False)])
def test_an_invitation_is_good_for_72_hours(entry: TeamEntry, clock: Clock, hours: int, good: bool) -> None:
    token = invite(entry)
    clock.now += timedelta(hours=hours)
    assert (asyncio.run(entry.invitation(token)) is not None) is good
    assert (enter(entry, token) is not None) is good


@pytest.mark.parametrize("name", ["", "   "])
def test_nobody_enters_without_a_name(entry: TeamEntry, name: str) -> None:
    token = invite(entry)
    assert enter(entry, token, name) is None
    assert enter(entry, token, "Gül") is not None


@pytest.mark.parametrize("password", ["", "kurz", "neunzeich"])
def test_a_password_has_ten_characters_at_least_and_a_short_one_spends_nothing(
    entry: TeamEntry, password: str
) -> None:
    token = invite(entry)
    assert enter(entry, token, "Gül", password) is None
    assert enter(entry, token, "Gül", "zehnzeiche") is not None


def test_a_name_on_the_team_is_taken_and_the_invitation_still_good(entry: TeamEntry) -> None:
    enter(entry, invite(entry), "Gül")
    token = invite(entry)
    assert enter(entry, token, " gÜL ") is None
    assert enter(entry, token, "Ben") is not None


def test_signing_in_takes_the_right_name_and_password(entry: TeamEntry) -> None:
    enter(entry, invite(entry), "Gül", PASSWORD)
    enter(entry, invite(entry), "Ohne Passwort")

    def tried(town: str, name: str, password: str) -> bool:
        return signed_in(entry, asyncio.run(entry.sign_in(town, name, password))) is not None

    assert tried(TOWN, " gül", PASSWORD)
    assert not tried(TOWN, "Gül", PASSWORD + "x")
    assert not tried(TOWN, "Gül", "")
    assert not tried(TOWN, "Niemand", PASSWORD)
    assert not tried(TOWN, "Ohne Passwort", "")
    assert not tried("niederau", "Gül", PASSWORD)


def test_a_name_nobody_has_costs_one_check_like_any_other(
    entry: TeamEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock must not tell who is on the team; hashing anew each time would take twice as long."""
    enter(entry, invite(entry), "Gül", PASSWORD)
    asyncio.run(entry.sign_in(TOWN, "Gül", "wrong-password"))
    hashed: list[str] = []
    monkeypatch.setattr("argon2.PasswordHasher.hash", lambda _, password: hashed.append(password))
    assert asyncio.run(entry.sign_in(TOWN, "Niemand", PASSWORD)) is None
    assert hashed == []


def test_a_session_ends_by_signing_out_and_by_itself(entry: TeamEntry, clock: Clock) -> None:
    enter(entry, invite(entry), "Gül", PASSWORD)
    first = asyncio.run(entry.sign_in(TOWN, "Gül", PASSWORD)) or ""
    second = asyncio.run(entry.sign_in(TOWN, "Gül", PASSWORD)) or ""
    asyncio.run(entry.sign_out(first))
    assert signed_in(entry, first) is None
    assert signed_in(entry, second) is not None
    clock.now += timedelta(hours=12)
    assert signed_in(entry, second) is None


def test_revoking_ends_sessions_password_and_open_invitations(house: House, entry: TeamEntry) -> None:
    lead = joined(house, Role.LEAD, "Leitung").signed_in
    session = enter(entry, invite(entry), "Gül", PASSWORD) or ""
    guide = signed_in(entry, session)
    assert guide is not None
    token = asyncio.run(entry.invite(guide, Role.DEPUTY))
    done = asyncio.run(entry.revoke(lead, guide.id))
    assert done == Done(ok=True, sentence="Gül hat keinen Zugang mehr.")
    assert signed_in(entry, session) is None
    assert asyncio.run(entry.sign_in(TOWN, "Gül", PASSWORD)) is None
    assert asyncio.run(entry.invitation(token)) is None


@pytest.mark.parametrize(
    ("who", "whom", "may"),
    [
        (Role.LEAD, Role.GUIDE, True),
        (Role.LEAD, Role.LEAD, True),
        (Role.GUIDE, Role.DEPUTY, True),
        (Role.GUIDE, Role.VOLUNTEER, True),
        (Role.GUIDE, Role.GUIDE, False),
        (Role.GUIDE, Role.LEAD, False),
        (Role.DEPUTY, Role.VOLUNTEER, False),
        (Role.VOLUNTEER, Role.VOLUNTEER, False),
    ],
)
def test_one_invites_and_revokes_only_whom_one_may_appoint(
    house: House, entry: TeamEntry, who: Role, whom: Role, may: bool
) -> None:
    member, other = joined(house, who, "Eins").signed_in, joined(house, whom, "Zwei").signed_in
    before = rows(house).get("invitations", 0)
    try:
        asyncio.run(entry.invite(member, whom))
    except PermissionError:
        assert not may
    assert rows(house).get("invitations", 0) == before + may
    done = asyncio.run(entry.revoke(member, other.id))
    assert done.ok is may
    assert may or done.sentence == "Das darf Ihre Rolle nicht. Fragen Sie die Leitung."


def test_a_member_who_was_revoked_meanwhile_may_do_nothing(house: House, entry: TeamEntry) -> None:
    gone = replace(joined(house, Role.LEAD, "Leitung").signed_in, active=False)
    other = joined(house, Role.GUIDE, "Gül").signed_in
    with pytest.raises(PermissionError):
        asyncio.run(entry.invite(gone, Role.GUIDE))
    assert not asyncio.run(entry.revoke(gone, other.id)).ok


def test_tokens_of_another_town_open_nothing(house: House) -> None:
    """The same writer, two towns: a token says its town, and with another town's name it is unknown."""
    two = replace(house, towns={TOWN: house.towns[TOWN], "niederau": house.towns[TOWN]})
    entry = TeamEntry(two, demo=True)
    invitation, session = invite(entry), enter(entry, invite(entry), "Gül", PASSWORD) or ""
    for foreign in ("niederau", "atlantis", ""):
        assert asyncio.run(entry.invitation(invitation.replace(TOWN, foreign))) is None
        assert asyncio.run(entry.member(session.replace(TOWN, foreign))) is None
        asyncio.run(entry.sign_out(session.replace(TOWN, foreign)))
    assert asyncio.run(entry.sign_in("niederau", "Gül", PASSWORD)) is None
    assert asyncio.run(entry.member(session)) is not None
    assert stored(two, lambda s: [member.name for member in s.team.members()]) == ["Gül"]


@pytest.mark.parametrize(
    ("role", "enters"),
    [(Role.GUIDE, False), (Role.DEPUTY, False), (Role.LEAD, False), (Role.VOLUNTEER, True)],
)
def test_outside_the_demo_who_reads_cases_or_appoints_needs_a_password(
    house: House, role: Role, enters: bool
) -> None:
    entry = TeamEntry(house)
    token = invite(entry, role)
    assert (enter(entry, token, "Gül", None) is not None) is enters
    assert enters or enter(entry, token, "Gül", PASSWORD) is not None


def test_renewing_gives_a_member_a_new_password_and_keeps_the_cases(
    house: House, entry: TeamEntry, newcomer: Newcomer
) -> None:
    lead = joined(house, Role.LEAD, "Leitung").signed_in
    session = enter(entry, invite(entry), "Gül", PASSWORD) or ""
    guide = signed_in(entry, session)
    assert guide is not None
    newcomer.asks_for_a_person()
    case = Worker(house, guide).takes()
    token = asyncio.run(entry.renew(lead, guide.id))
    found = asyncio.run(entry.invitation(token))
    assert found is not None
    assert (found.name, found.role) == ("Gül", Role.GUIDE)
    again = signed_in(entry, enter(entry, token, "", "ein neues Passwort"))
    assert again == guide
    assert signed_in(entry, session) is None
    assert asyncio.run(entry.sign_in(TOWN, "Gül", PASSWORD)) is None
    assert asyncio.run(entry.sign_in(TOWN, "Gül", "ein neues Passwort")) is not None
    assert stored(house, lambda s: [one.id for one in s.cases.owned_by(guide.id)]) == [case]
    assert enter(entry, token, "", "ein drittes Passwort") is None


def test_someone_revoked_comes_back_only_by_a_renewal(house: House, entry: TeamEntry) -> None:
    lead = joined(house, Role.LEAD, "Leitung").signed_in
    guide = signed_in(entry, enter(entry, invite(entry), "Gül", PASSWORD))
    assert guide is not None
    before = asyncio.run(entry.renew(lead, guide.id))
    asyncio.run(entry.revoke(lead, guide.id))
    assert enter(entry, before, "Gül", PASSWORD) is None
    assert enter(entry, invite(entry), "Gül", PASSWORD) is None
    token = asyncio.run(entry.renewed(TOWN, " gül ")) or ""
    back = signed_in(entry, enter(entry, token, "", "ein neues Passwort"))
    assert back == guide
    assert asyncio.run(entry.renewed(TOWN, "Niemand")) is None


def test_one_renews_only_whom_one_may_appoint(house: House, entry: TeamEntry) -> None:
    guide, other = joined(house, Role.GUIDE, "Eins").signed_in, joined(house, Role.GUIDE, "Zwei").signed_in
    for unknown in (other.id, "nobody"):
        with pytest.raises(PermissionError):
            asyncio.run(entry.renew(guide, unknown))


def test_the_cases_of_someone_revoked_are_open_again_and_the_person_hears_it(
    house: House, entry: TeamEntry, newcomer: Newcomer
) -> None:
    lead, guide = joined(house, Role.LEAD, "Leitung").signed_in, joined(house)
    other = joined(house, Role.DEPUTY, "Ben Weiß")
    newcomer.asks_for_a_person()
    case = guide.takes()
    done = asyncio.run(entry.revoke(lead, guide.signed_in.id))
    assert done == Done(ok=True, sentence="Gül Aydın hat keinen Zugang mehr. Wieder offen: Fall 1.")
    assert other.only_case() == case
    view = newcomer.looks()
    assert (view.owner, view.waiting) == (Owner.BOT, True)
    assert [reply.key for reply in view.rendered] == ["handover.given_back"]


class SlowHasher:
    """Takes its time over each password and tells how many it had at once."""

    def __init__(self) -> None:
        self.now = self.most = self.done = 0

    def verify(self, hashed: str, password: str) -> bool:
        self.now += 1
        self.most = max(self.most, self.now)
        time.sleep(0.02)
        self.now -= 1
        self.done += 1
        return True

    def hash(self, password: str) -> str:
        return "hash"


def test_passwords_are_looked_at_one_after_the_other(entry: TeamEntry) -> None:
    """Each takes 64 MB: who tries many names at once must not fill the machine's memory."""
    entry._hasher = hasher = SlowHasher()  # type: ignore[assignment]

    async def five_at_once() -> None:
        await asyncio.gather(*(entry.sign_in(TOWN, f"name {number}", PASSWORD) for number in range(5)))

    asyncio.run(five_at_once())
    assert (hasher.done, hasher.most) == (5, 1)
