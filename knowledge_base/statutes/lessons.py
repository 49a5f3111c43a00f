"""What the ranking learns from: questions whose articles are known.

The reviewed guidance teaches with every question of every entry and the articles the entry cites; a
bureau adds questions it has answered itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge_base.entries import Entry
from knowledge_base.statutes.laws import Laws, parse_article
from knowledge_base.statutes.library import Library
from knowledge_base.statutes.names import key
from knowledge_base.text import normalise

MOST_EACH = 20
"""Questions of an entry that teach. Learning grows with their square in memory; 12 lost a hundredth of
R@10, all of them (27 in the middle) gained nothing (docs/adr/0009)."""


@dataclass(frozen=True)
class Lesson:
    """``group`` names the lessons that must not help to judge one another: those of one entry."""

    question: str
    places: tuple[int, ...]
    """The relevant articles, as places in the library."""
    group: str
    own: bool = False
    """From the bureau's own answers."""
    answer: str = ""
    """What the guidance answers."""


def lessons_of_guidance(entries: Iterable[Entry], library: Library, laws: Laws) -> list[Lesson]:
    """Lessons of each entry that cites an article of the library: up to ``MOST_EACH`` of its
    questions, from the first to the last."""
    lessons = []
    for entry in entries:
        places: dict[int, None] = {}
        for citation in entry.citations:
            law = laws.resolve(citation.law)
            names = [key(law.title), key(law.full_title)] if law else [key(citation.law)]
            for name in names:
                if found := library.find(name, parse_article(citation.article)):
                    places |= dict.fromkeys(found)
                    break
        if places:
            group = f"{entry.id}:{entry.jurisdiction}"
            answer = normalise("\n".join(entry.answer.pieces()))
            lessons += [
                Lesson(normalise(question), tuple(places), group, answer=answer)
                for question in _spread(entry.questions)
            ]
    return lessons


def _spread(questions: Sequence[str]) -> list[str]:
    count = len(questions)
    if count <= MOST_EACH:
        return list(questions)
    return [questions[round(n * (count - 1) / (MOST_EACH - 1))] for n in range(MOST_EACH)]


def lesson_of_answer(row: Mapping[str, Any], library: Library, number: int) -> Lesson:
    """A bureau's ``{"question", "relevant"}``. Raises ``ValueError`` that says what is wrong."""
    question, relevant = row.get("question"), row.get("relevant")
    if not isinstance(question, str) or not question.strip():
        raise ValueError('"question" must be a text')
    if not isinstance(relevant, list) or not relevant:
        raise ValueError('"relevant" must be a list of row ids')
    places = []
    for identity in relevant:
        known = isinstance(identity, int | str) and not isinstance(identity, bool)
        place = library.positions.get(identity) if known else None
        if place is None:
            raise ValueError(f"the library has no row {identity!r}")
        places.append(place)
    # The same question asked twice is one group, so that it is never judged by its own copy.
    text = normalise(question)
    return Lesson(text, tuple(dict.fromkeys(places)), f"own:{text or number}", own=True)
