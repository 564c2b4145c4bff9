"""Who works for a town and what each role may do; it knows no password, no session and no page."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    GUIDE = "guide"
    DEPUTY = "deputy"
    LEAD = "lead"
    VOLUNTEER = "volunteer"


ROLE_LABELS: Mapping[Role, str] = {
    Role.GUIDE: "Integrationsguide",
    Role.DEPUTY: "Vertretung",
    Role.LEAD: "Leitung",
    Role.VOLUNTEER: "Ehrenamt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    id: str
    role: Role
    name: str
    active: bool = True


_CASEWORK = frozenset({Role.GUIDE, Role.DEPUTY})
_STAFF = _CASEWORK | {Role.LEAD}
_LEAD = frozenset({Role.LEAD})

# The lead sees figures and complaints, never a case: to answer for the work is no reason to read.
PERMISSIONS: Mapping[str, frozenset[Role]] = {
    "queue.read": _CASEWORK,
    "case.read": _CASEWORK,
    "case.take": _CASEWORK,
    "case.not_now": _CASEWORK,
    "case.write": _CASEWORK,
    "case.close": _CASEWORK,
    "case.give_back": _CASEWORK,
    "case.erase": _CASEWORK,
    "contact.note": _CASEWORK,
    "report.read": _STAFF,
    "catalogue.read": _STAFF,
    "catalogue.write": _STAFF,
    "offer.check": _STAFF,
    "gap.note": _STAFF,
    "team.read": _STAFF,
    "team.invite": frozenset({Role.GUIDE, Role.LEAD}),
    "team.revoke": frozenset({Role.GUIDE, Role.LEAD}),
    "audit.read": _LEAD,
    "complaint.read": _LEAD,
    "complaint.answer": _LEAD,
    "self.sign_out": frozenset(Role),
    "self.reach": frozenset(Role),
}

_APPOINTS: Mapping[Role, frozenset[Role]] = {
    Role.LEAD: frozenset(Role),
    Role.GUIDE: frozenset({Role.DEPUTY, Role.VOLUNTEER}),
}


def may(role: Role, action: str) -> bool:
    """Whether the role may do it; what is not declared here nobody may do."""
    return role in PERMISSIONS.get(action, frozenset())


def allows(member: Member, action: str) -> bool:
    """As `may`, for someone who may have been revoked since."""
    return member.active and may(member.role, action)


def may_appoint(role: Role, other: Role) -> bool:
    """Whether the role may invite, and revoke, someone of the `other` role."""
    return other in _APPOINTS.get(role, frozenset())
