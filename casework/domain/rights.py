"""What each role may do. The one table; everything that checks a right asks it."""

from __future__ import annotations

from casework.domain.errors import NotAllowed
from casework.domain.matter import MatterKind
from casework.domain.people import Role, Staff

# Who talks with citizens.
TALKS = frozenset({Role.LAWYER, Role.SUPERVISOR})

# Whose matters each role sees and moves on.
MATTERS: dict[Role, frozenset[MatterKind]] = {
    Role.CLERK: frozenset(MatterKind),
    Role.SUPERVISOR: frozenset(MatterKind),
    Role.LAWYER: frozenset({MatterKind.CONSULTATION, MatterKind.LEGAL_AID}),
    Role.OPERATOR: frozenset(),
}

# Who may open a sealed matter (信访工作条例 30), for a reason that is written down.
UNSEALS = frozenset({Role.SUPERVISOR})

# Who runs the installation: accounts and deliveries that came to nothing.
RUNS = frozenset({Role.OPERATOR, Role.SUPERVISOR})


def require(staff: Staff, roles: frozenset[Role]) -> None:
    """Raise ``NotAllowed`` unless the account is active and has one of these roles."""
    if not staff.active or staff.role not in roles:
        raise NotAllowed(staff.role)


def require_matter(staff: Staff, kind: MatterKind) -> None:
    """Raise ``NotAllowed`` unless this member of staff works on matters of this kind."""
    if not staff.active or kind not in MATTERS[staff.role]:
        raise NotAllowed(staff.role)
