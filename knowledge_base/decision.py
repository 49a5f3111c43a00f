"""Decides what to do with what was found: answer, offer choices, or say that nothing was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from knowledge_base.corpus import Target
from knowledge_base.likeness import likeness
from knowledge_base.words import Analyzer

Verdict = Literal["answered", "choices", "no_match"]
MOST_CHOICES = 3


@dataclass(frozen=True)
class Thresholds:
    """Probabilities, chosen at build time (``calibration.py``)."""

    answer: float
    """From here the best entry is shown as the answer."""
    lead: float
    """How far the best must lie ahead of the second; nearer ones are offered as choices."""
    choose: float
    """From here an entry may be offered as a choice."""
    offer: float
    """From here the sum of the best three is enough to offer choices at all."""
    scope: float
    """From here a question without an answer counts as out of scope."""

    def as_json(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Thresholds:
        return cls(**{name: float(value) for name, value in raw.items()})


def decide(probabilities: NDArray[np.float64], thresholds: Thresholds) -> tuple[Verdict, list[int]]:
    """The verdict and the targets to show, best first."""
    order = np.argsort(-probabilities, kind="stable")[:MOST_CHOICES]
    if not len(order):
        return "no_match", []
    best = probabilities[order]
    second = best[1] if len(best) > 1 else 0.0
    if best[0] >= thresholds.answer and best[0] - second >= thresholds.lead:
        return "answered", [int(order[0])]
    offered = [int(i) for i, p in zip(order, best, strict=True) if p >= thresholds.choose]
    if offered and best.sum() >= thresholds.offer:
        return "choices", offered
    return "no_match", []


SAME = 0.75
"""Share of character pairs from which a question counts as one that is written in the guidance."""


def same_question(
    question: str,
    targets: Sequence[Target],
    nearest: Sequence[tuple[int, int]],
    analyzer: Analyzer,
) -> tuple[int, float] | None:
    """The target in which this very question stands (but for courtesies and lay words of the same
    sense), and how alike they are.

    None where no written question is near enough or where two entries hold one equally near.
    """
    best: dict[int, float] = {}
    for target, number in nearest:
        written = targets[target].questions[number]
        alike = max(
            likeness(question, written),
            likeness(analyzer.plain(question), analyzer.plain(written)),
        )
        best[target] = max(alike, best.get(target, 0.0))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < SAME:
        return None
    if len(ranked) > 1 and ranked[1][1] >= SAME:
        return None
    return ranked[0]
