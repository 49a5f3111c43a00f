"""People: members of staff, and names that do not print themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    LAWYER = "lawyer"
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"


@dataclass
class Staff:
    id: str
    username: str
    name: str
    role: Role
    password_hash: str
    active: bool = True
    must_change_password: bool = False
    created_at: datetime | None = None


def mask(text: str, keep_start: int = 1, keep_end: int = 0) -> str:
    """``张三丰`` -> ``张**``: for lists and logs, where the whole value has no business.

    A text shorter than what would be kept is masked whole.
    """
    if len(text) <= keep_start + keep_end:
        return "*" * len(text)
    hidden = len(text) - keep_start - keep_end
    return text[:keep_start] + "*" * hidden + (text[-keep_end:] if keep_end else "")
