"""What comes back for a question."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Outcome = Literal["answered", "choices", "no_match", "out_of_scope", "crisis", "unavailable"]


@dataclass(frozen=True)
class CitedArticle:
    law: str
    article: str
    """``85`` or ``26之一``."""
    in_force: bool


@dataclass(frozen=True)
class AnsweredEntry:
    id: str
    title: str
    """The canonical question, as a choice names it."""
    score: float
    """How likely the entry answers the question, 0 to 1; 1 when it was asked for by its id."""
    text: str
    """Exactly the words to send when the entry is the answer."""
    citations: tuple[CitedArticle, ...]
    conclusion: str = ""
    """The answer in a sentence or two, shown with the title where there are several readings."""
    topic: str = ""
    next_step: str = "none"
    related: tuple[str, ...] = ()
    reviewed: date | None = None
    """The day on which an editor last read the cited law."""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "score": round(self.score, 4),
            "text": self.text,
            "citations": [
                {"law": c.law, "article": c.article, "in_force": c.in_force} for c in self.citations
            ],
            "next_step": self.next_step,
        }


@dataclass(frozen=True)
class Answer:
    question: str
    outcome: Outcome
    message: str
    """The words beside or instead of entries; empty when there is an answer."""
    ms: float
    entries: list[AnsweredEntry] = field(default_factory=list)
    """The answer, then other readings of the question; or the choices, the likeliest first."""
    reason: str = ""
    """What stopped the search (empty, too_long, other_language …), for logs and figures."""

    def as_json(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "outcome": self.outcome,
            "entries": [entry.as_json() for entry in self.entries],
            "message": self.message,
            "ms": round(self.ms, 3),
        }
