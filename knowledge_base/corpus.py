"""What is searched: one target an entry id, with its questions and its answer as plain text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge_base.entries import NATIONAL, Entry
from knowledge_base.text import normalise


@dataclass(frozen=True)
class Target:
    """Entries that share an id (national and local) are found as one target."""

    id: str
    topic: str
    questions: tuple[str, ...]
    """Normalised; the first is the canonical one."""
    answer: str

    @property
    def whole(self) -> str:
        return "\n".join([*self.questions, self.answer])

    def without(self, held_out: Iterable[str]) -> Target:
        """The target as it would be had nobody written these paraphrases."""
        gone = set(held_out)
        kept = tuple(q for q in self.questions[1:] if q not in gone)
        return Target(self.id, self.topic, (self.questions[0], *kept), self.answer)


def targets_of(entries: Iterable[Entry]) -> list[Target]:
    """One target an id, in the order the ids first appear, the national entry leading."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.id, []).append(entry)
    targets = []
    for group in groups.values():
        group.sort(key=lambda entry: entry.jurisdiction != NATIONAL)
        questions = dict.fromkeys(normalise(q) for entry in group for q in entry.questions)
        answer = "\n".join(normalise(piece) for entry in group for piece in entry.answer.pieces())
        targets.append(Target(group[0].id, group[0].topic, tuple(questions), answer))
    return targets
