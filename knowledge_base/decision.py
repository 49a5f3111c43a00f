"""Decides what to do with what was found: answer, offer choices, or say that nothing was found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

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
    """The verdict and the targets to show, best first. After an answer come the other readings that
    are likely enough to be offered beside it."""
    order = np.argsort(-probabilities, kind="stable")[:MOST_CHOICES]
    if not len(order):
        return "no_match", []
    best = probabilities[order]
    second = best[1] if len(best) > 1 else 0.0
    offered = [int(i) for i, p in zip(order, best, strict=True) if p >= thresholds.choose]
    if best[0] >= thresholds.answer and best[0] - second >= thresholds.lead:
        return "answered", offered
    if offered and best.sum() >= thresholds.offer:
        return "choices", offered
    return "no_match", []
