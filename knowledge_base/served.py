"""An entry as it is served: its words, and the laws it cites with the days they are in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge_base import wording
from knowledge_base.entries import Entry
from knowledge_base.hotlines import Hotline
from knowledge_base.statutes.laws import Laws, article_name


@dataclass(frozen=True)
class Cited:
    law: str
    """Title in the table of laws."""
    article: str
    """``85`` or ``26之一``."""
    effective: date | None
    ended: date | None

    def in_force(self, day: date) -> bool:
        return (not self.effective or day >= self.effective) and (
            not self.ended or day < self.ended
        )


@dataclass(frozen=True)
class Served:
    entry: Entry
    citations: tuple[Cited, ...]
    hotlines: tuple[tuple[str, str], ...]

    @classmethod
    def compile(
        cls, entry: Entry, laws: Laws, hotlines: Mapping[str, Hotline], day: date
    ) -> Served:
        """The entry with its citations looked up; the check has found them all to exist."""
        cited = []
        for citation in entry.citations:
            law = laws.on(citation.law, day)
            if law is None:
                raise KeyError(citation.law)
            cited.append(Cited(law.title, citation.article, law.effective, law.ended))
        lines = tuple((number, hotlines[number].name) for number in entry.hotlines)
        return cls(entry, tuple(cited), lines)

    def text(self, day: date, *, certain: bool = True) -> str:
        """Exactly the words the citizen reads; an answer that is not certain begins with the
        question it answers, so that nobody takes a neighbour's answer for their own."""
        answer = self.entry.answer
        words = wording.answer(
            conclusion=answer.conclusion,
            steps=answer.steps,
            evidence=answer.evidence,
            time_limit=answer.time_limit,
            where=answer.where,
            hotlines=self.hotlines,
            citations=[
                (cited.law, article_name(cited.article), cited.in_force(day))
                for cited in self.citations
            ],
            reviewed=self.entry.reviewed,
        )
        return words if certain else f"{wording.reading(self.entry.question)}\n{words}"

    def as_json(self) -> dict[str, Any]:
        return {
            "entry": self.entry.model_dump(mode="json"),
            "citations": [
                [c.law, c.article, _text(c.effective), _text(c.ended)] for c in self.citations
            ],
            "hotlines": [list(line) for line in self.hotlines],
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Served:
        return cls(
            Entry.model_validate(raw["entry"]),
            tuple(
                Cited(law, article, _day(effective), _day(ended))
                for law, article, effective, ended in raw["citations"]
            ),
            tuple((number, name) for number, name in raw["hotlines"]),
        )


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
