"""What a machine proposed for the eyes of staff, and what became of the asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ProposalState(StrEnum):
    WANTED = "wanted"  # to be asked for, now or again later
    MADE = "made"  # it can be read
    NONE = "none"  # there will be none; ``reason`` says why
    DISCARDED = "discarded"  # a person threw it away, and its words with it


@dataclass(frozen=True)
class Paragraph:
    """A paragraph that every check let pass. ``messages`` are the ids of what it was made from;
    ``quotes`` stand verbatim in them."""

    text: str
    quotes: tuple[str, ...]
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """The state of one matter's proposal. ``dropped`` paragraphs did not pass the checks."""

    matter_id: str
    state: ProposalState
    attempts: int = 0
    model: str = ""
    reason: str = ""  # a code, never words
    made_at: datetime | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    dropped: int = 0
