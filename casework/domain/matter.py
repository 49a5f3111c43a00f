"""A matter: what a citizen confirmed, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from casework.domain.errors import BadTransition


class MatterKind(StrEnum):
    PETITION = "petition"  # 信访事项
    CONSULTATION = "consultation"  # 法律咨询
    MEDIATION = "mediation"  # 人民调解申请
    LEGAL_AID = "legal_aid"  # 法律援助申请


class MatterStatus(StrEnum):
    """A short form of the national system's statuses; ``NEXT`` says what may follow what."""

    SUBMITTED = "submitted"  # 已提交，待登记
    REGISTERED = "registered"  # 已登记 (信访工作条例 22)
    ACCEPTED = "accepted"  # 已受理
    FORWARDED = "forwarded"  # 已转送、交办
    REPLIED = "replied"  # 已作出处理意见 / 已答复
    CLOSED = "closed"  # 已办结
    WITHDRAWN = "withdrawn"  # 申请人撤回


NEXT: dict[MatterStatus, tuple[MatterStatus, ...]] = {
    MatterStatus.SUBMITTED: (
        MatterStatus.REGISTERED,
        MatterStatus.REPLIED,
        MatterStatus.WITHDRAWN,
    ),
    MatterStatus.REGISTERED: (
        MatterStatus.ACCEPTED,
        MatterStatus.FORWARDED,
        MatterStatus.REPLIED,
        MatterStatus.WITHDRAWN,
    ),
    MatterStatus.FORWARDED: (
        MatterStatus.ACCEPTED,
        MatterStatus.REPLIED,
        MatterStatus.WITHDRAWN,
    ),
    MatterStatus.ACCEPTED: (
        MatterStatus.FORWARDED,
        MatterStatus.REPLIED,
        MatterStatus.CLOSED,
        MatterStatus.WITHDRAWN,
    ),
    MatterStatus.REPLIED: (MatterStatus.ACCEPTED, MatterStatus.CLOSED),
    MatterStatus.CLOSED: (),
    MatterStatus.WITHDRAWN: (),
}


# Nothing more is done in these.
OVER = frozenset({MatterStatus.CLOSED, MatterStatus.WITHDRAWN})


@dataclass(frozen=True)
class MatterEvent:
    """One line of a matter's history."""

    at: datetime
    what: str  # "submitted", "status", "delivered", "note", "supplement" …
    by: str  # "citizen", "system", or a staff id
    status: MatterStatus | None = None
    note: str = ""  # a note marked public is shown to the citizen
    public: bool = True


@dataclass
class Matter:
    """A confirmed summary with a number.

    ``summary`` is the structured summary (see ``casework.domain.summary``); ``code`` is the query
    code the citizen was given. Both are stored encrypted; a sealed matter under a key of its own.
    """

    id: str
    number: str
    code: str
    kind: MatterKind
    conversation_id: str
    draft_id: str
    summary: dict[str, Any]
    created_at: datetime
    status: MatterStatus = MatterStatus.SUBMITTED
    sealed: bool = False
    handler_id: str | None = None

    def move_to(self, status: MatterStatus) -> None:
        """Change the status, or raise ``BadTransition`` where ``NEXT`` does not allow it."""
        if status not in NEXT[self.status]:
            raise BadTransition(f"{self.status} -> {status}")
        self.status = status
