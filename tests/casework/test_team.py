import pytest

from casework.team import PERMISSIONS, ROLE_LABELS, Member, Role, allows, may, may_appoint

ON_CASES = [action for action in PERMISSIONS if action.startswith(("case.", "queue."))]


@pytest.mark.parametrize("role", Role, ids=str)
@pytest.mark.parametrize("action", ["case.fly", "", "CASE.READ", "case"])
def test_what_is_not_declared_nobody_may_do(role: Role, action: str) -> None:
    assert not may(role, action)


@pytest.mark.parametrize("action", ON_CASES)
@pytest.mark.parametrize(
    ("role", "allowed"),
    [(Role.GUIDE, True), (Role.DEPUTY, True), (Role.LEAD, False), (Role.VOLUNTEER, False)],
    ids=str,
)
def test_cases_are_for_guides_and_their_deputies(role: Role, allowed: bool, action: str) -> None:
    assert may(role, action) is allowed


@pytest.mark.parametrize("action", ["complaint.read", "complaint.answer", "audit.read"])
def test_complaints_and_who_read_what_are_for_the_lead_alone(action: str) -> None:
    assert [role for role in Role if may(role, action)] == [Role.LEAD]


@pytest.mark.parametrize("action", PERMISSIONS)
@pytest.mark.parametrize("role", Role, ids=str)
def test_who_was_revoked_may_do_nothing(role: Role, action: str) -> None:
    assert not allows(Member(id="m", role=role, name="Ada", active=False), action)
    assert allows(Member(id="m", role=role, name="Ada"), action) is may(role, action)


def test_the_lead_appoints_everyone_and_a_guide_those_who_help() -> None:
    appointed = {role: [other for other in Role if may_appoint(role, other)] for role in Role}
    assert appointed == {
        Role.LEAD: list(Role),
        Role.GUIDE: [Role.DEPUTY, Role.VOLUNTEER],
        Role.DEPUTY: [],
        Role.VOLUNTEER: [],
    }


def test_whoever_may_invite_at_all_may_appoint_someone() -> None:
    assert {role for role in Role if may(role, "team.invite")} == {
        role for role in Role if any(may_appoint(role, other) for other in Role)
    }


def test_every_role_has_a_name_on_the_desk() -> None:
    assert set(ROLE_LABELS) == set(Role)
