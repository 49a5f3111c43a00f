"""A conversation and who owns it (design invariant 2: ownership lives here, not in Rasa)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from casework.domain.messages import Button


class Owner(StrEnum):
    """Who answers the citizen's next message."""

    BOT = "bot"
    WAITING = "waiting"  # a person was asked for; the bot keeps helping until one comes
    HUMAN = "human"  # a person answers; the bot is silent


class RiskLevel(StrEnum):
    """Safety level of a conversation, never of a person; a person confirms it."""

    NONE = "none"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"

    @property
    def rank(self) -> int:
        return list(RiskLevel).index(self)


@dataclass
class Conversation:
    """One citizen on one channel, over time."""

    id: str
    channel: str
    sender: str
    created_at: datetime
    last_at: datetime
    owner: Owner = Owner.BOT
    staff_id: str | None = None
    waiting_since: datetime | None = None
    waiting_reason: str | None = None
    risk: RiskLevel = RiskLevel.NONE
    risk_signals: tuple[str, ...] = ()
    risk_confirmed_by: str | None = None
    consent_version: str | None = None
    consent_at: datetime | None = None
    offered: tuple[Button, ...] = ()  # the buttons of the last turn: the only ones that count
    notes: dict[str, Any] = field(default_factory=dict)
