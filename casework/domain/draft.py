"""A draft: the facts collected so far for a matter that the citizen has not confirmed yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from casework.domain.matter import MatterKind


class Stage(StrEnum):
    CONSENT = "consent"
    COLLECTING = "collecting"
    REVIEW = "review"
    CONFIRMED = "confirmed"
    SUBMITTED = "submitted"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Fact:
    """One thing the citizen told us (design invariant 4: it names the messages it came from).

    ``text`` is the words as said; ``value`` the normalised form (ISO date, yuan, digits) or the
    same words where there is nothing to normalise.
    """

    id: str
    text: str
    value: Any
    sources: tuple[str, ...]


@dataclass
class Draft:
    id: str
    conversation_id: str
    kind: MatterKind
    started_at: datetime
    updated_at: datetime
    stage: Stage = Stage.CONSENT
    facts: dict[str, Fact] = field(default_factory=dict)
    asking: str | None = None  # the fact asked for last
    asked: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    undo: list[dict[str, Any]] = field(default_factory=list)
    seen: list[str] = field(
        default_factory=list
    )  # messages already taken in, so that none counts twice
    notes: dict[str, Any] = field(default_factory=dict)
